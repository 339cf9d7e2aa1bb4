"""The doors by which deliveries come in; they know nothing of DMARC and lose nothing."""
