"""Reports as plain values: to compare with the JSON beside a sample, and one reading with another."""

from dataclasses import fields

from sekisho.core.reports.values import AggregateReport, Said


def shown(report: AggregateReport) -> dict[str, object]:
    """All that the report says, absent and empty values left out."""
    found = {field.name: _value(getattr(report, field.name)) for field in fields(report) if field.name not in ("rows", "policy")}
    found["policy"] = _without_empty({field.name: _value(getattr(report.policy, field.name)) for field in fields(report.policy)})
    found["rows"] = [[record.source_ip, record.count, said_shown(record.said)] for record in report.rows]
    return _without_empty(found)


def said_shown(said: Said) -> dict[str, object]:
    """What a record says."""
    return _without_empty({field.name: _value(getattr(said, field.name)) for field in fields(said) if field.name != "memo"})


def _value(value: object) -> object:
    return [_value(item) for item in value] if isinstance(value, tuple) else value


def _without_empty(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in ("", "absent", None, [])}
