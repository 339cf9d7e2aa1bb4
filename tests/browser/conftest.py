"""One server and one Chromium a session; a context of its own for each test, in which every complaint of the page counts."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.cli.run import environment

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EMAIL = "demo@example.jp"
PATIENCE_MS = 120_000
"""What should happen happens within a second; on a busy machine it may take this long before a test gives up."""


@dataclass(frozen=True)
class Served:
    """A running server with the sample organisation."""

    address: str
    password: str
    home: Path


@dataclass
class Visit:
    """A page and what it complained of: console errors, CSP violations, failed requests, requests to elsewhere."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Opens a path and waits until charts and map are drawn."""
        response = self.page.goto(self.address + path)
        assert response is not None
        assert response.status < 400, f"{path}: {response.status}"
        self.page.wait_for_load_state("networkidle")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`sekisho demo` as a person starts it."""
    home = tmp_path_factory.mktemp("demo")
    port = _free_port()
    argv = [sys.executable, "-m", "sekisho", "demo", "--home", str(home), "--port", str(port)]
    log = (home / "server.log").open("w+")
    process = subprocess.Popen(argv, env=environment(home), stdout=log, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(f"{address}/healthz", process, home / "server.log")
        text = (home / "server.log").read_text()
        found = re.search(r"password: (\S+)", text)
        assert found, text
        yield Served(address, found[1], home)
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def _await(url: str, process: subprocess.Popen[str], log: Path) -> None:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - loopback
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not start: " + log.read_text())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", headless=True, args=ARGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[..., Visit]]:
    """Makes visits; a test fails at its end when a page complained."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def make(*, width: int = 1440, height: int = 900, language: str = "ja", scheme: str = "light", signed_in: bool = True) -> Visit:
        made = begin(browser, served.address, width=width, height=height, language=language, scheme=scheme)
        contexts.append(made.page.context)
        visits.append(made)
        if signed_in:
            sign_in(made, served)
        return made

    yield make
    for context in contexts:
        context.close()
    complaints = [complaint for made in visits for complaint in made.complaints]
    assert not complaints, "\n".join(complaints)


def begin(browser: Browser, address: str, *, width: int, height: int, language: str, scheme: str) -> Visit:
    """A visit to the server at an address, in a context of its own that its caller closes; no page is open yet."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="ja-JP" if language == "ja" else "en-GB",
        color_scheme="dark" if scheme == "dark" else "light",
        timezone_id="Asia/Tokyo",
    )
    context.set_default_timeout(PATIENCE_MS)
    made = Visit(context.new_page(), address)
    _listen(made)
    return made


def sign_in(visit: Visit, served: Served) -> None:
    """Signs in as a person does."""
    visit.go("/accounts/login/")
    visit.page.fill("input[name=login]", EMAIL)
    visit.page.fill("input[name=password]", served.password)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/overview*")
    visit.page.wait_for_load_state("networkidle")


def _listen(visit: Visit) -> None:
    def said(message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning"):
            visit.complaints.append(f"console: {getattr(message, 'text', message)}")

    def failed(request: object) -> None:
        url = getattr(request, "url", "")
        if getattr(request, "failure", "") != "net::ERR_ABORTED":
            visit.complaints.append(f"request failed: {url}")

    visit.page.on("console", said)
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"script: {error}"))
    visit.page.on("requestfailed", failed)

    def gate(route: object) -> None:
        url = route.request.url  # type: ignore[attr-defined]
        if url.startswith((visit.address, "data:", "blob:")):
            route.continue_()  # type: ignore[attr-defined]
        else:
            visit.complaints.append(f"asks elsewhere: {url}")
            route.abort()  # type: ignore[attr-defined]

    visit.page.route("**/*", gate)
