"""The weights of the verdict, all of them: how much each clue speaks for spoofing, forwarding and a failure of our own.

Log-odds in nats, added up and turned into probabilities by softmax. What a clue says is a *code* of the glossary; where
one code weighs differently in different company, the company stands behind a colon.
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
    """By how much it does so, against the mean of the other two; five marks are 5 nats and more."""


PRIOR = (0.3, -0.3, 0.0)
"""Before anything is known: strangers are a little more common than faults, forwarding needs a mark to be thought of."""

_TABLE: dict[str, tuple[float, float, float]] = {
    # ---- what the signature says
    "dkim_own_selector_broken": (-2.0, 3.0, 0.2),
    "dkim_own_selector_broken:own": (-1.8, 0.0, 1.5),
    "dkim_broken": (-0.3, 1.2, 0.4),
    "dkim_broken:no_keys_known": (0.0, 0.2, 0.7),
    "dkim_fake_selector": (2.4, -2.0, 0.2),
    "dkim_fake_selector:few_known": (1.2, -1.0, 0.3),
    "dkim_key_problem": (-1.0, -0.8, 1.8),
    "dkim_key_problem:never_valid": (-1.5, 0.2, 1.8),
    "dkim_key_problem:temporary": (-2.0, 1.0, 0.8),
    "dkim_absent": (1.4, -1.8, 0.4),
    "dkim_absent:mostly": (0.9, -1.0, 0.3),
    "dkim_absent:often": (0.3, -0.4, 0.2),
    "dkim_absent:relay": (0.8, -1.0, 0.8),
    "dkim_absent:coherent": (0.5, -1.0, 0.0),
    "dkim_untold": (0.0, 0.3, 0.0),
    "own_tenant": (-3.0, -1.5, 3.5),
    "own_tenant:either": (-3.0, 0.5, 2.0),
    "own_tenant:away": (-3.5, 2.8, -0.3),
    "foreign_dkim": (1.2, 0.0, 0.0),
    "foreign_dkim:later": (-0.5, 1.0, -0.5),
    "foreign_dkim:mailbox": (1.8, -1.2, 0.0),
    "foreign_dkim:composed": (0.5, -1.2, 1.6),
    "foreign_dkim:coherent": (0.3, 0.0, 0.2),
    "service_dkim_only": (-0.6, -0.5, 1.0),
    "service_dkim_only:used": (-1.0, -0.5, 1.2),
    "strict_alignment": (-3.5, -1.0, 3.5),
    "strict_alignment:away": (-3.5, 1.2, 1.0),
    # ---- what the envelope says
    "own_spf_no_alignment": (-0.4, -0.8, 0.6),
    "own_spf_no_alignment:used": (-1.0, -0.3, 1.2),
    "own_spf_no_alignment:either": (-2.5, 0.5, 0.5),
    "envelope_own_host": (-0.6, -0.3, 1.0),
    "foreign_envelope": (1.5, 0.0, 0.0),
    "foreign_envelope:relayed": (0.5, 0.1, 0.0),
    "foreign_envelope:unproven": (0.8, 0.0, 0.0),
    "foreign_envelope:coherent": (0.4, 0.0, 0.3),
    "foreign_envelope:host": (0.7, -1.5, 0.6),
    "srs_envelope": (-0.5, 2.0, 0.0),
    "srs_envelope:mailbox": (-0.2, 0.8, 0.0),
    "srs_envelope:relay": (-1.0, 2.0, 0.0),
    # ---- who owns the host
    "own_hostname": (-4.0, -2.0, 4.0),
    "own_mx": (-3.0, 0.0, 2.5),
    "known_service": (-1.5, -1.0, 2.2),
    "known_service:mailbox": (-0.8, -0.2, 1.4),
    "known_service:outbound": (-1.5, -1.5, 2.8),
    "known_service:gateway": (-1.2, 0.3, 1.2),
    "known_service_new": (0.0, -0.5, 0.8),
    "mailbox_provider": (-1.0, 2.5, 0.0),
    "mailbox_provider:unsigned": (-0.2, 1.6, 0.0),
    "mailbox_provider:signature_gone": (0.0, 0.8, 0.0),
    "known_forwarder": (-1.0, 3.0, 0.0),
    "known_forwarder:signature_gone": (-0.5, 1.8, 0.0),
    "known_list_host": (-1.0, 3.0, 0.0),
    "known_list_host:signature_gone": (-1.5, 3.2, 0.0),
    "known_gateway": (-1.0, 2.5, 0.0),
    "known_gateway:signature_gone": (-0.5, 1.6, 0.0),
    "list_by_name": (-1.0, 2.2, 0.0),
    "mail_server": (-0.3, 0.9, -0.1),
    "hosting_network": (1.0, -0.3, 0.0),
    "hosting_network:by_network": (0.7, -0.2, 0.0),
    "ptr_missing": (0.7, -0.2, 0.0),
    "ptr_unconfirmed": (0.5, -0.2, 0.0),
    "ptr_unconfirmed:lie": (1.9, -0.5, -0.2),
    "ptr_unconfirmed:own": (0.9, -0.3, 0.2),
    "ptr_dynamic": (1.8, -0.8, 0.2),
    "ptr_dynamic:fixed": (0.6, -0.2, 0.2),
    # ---- what the same neighbourhood did before and after
    "own_spf": (-5.0, -2.5, 3.5),
    "own_spf:shared": (-1.7, 0.0, 1.0),
    "aligned_elsewhen": (-4.0, 0.0, 1.5),
    "aligned_elsewhen:relay": (-4.0, 2.2, 0.4),
    "aligned_elsewhen:shared": (-1.5, 0.5, 0.3),
    "aligned_elsewhen:relay_shared": (-1.2, 0.8, 0.0),
    "aligned_later": (-1.5, -0.5, 2.2),
    "own_key": (-2.5, -1.5, 2.5),
    "own_key:known": (-0.5, -0.5, 0.6),
    "aligned_group": (-2.5, -0.5, 2.5),
    "aligned_group:either": (-2.5, 0.6, 0.9),
    "aligned_group:loose": (-0.5, 0.0, 0.6),
    "own_network": (-2.2, -0.8, 3.2),
    "own_network:either": (-1.8, 0.3, 1.0),
    "own_network:shared": (-0.5, 0.0, 0.7),
    "never_aligned": (0.4, -0.1, 0.0),
    "never_aligned:few": (0.2, 0.0, 0.0),
    "many_domains": (1.6, 0.0, 0.0),
    "many_domains:two": (0.5, 0.0, 0.0),
    "many_organisations": (1.0, 0.0, -0.2),
    "began_together": (1.0, -0.2, 0.0),
    "same_way_elsewhere": (1.2, -0.3, -0.3),
    "passes_for_others": (-1.5, 0.8, 0.5),
    "nonexistent_subdomain": (2.5, -1.0, 0.0),
    "parked_domain": (3.0, -1.0, -0.5),
    # ---- what receivers, lists and days say: weak
    "override_arc": (-2.5, 4.0, 0.0),
    "override_forwarded": (-0.8, 2.2, 0.0),
    "override_list": (-0.8, 2.4, 0.0),
    "listed": (1.6, 0.0, 0.0),
    "listed:one": (0.7, 0.0, 0.0),
    "listed:known": (0.3, 0.0, 0.0),
    "not_listed": (-0.2, 0.0, 0.2),
    "burst": (1.4, -0.4, -0.2),
    "burst:shared": (3.2, -0.8, 0.0),
    "few_steady": (-1.0, 0.3, 0.9),
    "few_steady:service": (-1.2, 0.0, 1.2),
    "few_steady:line": (-0.4, 0.1, 0.6),
    "few_steady:signed": (-0.3, 0.4, 0.1),
    "few_steady:listed": (-0.2, 0.0, 0.3),
    "few_steady:always": (-1.5, 0.3, 1.5),
    "many_reporters": (0.4, -0.3, 0.1),
}


def _weighed(key: str, spoof: float, forwarded: float, failing: float) -> Weight:
    """A line of the table with its direction."""
    ranked = sorted(((spoof, Class.SPOOF), (forwarded, Class.FORWARDED), (failing, Class.FAILING)), reverse=True)
    spread = ranked[0][0] - (ranked[1][0] + ranked[2][0]) / 2
    return Weight(key.partition(":")[0], spoof, forwarded, failing, ranked[0][1], spread)


WEIGHTS: dict[str, Weight] = {key: _weighed(key, *vector) for key, vector in _TABLE.items()}
