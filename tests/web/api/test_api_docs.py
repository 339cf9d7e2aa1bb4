"""What docs/api.md says is so: its program checks our signatures, its addresses exist, its scopes are all there are."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.api.conftest import interface

from sekisho.alerts.webhook import signed
from sekisho.registry import tokens
from sekisho.registry.channels import new_key
from sekisho.web import exports

DOCS = Path(__file__).resolve().parents[3] / "docs"
BOTH = pytest.mark.parametrize("path", [DOCS / "api.md", DOCS / "ja" / "api.md"], ids=["en", "ja"])


@pytest.fixture
def is_genuine() -> Callable[[str, dict[str, str], bytes], bool]:
    """The function that the documentation gives to receivers."""
    (program,) = re.findall(r"```python\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    space: dict[str, Callable[[str, dict[str, str], bytes], bool]] = {}
    exec(program, space)  # noqa: S102 - it is our own
    return space["is_genuine"]


def test_the_check_of_signatures_knows_ours(is_genuine: Callable[[str, dict[str, str], bytes], bool]) -> None:
    key, body, now = new_key(), b'{"type":"alert.surge"}', int(time.time())
    headers = dict(signed(key, "notice_1", now, body))
    assert is_genuine(key, headers, body)
    assert not is_genuine(key, headers, body + b" ")
    assert not is_genuine(new_key(), headers, body)
    assert not is_genuine(key, dict(signed(key, "notice_1", now - 3600, body)), body), "an old one, sent again"
    assert not is_genuine(key, {**headers, "webhook-id": "notice_2"}, body)


@BOTH
def test_scopes_and_tables_are_all_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(tokens.SCOPES)
    for what in exports.TABLES:
        assert re.search(rf"[` ]{what}[` ]", text), what


@BOTH
def test_addresses_exist(path: Path) -> None:
    patterns = [re.sub(r"\{\w+\}", "[^/]+", known) for known in interface().get_openapi_schema()["paths"]]
    found = set(re.findall(r"/api/v1/[\w/{}.-]+[\w}]", path.read_text(encoding="utf-8")))
    found -= {"/api/v1/openapi.json", "/api/v1/organisations/{org}"}
    assert len(found) > 3
    for address in found:
        assert any(re.fullmatch(pattern, address) for pattern in patterns), address
