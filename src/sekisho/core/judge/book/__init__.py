"""The book as it is shipped: what is publicly known of who sends, forwards and hosts mail; Japanese senders first.

The facts are written down by hand, each entry with a public page of the operator. A fact that is not known is left out.
"""

from sekisho.core.judge.book import (
    apps,
    apps_jp,
    carriers,
    carriers_europe,
    causes,
    delivery,
    delivery_jp,
    delivery_regions,
    gateways,
    hosting,
    mailboxes,
    mailboxes_jp,
    people,
    relays,
    signatures,
    trade,
    webhosts,
)
from sekisho.core.judge.sources import Book

SENDERS = (
    delivery_jp.SENDERS
    + apps_jp.SENDERS
    + mailboxes_jp.SENDERS
    + delivery.SENDERS
    + delivery_regions.SENDERS
    + apps.SENDERS
    + people.SENDERS
    + trade.SENDERS
    + causes.SENDERS
    + mailboxes.SENDERS
    + webhosts.SENDERS
    + carriers.SENDERS
    + carriers_europe.SENDERS
    + signatures.SENDERS
    + gateways.SENDERS
    + relays.SENDERS
    + hosting.SENDERS
)

BOOK = Book(SENDERS)
"""The one book that the doors hand to the judge."""
