"""From where on a rule speaks; defaults that keep a quiet domain quiet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """An organisation may set each; the defaults are meant for most."""

    history_days: int = 28
    """What is usual is taken from so many days."""
    learning_days: int = 7
    """Days with reports before anything is called new or unusual: at first everything is."""
    recent_days: int = 3
    """How far back a beginning is looked for: reports of a day come over two days."""
    stale_days: int = 30
    """Where the newest report is older, nothing is said."""
    surge_messages: int = 100
    """Suspected spoofing within `recent_days` from which a surge is spoken of at all."""
    surge_factor: float = 5.0
    """How many times the usual it must be."""
    spoofer_messages: int = 50
    """Messages within `recent_days` from which a new spoofer is named."""
    fails_messages: int = 20
    fails_share: float = 0.5
    """Share of a group's mail that must fail now, where nearly none did."""
    fails_before: float = 0.1
    stopped_messages: int = 10
    source_messages: int = 20
    silent_days: int = 3
    """Days without any report, where they came nearly every day."""
    regular_share: float = 0.6
    """Share of days with reports from which they are called regular."""
    policy_reporters: int = 2
    """Reporters that must have seen the new policy, where several report."""
    unreadable: int = 5
    unreadable_share: float = 0.2


DEFAULT = Thresholds()
