"""axe-core finds nothing serious or critical on any page: in both languages, both themes, wide and narrow.

The pages come from the list of addresses itself. Each is opened once in each language, and looked at in both themes: in one
language light and wide, then dark and narrow, in the other dark and wide, then light and narrow; so every value and every pair
of theme and width is seen on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, resolve

from sekisho.sample import DOMAIN_NAMES
from sekisho.web.pages.urls import org_urls
from sekisho.web.urls import urlpatterns
from tests.browser.conftest import Served, Visit
from tests.cli.run import sekisho
from tests.cli.served import add_inbox

WIDE, NARROW = 1440, 390
SEEN = {"ja": ((WIDE, "light"), (NARROW, "dark")), "en": ((WIDE, "dark"), (NARROW, "light"))}
FILES_AND_FORMS = re.compile(
    r"export|download|^paper$|settings_inbox_|_(look|act|revoke|role|remove|withdraw|lift|check|owner|new|sign_in|signed_in)$"
)
"""Names of addresses with parts that lead to no page: files, and what is only sent."""
NOT_LINKED = {
    "overview": "overview",
    "settings_keeping_erase": "settings/keeping/erase?domain=",
    "domain_remove": f"domains/{DOMAIN_NAMES[0]}/remove",
    "domain_start": f"domains/{DOMAIN_NAMES[0]}/start/",
    "upload": "upload",
}
"""Pages no other one of the sample leads to in one step, with their addresses."""
ACCOUNT = ("login", "password/reset", "password/change", "sign-on", "me", "2fa", "sessions", "email")
LEADS_OUT = {"account_logout", "home"}
"""Addresses that end the visit, or only lead on."""
MOST_VISITS = 150
OF_THE_VIEW = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size", "aria-hidden-focus"]
"""Rules whose answer depends on theme and width; the others are asked once a page and language."""

RUN = """
async (rules) => {
  const only = rules.length ? {runOnly: {type: 'rule', values: rules}} : {};
  const found = await axe.run(document, {resultTypes: ['violations'], ...only});
  return found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => [
    v.id, v.impact, v.nodes.length,
    v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' | ' + (n.failureSummary || '').slice(0, 300))
  ]);
}
"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which is fetched with what tests need and is in no wheel of ours."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def name_of(path: str) -> str:
    """The name of the address a path leads to; empty for none of ours."""
    try:
        return str(resolve(path.split("?")[0].split("#")[0]).url_name or "")
    except Resolver404:
        return ""


def is_page(visit: Visit, path: str) -> bool:
    """Whether an address gives a page when it is opened."""
    answer = visit.page.request.get(visit.address + path)
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status == 200 and is_html and answer.body()[:9].lower() == b"<!doctype"


def links(visit: Visit) -> Iterator[str]:
    """Where a page leads to, on this server."""
    for href in visit.page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
        if href.startswith("/"):
            yield href


def outside(visit: Visit) -> list[str]:
    """The pages that stand below no organisation: account, second factors, agencies, help."""
    found = [(str(p.name), f"/{p.pattern}") for p in urlpatterns if isinstance(p, URLPattern)]
    for resolver in urlpatterns:
        if isinstance(resolver, URLResolver) and str(resolver.pattern) == "accounts/":
            found += [(str(p.name), f"/accounts/{path}") for p, path in _flat(resolver)]
    return [path for name, path in found if name not in LEADS_OUT and "<" not in path and "^" not in path and is_page(visit, path)]


def _flat(resolver: URLResolver) -> Iterator[tuple[URLPattern, str]]:
    """The addresses below one, however deep."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield each, str(each.pattern)
        else:
            yield from ((p, f"{each.pattern}{path}") for p, path in _flat(each))


def reached(visit: Visit, org: str) -> dict[str, str]:
    """An address of each page: those without parts as they are, the others by following links; one of each name."""
    found = {name: f"/{org}/{path}" for name, path in NOT_LINKED.items()}
    for pattern in org_urls:
        path = f"/{org}/{pattern.pattern}"
        if not pattern.pattern.converters and is_page(visit, path):
            found.setdefault(str(pattern.name), path)
    names = {str(pattern.name) for pattern in org_urls}
    todo = list(found.values())
    for _ in range(MOST_VISITS):
        if not todo:
            break
        visit.page.goto(visit.address + todo.pop(0))
        for href in links(visit):
            name = name_of(href)
            if name in names and name not in found and href.startswith(f"/{org}/") and is_page(visit, href):
                found[name] = href
                todo.append(href)
    return found


def look(visit: Visit, axe: str, path: str, views: tuple[tuple[int, str], ...]) -> list[str]:
    """What is wrong with a page, a line each."""
    wrong = []
    visit.page.set_viewport_size({"width": views[0][0], "height": 900})
    visit.page.emulate_media(color_scheme=views[0][1])  # type: ignore[arg-type]
    response = visit.page.goto(visit.address + path)
    if response is None or response.status >= 500:
        return [f"{path}: no answer"]
    visit.page.evaluate(axe)
    for turn, (width, scheme) in enumerate(views):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        rules: list[Any] = visit.page.evaluate(RUN, OF_THE_VIEW if turn else [])
        for rule, impact, count, nodes in rules:
            wrong.append(f"{path} at {width} {scheme}: {impact} {rule} ({count})\n    " + "\n    ".join(nodes))
    return wrong


@pytest.fixture
def inbox(served: Served, tmp_path: Path) -> Iterator[int]:
    """A watched folder, so that there is an inbox to look at."""
    number = add_inbox(served.home, "folder", {"path": str(tmp_path)})
    yield number
    sekisho(served.home, ["inbox", "remove", number], check=True)


@pytest.mark.usefixtures("inbox")
def test_every_page_is_for_everybody(visit: Callable[..., Visit], axe: str) -> None:
    first = visit(language="ja")
    org = first.page.url.split("/")[3]
    pages = reached(first, org)
    names = {str(pattern.name) for pattern in org_urls if pattern.pattern.converters}
    assert sorted(name for name in names - set(pages) if not FILES_AND_FORMS.search(name)) == []
    others = outside(first)
    assert {"/agency/", "/help/"} <= set(others)
    wrong: list[str] = []
    for language, views in SEEN.items():
        mine = first if language == "ja" else visit(language=language)
        for path in [*others, *pages.values()]:
            wrong += [f"{language} {line}" for line in look(mine, axe, path, views)]
    assert not wrong, "\n".join(wrong)


def test_what_strangers_see_is_for_everybody(visit: Callable[..., Visit], axe: str) -> None:
    wrong: list[str] = []
    for language, views in SEEN.items():
        mine = visit(language=language, signed_in=False)
        for path in ("/accounts/login/", "/accounts/password/reset/"):
            wrong += look(mine, axe, path, views)
    assert not wrong, "\n".join(wrong)


def test_it_would_find_something(visit: Callable[..., Visit], axe: str) -> None:
    mine = visit(signed_in=False)
    mine.go("/accounts/login/")
    mine.page.evaluate("document.documentElement.removeAttribute('lang')")
    mine.page.evaluate(axe)
    assert [rule for rule, *_ in mine.page.evaluate(RUN, [])] == ["html-has-lang"]
