"""Warnings as pure rules: the days of a domain go in, findings come out; who is told, and how often, is decided elsewhere."""
