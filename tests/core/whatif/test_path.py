"""The path to reject, told as stories of domains."""

from dataclasses import replace

from sekisho.core.whatif.path import Condition, Met, Situation, Step, advise
from sekisho.core.whatif.trial import read_trial

TODAY = 20_780
CALM = Situation(
    trial=read_trial("p=none"),
    days=30,
    reporters=27,
    normal=230_000,
    signed=229_000,
    forwarded=5_000,
    failing=100,
    spoof=5_600,
    failing_groups=(("dom.example.com", 100),),
    today=TODAY,
)


def test_a_domain_whose_mail_is_in_order_rehearses_first() -> None:
    advice = advise(CALM)
    assert (advice.now, advice.next, advice.ready) == (Step.MONITOR, Step.REHEARSE, True)
    assert advice.trial is not None
    assert advice.trial.to_text() == "p=quarantine; t=y"
    assert [met.met for met in advice.conditions] == [Met.YES] * 4
    assert advice.outlook == ((TODAY, Step.REHEARSE), (TODAY + 14, Step.QUARANTINE), (TODAY + 42, Step.REJECT))


def test_a_system_that_sends_unsigned_mail_comes_first() -> None:
    advice = advise(replace(CALM, failing=1_314, failing_groups=(("dom.erp.example.com", 993), ("net.isp", 321))))
    assert not advice.ready
    assert advice.blocks == ("mended",)
    assert Condition("mended", Met.NEARLY) in advice.conditions
    assert advice.outlook[0] == (TODAY + 8, Step.REHEARSE)


def test_a_week_without_failures_after_mending_is_enough() -> None:
    mended = replace(CALM, failing=5_000, last_failure=TODAY - 8)
    assert advise(mended).ready
    waiting = advise(replace(mended, last_failure=TODAY - 7))
    assert not waiting.ready
    assert waiting.outlook[0] == (TODAY + 1, Step.REHEARSE)


def test_two_weeks_of_reports_are_not_enough() -> None:
    advice = advise(replace(CALM, days=14))
    assert advice.blocks == ("reports",)
    assert Condition("reports", Met.NEARLY) in advice.conditions
    assert advice.outlook[0] == (TODAY + 14, Step.REHEARSE)


def test_a_new_source_nobody_has_looked_at_blocks_and_nobody_can_say_until_when() -> None:
    advice = advise(replace(CALM, new_groups=("svc.mailer",)))
    assert (advice.ready, advice.blocks, advice.outlook) == (False, ("decided",), ())


def test_a_domain_with_a_handful_of_mails_waits() -> None:
    advice = advise(replace(CALM, normal=40, signed=40, forwarded=0, failing=1, failing_groups=()))
    assert advice.blocks == ("little_mail",)


def test_when_reports_stop_nothing_is_advised_to_be_made_stronger() -> None:
    advice = advise(replace(CALM, is_stale=True))
    assert (advice.ready, advice.blocks) == (False, ("stale",))


def test_a_domain_that_only_has_spf_is_not_sent_to_reject() -> None:
    quarantine = replace(CALM, trial=read_trial("p=quarantine; sp=none"))
    ready = advise(quarantine)
    assert (ready.next, ready.ready) == (Step.REJECT, True)
    assert ready.trial is not None
    assert ready.trial.to_text() == "p=reject; sp=none"
    advice = advise(replace(quarantine, signed=1_000))
    assert advice.blocks == ("signed",)
    assert advise(replace(CALM, signed=1_000)).ready, "before reject it is no obstacle"


def test_at_reject_the_names_below_come_next() -> None:
    advice = advise(replace(CALM, trial=read_trial("p=reject; sp=none; adkim=s")))
    assert (advice.now, advice.next) == (Step.REJECT, Step.BELOW)
    assert advice.trial is not None
    assert advice.trial.to_text() == "p=reject; adkim=s"
    done = advise(replace(CALM, trial=read_trial("p=reject")))
    assert (done.next, done.trial, done.blocks) == (Step.DONE, None, ())


def test_a_rehearsal_of_reject_is_quarantine_and_one_of_quarantine_a_rehearsal() -> None:
    assert advise(replace(CALM, trial=read_trial("p=reject; t=y"))).now is Step.QUARANTINE
    rehearsing = advise(replace(CALM, trial=read_trial("p=quarantine; t=y")))
    assert (rehearsing.now, rehearsing.next) == (Step.REHEARSE, Step.QUARANTINE)
    assert rehearsing.trial is not None
    assert rehearsing.trial.to_text() == "p=quarantine"


def test_a_parked_domain_goes_to_reject_at_once() -> None:
    parked = Situation(trial=read_trial("p=none"), days=3, spoof=500, is_parked=True, today=TODAY)
    advice = advise(parked)
    assert (advice.next, advice.ready, advice.conditions) == (Step.REJECT, True, ())
    assert not advise(replace(parked, normal=500)).ready, "somebody does send from it"


def test_without_any_policy_there_is_nothing_to_climb() -> None:
    assert advise(Situation(trial=None)).blocks == ("no_policy",)
