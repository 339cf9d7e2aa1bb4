"""The query string of the interface: the filters of the pages, read by the same reader; what makes no sense is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sekisho.core.terms import SECONDS_A_DAY, URGENCY
from sekisho.web.api.access import ApiRequest
from sekisho.web.api.problems import Problem
from sekisho.web.filters import COMPARES, DISPOSITIONS, MAX_PAGE, MAX_TEXT, RANGES, SIZES, Form, Horizon, parse
from sekisho.web.pages.asked import Asked, ask

Parameter = dict[str, object]


def _parameter(name: str, text: str, **schema: object) -> Parameter:
    return {"in": "query", "name": name, "required": False, "description": text, "schema": {"type": "string", **schema}}


RANGE = (
    _parameter("range", "The period, ending on the last complete day with reports.", enum=list(RANGES), default="30d"),
    _parameter("from", "First day (UTC), in place of `range`.", format="date"),
    _parameter("to", "Last day (UTC), inclusive.", format="date"),
)
_VALUES = "Several values are separated by commas; a backslash takes the next character as it is."
DOMAINS = (_parameter("domain", f"Registered domains. {_VALUES}", maxLength=MAX_TEXT),)
CHOSEN = (
    *DOMAINS,
    _parameter("group", "Keys of sending groups.", maxLength=MAX_TEXT),
    _parameter("host", "Addresses, or networks such as 192.0.2.0/24."),
    _parameter("place", "`COUNTRY` or `COUNTRY/CITY`.", maxLength=MAX_TEXT),
    _parameter("reporter", "Who reported, as the reports name themselves.", maxLength=MAX_TEXT),
    _parameter("class", f"Any of {', '.join(URGENCY)}; several separated by commas."),
    _parameter("disposition", f"What receivers did: any of {', '.join(DISPOSITIONS)}."),
    _parameter("dkim", "The aligned DKIM result.", enum=["pass", "fail"]),
    _parameter("spf", "The aligned SPF result.", enum=["pass", "fail"]),
    _parameter("q", "Part of a domain, address, host name, group or report id.", maxLength=MAX_TEXT),
)
FILTERS = (*RANGE, *CHOSEN)
COMPARE = (_parameter("compare", "The period to compare with.", enum=list(COMPARES)),)
PAGES = (
    _parameter("page", "Which page.", type="integer", minimum=1, maximum=MAX_PAGE, default=1),
    _parameter("size", "Rows of a page.", type="integer", enum=list(SIZES), default=SIZES[0]),
)
MOST_A_PAGE = SIZES[-1]


def sorted_by(form: Form) -> tuple[Parameter, ...]:
    """The parameter for the order of a table."""
    names = [sign + name for name in form.sorts for sign in ("", "-")]
    return (_parameter("sort", "Column to sort by; `-` before it for descending.", enum=names, default=form.sort),)


def table(form: Form, filters: Sequence[Parameter] = FILTERS) -> tuple[Parameter, ...]:
    """The parameters of a table."""
    return (*filters, *sorted_by(form), *PAGES)


def asked(request: ApiRequest, form: Form | None = None, **fixed: Any) -> Asked:
    """What is asked, as on the pages; where a page leaves out what it cannot read, a program is told (422)."""
    return strict(ask(request, form, **fixed))


def strict(found: Asked) -> Asked:
    """What is asked, when all of it was understood."""
    request, form = found.request, found.state.form
    wrong = list(found.state.wrong)
    sort = request.GET.get("sort", "")
    if sort and sort.removeprefix("-") not in form.sorts:
        wrong.append(("sort", sort[:60]))
    refuse(wrong)
    return found


def refuse(wrong: Sequence[tuple[str, str]]) -> None:
    """Raises a problem (422) where keys of the query string have values that mean nothing here."""
    if wrong:
        raise Problem(422, errors=[(key, _("“%(value)s” means nothing here.") % {"value": value}) for key, value in wrong])


def listed(request: ApiRequest, rows: QuerySet[Any], told: Callable[[Any], Mapping[str, object]]) -> dict[str, object]:
    """The page asked for of some rows, as `told` tells each, and how many there are in all."""
    state = parse(request.GET, Horizon(int(time.time()) // SECONDS_A_DAY))
    refuse(state.wrong)
    number, size = state.page, state.size
    items = [told(row) for row in rows[(number - 1) * size : number * size]]
    return {"items": items, "total": rows.count(), "page": number, "size": size}


def one_of(request: ApiRequest, key: str, values: Sequence[str]) -> str:
    """The value of a key of the query string, empty where it is not given; a problem (422) where it is none of these."""
    value = request.GET.get(key, "")
    if value and value not in values:
        refuse([(key, value[:60])])
    return value
