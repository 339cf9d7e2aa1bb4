"""Keeps facts and answers questions about them."""
