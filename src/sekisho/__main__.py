"""`python -m sekisho`."""

from sekisho.cli import command

command()
