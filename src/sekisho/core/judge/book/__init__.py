"""The book as it is shipped: what is publicly known of who sends, forwards and hosts mail; Japanese senders first."""

from sekisho.core.judge.book import delivery
from sekisho.core.judge.sources import Book

BOOK = Book(delivery.SENDERS)
