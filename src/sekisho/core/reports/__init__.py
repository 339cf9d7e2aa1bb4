"""Reports: what was said, as it was said (RFC 7489, 9990, 5965, 6591, 9991, 8460)."""
