"""What to do next, from what is known: the first hour of a domain, and what large receivers ask of senders."""
