"""A made-up organisation and its mail, for demonstrations, tests and benchmarks."""

from sekisho.sample.mailbox import evidence, mails
from sekisho.sample.oddities import STRAY_DOMAIN
from sekisho.sample.streams import DOMAINS

ORGANISATION = "サンプル商事"
"""The name of the organisation; in English, Sample Trading."""

ORGANISATION_EN = "Sample Trading"

DOMAIN_NAMES = tuple(domain.name for domain in DOMAINS)
"""Its registered domains."""

SEED = 1
"""The seed of the demonstration."""

__all__ = ["DOMAIN_NAMES", "ORGANISATION", "ORGANISATION_EN", "SEED", "STRAY_DOMAIN", "evidence", "mails"]
