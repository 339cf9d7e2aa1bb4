"""DMARC (RFC 9989, and RFC 7489 where asked for): record, tree walk, discovery, alignment, evaluation, report addresses."""
