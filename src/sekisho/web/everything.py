"""Everything of an organisation as one zip: facts as CSV, what people set and did as JSON, and the deliveries as they came."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from django.apps import apps
from django.db import models

from sekisho.registry import deliveries
from sekisho.registry import failures as failure_reports
from sekisho.registry.models import Delivery, Organisation, User
from sekisho.store.base import Store
from sekisho.store.query import Filter
from sekisho.web import exports

EVER = 1 << 30
AT_ONCE = 500
SECRET = frozenset({"secret", "sealed", "digest", "password", "token", "key"})
"""Fields with such words in their names are left out, and all bytes; the report address is none of them."""
OPEN = frozenset({"report_token"})
DEPTH = 3
"""Relations from a row to its organisation: a step of an alert is two away."""
MAX_NAME = 80
Tell = Callable[[int, int], None]

README = """Everything Sekisho keeps of one organisation.

facts/      what reports said, one line a record, report, host, sending group or policy (CSV, UTF-8)
registry/   what people set and did, one file a table (JSON, one row a line); secrets are left out
raw/        the deliveries as they came: NUMBER-NAME; the numbers are those of registry/delivery.jsonl
"""


def write(out: IO[bytes], org: Organisation, store: Store, tell: Tell, *, check: Callable[[], None]) -> None:
    """Writes the zip; `check` is called now and then and may raise to end it."""
    mine = Delivery.objects.filter(organisation=org).exclude(raw_id=deliveries.NOTHING)
    total = mine.count() + 1
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("README.txt", README)
        for name, parts in _tables(org, store):
            check()
            with file.open(name, "w", force_zip64=True) as member:
                for part in parts:
                    member.write(part)
        for number, (name, data) in enumerate(_raws(mine), 1):
            file.writestr(name, data)
            if number % AT_ONCE == 0:
                check()
            tell(number, total)
    tell(total, total)


def _tables(org: Organisation, store: Store) -> Iterator[tuple[str, Iterator[bytes]]]:
    f = Filter(org.pk, -EVER, EVER)
    yield "facts/records.csv", exports.csv_lines(exports.COLUMNS, map(exports.record_values, store.export(f)))
    questions = {"reports": store.reports, "hosts": store.hosts, "groups": store.groups, "tls": store.tls_policies}
    for name, question in questions.items():
        columns, values = exports.TABLES[name]
        yield f"facts/{name}.csv", exports.csv_lines(columns, map(values, exports.all_rows(question, f)))
    columns, values = exports.TABLES["failures"]
    yield "facts/failures.csv", exports.csv_lines(columns, map(values, failure_reports.all_between(org.pk, -EVER, EVER)))
    for model, path in of_organisation():
        rows = model._base_manager.filter(**{path: org.pk}).order_by("pk")
        yield f"registry/{model.__name__.lower()}.jsonl", _rows(model, rows.iterator(chunk_size=AT_ONCE))


def of_organisation() -> list[tuple[type[models.Model], str]]:
    """The models whose rows belong to an organisation, and the way from a row to its number, the shortest."""
    found: dict[type[models.Model], str] = {Organisation: "pk"}
    every = list(apps.get_app_config("registry").get_models())
    for _ in range(DEPTH):
        for model in every:
            ways = [(field.name, field.related_model) for field in model._meta.fields if isinstance(field, models.ForeignKey)]
            known = [(name, to) for name, to in ways if model not in found and to in found]
            if known:
                name, to = min(known, key=lambda way: len(found[way[1]]))
                found[model] = name if to is Organisation else f"{name}__{found[to]}"
    return list(found.items())


def _rows(model: type[models.Model], rows: Iterable[Any]) -> Iterator[bytes]:
    fields = [field for field in model._meta.fields if not _is_secret(field)]
    people: dict[int, str] = {}
    for row in rows:
        told = {field.name: _plain(field, row, people) for field in fields}
        yield json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _is_secret(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.BinaryField):
        return True
    if field.is_relation:
        return bool(field.related_model and field.related_model.__name__ == "Raw")
    return field.name not in OPEN and not SECRET.isdisjoint(field.name.split("_"))


def _plain(field: models.Field[Any, Any], row: models.Model, people: dict[int, str]) -> object:
    value = field.value_from_object(row)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if field.is_relation and field.related_model is User and isinstance(value, int):
        if value not in people:
            people[value] = User.objects.filter(pk=value).values_list("email", flat=True).first() or ""
        return people[value]
    return value


def _raws(mine: models.QuerySet[Delivery]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of deliveries; those with equal bytes have a file each."""
    last = 0
    while some := list(mine.filter(pk__gt=last).order_by("pk").values_list("pk", "name", "raw__data")[:20]):
        for number, name, data in some:
            last = number
            yield f"raw/{number:08d}-{_safe(name)}", bytes(data)


def _safe(name: str) -> str:
    """A file name that is one on every system."""
    kept = "".join(c if c.isalnum() or c in "-_.@!+" else "_" for c in name)[:MAX_NAME].strip(".")
    return kept or "delivery"
