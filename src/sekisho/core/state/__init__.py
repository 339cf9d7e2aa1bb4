"""The DNS state of a domain: what its records are, what is to be said of them, and how two states differ."""
