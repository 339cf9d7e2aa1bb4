"""Digests: a day, a week or a month of an organisation in words, by mail and for chats, each period once."""
