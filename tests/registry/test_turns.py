"""Organisations take turns: one that sends very much delays another by no more than its share. Counted, not timed."""

from __future__ import annotations

from sekisho.core.terms import Outcome
from sekisho.registry.deliveries import Settled, accept, finish, take
from sekisho.registry.models import Delivery, Organisation

BATCH = 20


def send(org: Organisation, count: int, size: int = 10) -> list[int]:
    """Lets an organisation send deliveries of some size, all different."""
    items = [(f"{n}.xml", f"{org.pk}-{n}".ljust(size).encode()) for n in range(count)]
    return accept(org.pk, items, door="test")


def turn(**bounds: int) -> list[int]:
    """Takes and settles one batch; the numbers of its organisations."""
    batch = take(limit=BATCH, **bounds)
    finish([Settled(one.id, Outcome.KEPT) for one in batch])
    return [one.org for one in batch]


def test_one_delivery_is_in_the_next_batch_whatever_another_has_sent(org: Organisation, other_org: Organisation) -> None:
    send(org, 500)
    turn()
    send(other_org, 1)
    batch = turn()
    assert (batch.count(other_org.pk), len(batch)) == (1, BATCH)


def test_each_has_its_share_and_what_others_leave(org: Organisation, other_org: Organisation) -> None:
    third = Organisation.objects.create(slug="third", name="Third")
    send(org, 500)
    send(other_org, 500)
    send(third, 3)
    batch = turn()
    assert len(batch) == BATCH
    assert batch.count(third.pk) == 3
    assert min(batch.count(org.pk), batch.count(other_org.pk)) >= BATCH // 3


def test_large_deliveries_do_not_keep_another_waiting(org: Organisation, other_org: Organisation) -> None:
    send(org, 50, size=1000)
    send(other_org, 2)
    assert other_org.pk in turn(max_bytes=900) + turn(max_bytes=900)


def test_more_organisations_than_a_batch_has_places_are_all_served_in_time(db: None) -> None:
    many = [Organisation.objects.create(slug=f"o{n}", name=f"O{n}") for n in range(3 * BATCH)]
    for one in many:
        send(one, 30)
    seen: set[int] = set()
    turns = 0
    while len(seen) < len(many):
        seen |= set(turn())
        turns += 1
    assert turns == 3


def test_all_that_waits_is_taken_once_and_in_the_order_of_each(org: Organisation, other_org: Organisation) -> None:
    wanted = {org.pk: send(org, 77), other_org.pk: send(other_org, 41)}
    got: dict[int, list[int]] = {org.pk: [], other_org.pk: []}
    while batch := take(limit=BATCH):
        finish([Settled(one.id, Outcome.KEPT) for one in batch])
        for one in batch:
            got[one.org].append(one.id)
    assert got == wanted
    assert not Delivery.objects.filter(state=Delivery.State.WAITING).exists()


def test_bytes_at_hand_are_the_same_as_those_of_the_archive(org: Organisation) -> None:
    items = [(f"{n}.xml", f"<{n}>".encode() * n) for n in range(5)]
    numbers = accept(org.pk, items, door="test")
    held = dict(zip(numbers, (data for _, data in items), strict=True))
    archived = take(limit=BATCH)
    assert [one.data for one in archived] == [data for _, data in items]
    assert take(limit=BATCH, at_hand=dict(held)) == archived
    some = {numbers[1]: items[1][1], numbers[-1] + 1: b"of another batch"}
    assert take(limit=BATCH, at_hand=some) == archived
    assert some == {numbers[-1] + 1: b"of another batch"}
