"""The weights of the verdict, all of them: how much each clue speaks for spoofing, forwarding and a failure of our own.

Fitted to labelled worlds by `python -m bench.accuracy.fit`, held to what an expert thinks (`bench/accuracy/thought.py`): change
that table, and fit again. Log-odds in nats, added up and turned into probabilities by softmax. What a clue says is a *code* of
the glossary; where one code weighs differently in different company, the company stands behind a colon.
"""

from __future__ import annotations

from typing import NamedTuple

from sekisho.core.terms import Class


class Weight(NamedTuple):
    """One line of the table, with what the page shows of it."""

    code: str
    spoof: float
    forwarded: float
    failing: float
    toward: Class
    """The class it speaks for most."""
    spread: float
    """By how much it does so, against the mean of the other two."""
    marks: int
    """One to five, as a page shows it; five are 4.5 nats and more."""


PRIOR = (0.3, -0.3, 0.0)
"""Before anything is known: strangers are a little more common than faults, forwarding needs a mark to be thought of."""

_TABLE: dict[str, tuple[float, float, float]] = {
    # ---- what the signature says
    "dkim_own_selector_broken": (-1.44, 2.57, 0.07),
    "dkim_own_selector_broken:own": (-1.8, 0.02, 1.48),
    "dkim_broken": (-0.27, 1.23, 0.34),
    "dkim_broken:no_keys_known": (0.01, 0.2, 0.69),
    "dkim_fake_selector": (2.4, -2.0, 0.2),
    "dkim_fake_selector:few_known": (1.2, -1.0, 0.3),
    "dkim_key_problem": (-0.99, -0.8, 1.79),
    "dkim_key_problem:never_valid": (-1.5, 0.2, 1.8),
    "dkim_key_problem:temporary": (-1.97, 0.94, 0.83),
    "dkim_absent": (1.27, -1.56, 0.29),
    "dkim_absent:mostly": (1.08, -1.03, 0.15),
    "dkim_absent:often": (0.39, -0.24, -0.04),
    "dkim_absent:relay": (1.03, -1.21, 0.78),
    "dkim_absent:coherent": (0.29, -1.1, 0.31),
    "dkim_untold": (0.17, 0.23, -0.11),
    "own_tenant": (-3.0, -1.5, 3.51),
    "own_tenant:either": (-3.0, 0.49, 2.01),
    "own_tenant:away": (-3.5, 2.84, -0.33),
    "own_tenant:broken": (-1.29, 1.67, 0.12),
    "foreign_dkim": (1.38, -0.03, -0.15),
    "foreign_dkim:later": (-0.5, 1.03, -0.53),
    "foreign_dkim:mailbox": (1.8, -1.2, 0.0),
    "foreign_dkim:composed": (0.39, -1.35, 1.87),
    "foreign_dkim:tenant": (0.78, 0.08, 0.24),
    "foreign_dkim:coherent": (0.46, -0.2, 0.25),
    "service_dkim_only": (-0.42, -0.46, 0.78),
    "service_dkim_only:used": (-0.31, -0.46, 0.47),
    "strict_alignment": (-3.5, -1.0, 3.5),
    "strict_alignment:away": (-3.5, 1.2, 1.0),
    # ---- what the envelope says
    "own_spf_no_alignment": (-0.5, -0.8, 0.7),
    "own_spf_no_alignment:used": (-0.15, -0.29, 0.34),
    "own_spf_no_alignment:either": (-2.5, 0.5, 0.5),
    "envelope_own_host": (-0.74, -0.33, 1.16),
    "foreign_envelope": (1.46, 0.22, -0.18),
    "foreign_envelope:relayed": (0.56, -0.06, 0.1),
    "foreign_envelope:unproven": (0.95, -0.05, -0.1),
    "foreign_envelope:coherent": (0.41, 0.08, 0.21),
    "foreign_envelope:host": (0.77, -1.4, 0.43),
    "foreign_envelope:host_signed": (-0.02, -1.07, 1.58),
    "srs_envelope": (-0.5, 2.0, 0.0),
    "srs_envelope:mailbox": (-0.18, 0.86, -0.08),
    "srs_envelope:relay": (-1.0, 2.02, -0.02),
    # ---- who owns the host
    "own_hostname": (-4.0, -1.98, 3.98),
    "own_mx": (-3.0, 0.0, 2.5),
    "known_service": (-0.65, -1.0, 1.35),
    "known_service:mailbox": (-0.79, -0.18, 1.37),
    "known_service:outbound": (-1.5, -1.58, 2.88),
    "known_service:gateway": (-1.2, 0.3, 1.2),
    "known_service_new": (-0.23, -0.5, 1.03),
    "mailbox_provider": (-1.0, 2.45, 0.04),
    "mailbox_provider:unsigned": (-0.09, 1.56, -0.07),
    "mailbox_provider:signature_gone": (0.06, 0.87, -0.13),
    "known_forwarder": (-0.98, 2.99, 0.0),
    "known_forwarder:signature_gone": (-0.5, 1.81, -0.01),
    "known_list_host": (-1.01, 3.06, -0.06),
    "known_list_host:signature_gone": (-1.51, 3.3, -0.09),
    "known_gateway": (-1.0, 2.52, -0.02),
    "known_gateway:signature_gone": (-0.5, 1.6, 0.0),
    "list_by_name": (-0.89, 2.4, -0.31),
    "mail_server": (-0.21, 1.04, -0.33),
    "hosting_network": (1.03, -0.48, 0.15),
    "hosting_network:by_network": (0.63, -0.23, 0.1),
    "ptr_missing": (0.74, -0.3, 0.06),
    "ptr_unconfirmed": (0.52, -0.17, -0.06),
    "ptr_unconfirmed:lie": (1.91, -0.5, -0.21),
    "ptr_unconfirmed:own": (0.92, -0.3, 0.18),
    "ptr_dynamic": (1.73, -0.8, 0.28),
    "ptr_dynamic:fixed": (0.77, -0.28, 0.1),
    # ---- what the same neighbourhood did before and after
    "own_spf": (-5.0, -2.5, 3.5),
    "own_spf:shared": (-1.68, -0.01, 0.99),
    "aligned_elsewhen": (-4.0, 0.02, 1.48),
    "aligned_elsewhen:relay": (-3.63, 1.94, 0.28),
    "aligned_elsewhen:shared": (-1.11, 0.39, 0.03),
    "aligned_elsewhen:relay_shared": (-1.18, 1.06, -0.28),
    "aligned_later": (-1.5, -0.5, 2.2),
    "own_key": (-2.5, -1.51, 2.51),
    "own_key:known": (-0.5, -0.5, 0.6),
    "aligned_group": (-2.5, -0.5, 2.5),
    "aligned_group:either": (-2.47, 0.59, 0.88),
    "aligned_group:loose": (-0.37, -0.04, 0.51),
    "own_network": (-2.23, -0.8, 3.23),
    "own_network:either": (-1.8, 0.28, 1.02),
    "own_network:shared": (-0.12, -0.1, 0.43),
    "never_aligned": (0.27, 0.07, -0.04),
    "never_aligned:few": (0.18, 0.16, -0.13),
    "many_domains": (1.61, 0.01, -0.02),
    "many_domains:two": (0.56, -0.01, -0.05),
    "many_organisations": (0.94, 0.15, -0.29),
    "began_together": (1.06, -0.21, -0.06),
    "same_way_elsewhere": (1.2, -0.3, -0.3),
    "passes_for_others": (-1.51, 0.39, 0.82),
    "passes_for_siblings": (-3.0, -0.5, 3.0),
    "carries_for_others:marked": (-1.5, 1.32, -0.32),
    "carries_for_others:bare": (-1.11, 1.22, -0.11),
    "carries_for_others:gone": (-0.48, 0.66, 0.02),
    "kin_listed": (1.91, -0.51, -0.59),
    "kin_many": (1.22, -0.44, -0.08),
    "lookalike": (2.55, -1.02, -0.53),
    "nonexistent_subdomain": (2.48, -1.0, 0.02),
    "parked_domain": (3.08, -1.0, -0.58),
    # ---- what receivers, lists and days say: weak
    "override_arc": (-2.49, 4.13, -0.14),
    "override_forwarded": (-0.71, 2.25, -0.13),
    "override_list": (-0.8, 2.48, -0.09),
    "listed": (2.02, -0.11, -0.31),
    "listed:one": (1.04, 0.0, -0.34),
    "listed:line": (0.4, -0.05, -0.05),
    "listed:known": (0.3, 0.02, -0.02),
    "not_listed": (-0.35, -0.03, 0.38),
    "burst:signed": (1.22, -0.48, -0.34),
    "burst:service": (3.16, -0.8, 0.04),
    "burst:script": (3.2, -0.8, 0.0),
    "burst:relay": (3.21, -0.8, -0.01),
    "burst:mailbox": (3.26, -0.84, -0.03),
    "burst:line": (1.4, -0.4, -0.2),
    "burst:fixed": (1.39, -0.4, -0.19),
    "burst:hosted": (1.28, -0.41, -0.07),
    "burst:server": (1.46, -0.42, -0.24),
    "burst:bare": (1.19, -0.41, 0.02),
    "burst:unknown": (1.26, -0.4, -0.06),
    "burst:brief_signed": (0.19, -0.09, 0.0),
    "burst:brief_service": (0.5, 0.0, 0.0),
    "burst:brief_script": (0.78, 0.0, 0.02),
    "burst:brief_relay": (0.3, 0.0, 0.0),
    "burst:brief_mailbox": (0.3, 0.0, 0.0),
    "burst:brief_line": (0.72, 0.0, -0.32),
    "burst:brief_fixed": (0.7, 0.0, -0.3),
    "burst:brief_hosted": (0.72, 0.0, -0.32),
    "burst:brief_server": (0.57, -0.06, -0.31),
    "burst:brief_bare": (0.69, -0.01, -0.28),
    "burst:brief_unknown": (0.7, 0.0, -0.3),
    "few_steady:signed": (-0.3, 0.37, 0.14),
    "few_steady:service": (-0.73, 0.01, 0.72),
    "few_steady:script": (-1.12, -0.02, 1.15),
    "few_steady:relay": (-0.41, 0.39, 0.22),
    "few_steady:mailbox": (-0.62, 0.59, 0.23),
    "few_steady:line": (-0.43, 0.1, 0.64),
    "few_steady:fixed": (-1.0, 0.1, 0.9),
    "few_steady:hosted": (-0.89, 0.09, 0.81),
    "few_steady:server": (-0.68, 0.22, 0.66),
    "few_steady:bare": (-0.36, 0.13, 0.54),
    "few_steady:unknown": (-0.6, 0.19, 0.61),
    "few_steady:always_signed": (-0.84, 0.63, 0.42),
    "few_steady:always_service": (-1.9, 0.01, 1.69),
    "few_steady:always_script": (-1.99, 0.14, 1.65),
    "few_steady:always_relay": (-1.21, 0.93, 0.38),
    "few_steady:always_mailbox": (-1.13, 0.91, 0.33),
    "few_steady:always_line": (-1.11, 0.1, 1.31),
    "few_steady:always_fixed": (-1.49, 0.1, 1.49),
    "few_steady:always_hosted": (-1.44, 0.15, 1.49),
    "few_steady:always_server": (-1.59, 0.73, 1.16),
    "few_steady:always_bare": (-0.96, 0.08, 1.18),
    "few_steady:always_unknown": (-1.2, 0.28, 1.01),
    "few_steady:seldom_signed": (-0.5, 0.54, -0.04),
    "few_steady:seldom_service": (-0.76, 0.01, 0.75),
    "few_steady:seldom_script": (-0.81, -0.01, 0.82),
    "few_steady:seldom_relay": (-0.3, 0.55, -0.16),
    "few_steady:seldom_mailbox": (-0.29, 0.49, -0.1),
    "few_steady:seldom_line": (-0.26, 0.0, 0.36),
    "few_steady:seldom_fixed": (-0.44, 0.1, 0.45),
    "few_steady:seldom_hosted": (-0.58, 0.34, 0.43),
    "few_steady:seldom_server": (-0.58, 0.33, 0.45),
    "few_steady:seldom_bare": (-0.35, 0.11, 0.34),
    "few_steady:seldom_unknown": (-0.47, 0.21, 0.27),
    "working_days:signed": (-0.8, 0.49, 0.31),
    "working_days:service": (-0.96, 0.01, 0.95),
    "working_days:script": (-1.15, 0.18, 0.96),
    "working_days:relay": (-1.04, 0.47, 0.57),
    "working_days:mailbox": (-0.98, 0.69, 0.28),
    "working_days:line": (-1.93, 0.3, 1.63),
    "working_days:fixed": (-1.96, 0.3, 1.66),
    "working_days:hosted": (-1.4, 0.47, 0.93),
    "working_days:server": (-1.22, 0.67, 0.55),
    "working_days:bare": (-1.93, 0.34, 1.59),
    "working_days:unknown": (-1.49, 0.38, 1.11),
    "every_day:signed": (-0.04, 0.02, 0.12),
    "every_day:service": (0.73, 0.01, -0.54),
    "every_day:script": (0.3, -0.07, -0.03),
    "every_day:relay": (0.18, -0.04, 0.06),
    "every_day:mailbox": (0.18, 0.03, -0.01),
    "every_day:line": (0.4, 0.0, -0.1),
    "every_day:fixed": (0.3, 0.0, 0.0),
    "every_day:hosted": (0.2, -0.06, 0.16),
    "every_day:server": (0.28, 0.07, -0.06),
    "every_day:bare": (0.37, -0.01, -0.06),
    "every_day:unknown": (0.3, 0.0, 0.0),
    "many_reporters:signed": (0.38, -0.54, 0.36),
    "many_reporters:signed_never": (0.65, -1.34, 0.79),
    "many_reporters:service": (0.7, -0.2, -0.59),
    "many_reporters:script": (0.15, -0.29, -0.06),
    "many_reporters:relay": (0.27, -1.23, 0.96),
    "many_reporters:mailbox": (0.23, -0.67, 0.44),
    "many_reporters:line": (0.37, -0.3, 0.13),
    "many_reporters:fixed": (0.45, -0.3, 0.06),
    "many_reporters:hosted": (0.56, -0.36, 0.0),
    "many_reporters:server": (0.33, -0.31, 0.09),
    "many_reporters:bare": (0.31, -0.35, 0.24),
    "many_reporters:unknown": (0.18, -0.32, 0.24),
    "heavy_days:line": (0.6, -0.2, -0.2),
    "heavy_days:fixed": (0.6, -0.2, -0.2),
    "heavy_days:hosted": (0.58, -0.2, -0.18),
    "heavy_days:server": (0.44, -0.25, 0.01),
    "heavy_days:bare": (0.46, -0.2, -0.05),
    "heavy_days:unknown": (0.46, -0.2, -0.06),
    "heavy_days:script": (0.64, -0.21, -0.23),
    "home_country": (-0.33, 0.14, 0.18),
    "foreign_country": (0.48, 0.04, -0.42),
    "few_reporters:signed": (-0.42, 0.93, -0.31),
    "few_reporters:service": (-0.19, 0.12, 0.06),
    "few_reporters:script": (-0.12, 0.24, -0.11),
    "few_reporters:relay": (-0.16, 0.8, -0.43),
    "few_reporters:mailbox": (-0.12, 0.67, -0.35),
    "few_reporters:line": (-0.23, 0.0, 0.23),
    "few_reporters:fixed": (-0.2, 0.1, 0.2),
    "few_reporters:hosted": (-0.36, 0.41, 0.24),
    "few_reporters:server": (-0.22, 0.56, -0.05),
    "few_reporters:bare": (-0.21, 0.23, 0.18),
    "few_reporters:unknown": (-0.21, 0.31, 0.0),
}


def _weighed(key: str, spoof: float, forwarded: float, failing: float) -> Weight:
    """A line of the table with its direction."""
    ranked = sorted(((spoof, Class.SPOOF), (forwarded, Class.FORWARDED), (failing, Class.FAILING)), reverse=True)
    spread = ranked[0][0] - (ranked[1][0] + ranked[2][0]) / 2
    return Weight(key.partition(":")[0], spoof, forwarded, failing, ranked[0][1], spread, marks_of(spread))


def marks_of(spread: float) -> int:
    """The marks for a spread."""
    return 5 if spread >= 4.5 else 1 if spread < 1.5 else int(spread + 0.5)


WEIGHTS: dict[str, Weight] = {key: _weighed(key, *vector) for key, vector in _TABLE.items()}
