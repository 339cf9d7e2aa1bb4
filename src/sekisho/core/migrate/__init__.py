"""Reads the stores of other tools: their bytes in, aggregate reports out."""
