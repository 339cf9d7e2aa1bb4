"""The verdict on a flow. Being written."""

from __future__ import annotations

from sekisho.core.facts import Context, Evidence, Flow, Verdict
from sekisho.core.judge.sources import Book


def classify(flow: Flow, evidence: Evidence, context: Context, book: Book) -> Verdict:
    """One class, confidence and reasons for a flow that failed DMARC; pure, so equal inputs give equal verdicts."""
    raise NotImplementedError
