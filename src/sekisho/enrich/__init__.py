"""From an address to the evidence about it."""
