"""The document that stands for a report taken over, in the raw archive and on its way down the stairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sekisho.core.migrate.values import Migrated
from sekisho.core.reports.markup import MIGRATED
from sekisho.core.reports.write import write_aggregate


def write_document(migrated: Migrated, source: str) -> Iterator[bytes]:
    """The document in pieces: what the reporter sent, where it was kept; else one made of the report, that says so at its end."""
    if migrated.document:
        yield migrated.document
        return
    yield from write_aggregate(migrated.report)
    yield f"<?{MIGRATED} {re.sub(r'[^A-Za-z0-9 ._-]', '', source)}?>\n".encode()
