"""A real server behind a proxy that speaks HTTPS: what it believes of the proxy, and of everybody else."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.cli.run import sekisho
from tests.cli.served import Served

from sekisho.web.api.access import FAILURES

NAME = "dmarc.example.jp"
EMAIL, PASSWORD = "alice@example.jp", "a long enough password"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`sekisho serve` as it stands behind a proxy on the same machine; everything a test sends comes from where the proxy would."""
    home = tmp_path_factory.mktemp("house") / "home"
    (home.parent / "password").write_text(PASSWORD)
    sekisho(home, ["org", "add", "acme"], check=True)
    sekisho(home, ["user", "add", EMAIL, "--org", "acme", "--password-file", home.parent / "password"], check=True)
    with Served(home, SEKISHO_HTTPS="on", SEKISHO_HOSTS=NAME) as server:
        yield server


class Answer:
    """Status, headers and text."""

    def __init__(self, port: int, method: str, path: str, body: str | None = None, **headers: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        sent = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, path, body, sent)
        found = connection.getresponse()
        self.status, self.headers = found.status, found.headers
        self.text = found.read().decode(errors="replace")
        self.cookies = found.headers.get_all("Set-Cookie") or []
        connection.close()


def sign_in(port: int, email: str, password: str, **headers: str) -> Answer:
    """The form of the sign-in page, as a browser sends it: with `Origin`."""
    page = Answer(port, "GET", "/accounts/login/", X_Forwarded_Proto="https")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token, page.text[:500]
    cookie = next(text.split(";")[0] for text in page.cookies if text.startswith("sekisho_csrf="))
    form = urlencode({"login": email, "password": password, "csrfmiddlewaretoken": token[1]})
    given = {
        "Cookie": cookie,
        "Origin": f"https://{NAME}",
        "Referer": f"https://{NAME}/accounts/login/",
        "X_Forwarded_Proto": "https",
        "Content_Type": "application/x-www-form-urlencoded",
        **headers,
    }
    return Answer(port, "POST", "/accounts/login/", form, **given)


def test_a_form_of_a_browser_is_taken_and_cookies_go_by_https_only(served: Served) -> None:
    answer = sign_in(served.port, EMAIL, PASSWORD, X_Forwarded_For="198.51.100.1")
    assert (answer.status, answer.headers["Location"]) == (302, "/"), answer.text[:300]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    page = Answer(served.port, "GET", "/accounts/login/", X_Forwarded_Proto="https")
    for text in [*answer.cookies, *page.cookies]:
        assert {"Secure", "SameSite=Lax"} <= set(text.split("; ")), text
    assert any(text.startswith("sekisho_session=") and "HttpOnly" in text for text in answer.cookies)


def guess(port: int, client: str) -> int:
    """The status of a wrong token; the proxy has put the client's address behind what the client itself said."""
    return Answer(port, "GET", "/api/v1/organisations", Authorization="Bearer sek_wrong", X_Forwarded_For=client).status


def test_guesses_are_counted_by_the_address_that_the_proxy_names(served: Served) -> None:
    """What a client says of itself stands in front of that and makes no new guesser; others go on as before."""
    statuses = [guess(served.port, f"203.0.113.{n}, 198.51.100.7") for n in range(FAILURES + 1)]
    assert statuses == [401] * FAILURES + [429], served.log.read_text()[-3000:]
    assert guess(served.port, "198.51.100.8") == 401


def test_nobody_but_the_proxy_is_believed(tmp_path: Path) -> None:
    """The proxy is somewhere else, so this machine is a client like any other: it cannot choose its address nor claim HTTPS."""
    with Served(tmp_path / "home", SEKISHO_HTTPS="on", SEKISHO_HOSTS=NAME, SEKISHO_PROXY="192.0.2.1") as server:
        statuses = [guess(server.port, f"203.0.113.{n}") for n in range(FAILURES + 1)]
        assert statuses[-1] == 429
        plain = Answer(server.port, "GET", "/accounts/login/", X_Forwarded_Proto="https")
        assert plain.headers["Strict-Transport-Security"] is None


def test_without_https_nothing_is_believed_and_names_are_checked(tmp_path: Path) -> None:
    with Served(tmp_path / "home") as server:
        page = Answer(server.port, "GET", "/accounts/login/", X_Forwarded_Proto="https", Host="localhost")
        assert page.status == 200
        assert page.headers["Strict-Transport-Security"] is None
        for name in ("evil.example", "testserver", "localhost.evil.example", "127.0.0.1@evil.example"):
            assert Answer(server.port, "GET", "/accounts/login/", Host=name).status == 400, name
            assert Answer(server.port, "GET", "/accounts/login/", Host="localhost", X_Forwarded_Host=name).status == 200, name
