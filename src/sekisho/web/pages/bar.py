"""The filter bar of a page: its chips with the values a person can choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sekisho.core.terms import URGENCY
from sekisho.store.query import Share
from sekisho.web.filters import RANGES, escaped, write
from sekisho.web.formats import day_iso
from sekisho.web.pages import words
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.senders import named
from sekisho.web.parts import Chip, Choice
from sekisho.web.templatetags.words import class_word

MOST_CHOICES = 40
"""Reporters and groups offered in a panel, the largest; others are found by `q`."""


def context(asked: Asked, *keys: str, export: str = "records", compare: bool = False) -> dict[str, object]:
    """What `parts/filters.html` needs: chips of these keys in this order, the export of a table, and the comparison."""
    chips = [chip for key in keys if (chip := CHIPS[key](asked)) is not None]
    state = asked.state
    values: dict[str, object] = {"filters": chips}
    if export:
        values["csv_url"] = asked.path(f"export_{export}", format="csv") + write(
            replace(state, form=replace(state.form, fixed=())).away()
        )
    if compare:
        values["compare_url"] = write(state, compare="" if state.compare else "prev", page=1) or "?"
        values["is_compared"] = bool(state.compare)
    return values


def _range(asked: Asked) -> Chip:
    state = asked.state
    choices = [Choice(name, str(words.RANGE_WORDS[name]), is_chosen=state.range == name) for name in RANGES]
    if not state.range:
        dates = f"{day_iso(state.first)}..{day_iso(state.last)}"
        choices.append(Choice(dates, words.period(state), is_chosen=True))
    return Chip(
        "range",
        _("Period"),
        words.period(state),
        choices,
        dates=("", ""),
        is_set=not state.range or state.range != "30d",
        help=_("Days are days of UTC, as in the reports."),
    )


def _domain(asked: Asked) -> Chip | None:
    names = asked.org.domains.order_by("name").values_list("name", flat=True)[:500]
    chosen = asked.state.domain
    every = list(dict.fromkeys([*names, *chosen]))
    if len(every) < 2 and not chosen:
        return None
    choices = [Choice(escaped(name), name, is_chosen=name in chosen) for name in every]
    return Chip("domain", _("Domain"), words.named(chosen) or _all(), choices, is_many=True, is_set=bool(chosen))


def _shares(asked: Asked, key: str, column: str) -> list[Share]:
    """The largest values of a column under the other filters."""
    return asked.store.shares(replace(asked.state, **{key: ()}).filter(asked.org.pk), column, limit=MOST_CHOICES)  # type: ignore[arg-type]


def _reporter(asked: Asked) -> Chip:
    chosen = asked.state.reporter
    shares = _shares(asked, "reporter", "reporter")
    choices = _with_chosen([Choice(escaped(s.value), s.value, s.value in chosen, s.messages) for s in shares], chosen, str)
    return Chip("reporter", _("Reporter"), words.named(chosen) or _all(), choices, is_many=True, is_set=bool(chosen))


def _group(asked: Asked) -> Chip:
    chosen = asked.state.group
    shares = _shares(asked, "group", "sgroup")
    choices = [Choice(escaped(s.value), named(s.value).label, s.value in chosen, s.messages) for s in shares]
    value = words.named([named(key).label for key in chosen])
    choices = _with_chosen(choices, chosen, lambda key: named(key).label)
    return Chip("group", _("Sending group"), value or _all(), choices, is_many=True, is_set=bool(chosen), is_extra=True)


def _with_chosen(choices: list[Choice], chosen: Sequence[str], label: Callable[[str], str]) -> list[Choice]:
    """The choices with those chosen ones that have no mail, so that they can be taken back."""
    there = {choice.value for choice in choices}
    missing = [Choice(escaped(value), label(value), is_chosen=True, count=0) for value in chosen if escaped(value) not in there]
    return missing + choices


def _host(asked: Asked) -> Chip:
    chosen = asked.state.host
    text = ", ".join(chosen)
    return Chip(
        "host",
        _("Source host"),
        words.named(chosen) or _all(),
        text=text,
        is_set=bool(chosen),
        is_extra=True,
        help=_("An address or a network such as 192.0.2.0/24."),
    )


def _place(asked: Asked) -> Chip | None:
    """The places chosen on the map, to be taken back; they are chosen there."""
    chosen = asked.state.place
    if not chosen:
        return None
    names = {value: words.place(city, country) for value in chosen for country, _slash, city in (value.partition("/"),)}
    choices = [Choice(escaped(value), name, is_chosen=True) for value, name in names.items()]
    return Chip("place", _("Place"), words.named(list(names.values())), choices, is_many=True, is_set=True)


def _class(asked: Asked) -> Chip:
    chosen = asked.state.classes
    choices = [Choice(klass.value, class_word(klass), is_chosen=klass in chosen) for klass in URGENCY]
    value = words.named([class_word(klass) for klass in chosen])
    return Chip("class", _("Verdict"), value or _all(), choices, is_many=True, is_set=bool(chosen))


def _disposition(asked: Asked) -> Chip:
    chosen = asked.state.disposition
    labels = {key: str(words.HANDLED_WORDS[key]) for key in ("reject", "quarantine", "none")}
    choices = [Choice(key, label, is_chosen=key in chosen) for key, label in labels.items()]
    value = words.named([labels[key] for key in chosen])
    return Chip(
        "disposition", _("What the receiver did"), value or _all(), choices, is_many=True, is_set=bool(chosen), is_extra=True
    )


def _result(key: str, label: str) -> Callable[[Asked], Chip]:
    def chip(asked: Asked) -> Chip:
        chosen = str(getattr(asked.state, key))
        labels = {"": _all(), "pass": _("aligned"), "fail": _("not aligned")}
        choices = [Choice(value, text, is_chosen=value == chosen) for value, text in labels.items()]
        return Chip(key, label, labels[chosen], choices, is_set=bool(chosen), is_extra=True)

    return chip


def _text(asked: Asked) -> Chip:
    q = asked.state.q
    return Chip(
        "q",
        _("Search"),
        q or _("Domain, address, name"),
        text=q,
        is_set=bool(q),
        help=_("Part of a domain, address, host name, group or report number."),
    )


def _all() -> str:
    return pgettext("filter", "All")


CHIPS: dict[str, Callable[[Asked], Chip | None]] = {
    "range": _range,
    "domain": _domain,
    "group": _group,
    "host": _host,
    "place": _place,
    "reporter": _reporter,
    "class": _class,
    "disposition": _disposition,
    "dkim": _result("dkim", "DKIM"),
    "spf": _result("spf", "SPF"),
    "q": _text,
}
