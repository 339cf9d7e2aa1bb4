"""Sekisho: reads DMARC, failure and TLS reports and says who sends mail in your name."""

__version__ = "0.1.0"
