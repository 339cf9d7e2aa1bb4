"""A real browser before a real server with the sample organisation in it."""
