"""Configurations from plain values and back."""

from dataclasses import fields

import pytest

from sekisho.core.errors import SettingsError
from sekisho.ingest.config import Tls, config_values, read_config
from sekisho.ingest.imap import ImapConfig
from sekisho.ingest.inbox import After
from sekisho.ingest.kinds import KINDS

GOOD = {
    "host": " imap.example.test ",
    "user": "a@example.test",
    "password": " s p ",
    "port": "143",
    "tls": "starttls",
    "after": "move",
}


def test_values_become_typed_and_come_back() -> None:
    config = read_config(ImapConfig, GOOD)
    assert (config.host, config.port, config.tls, config.after) == ("imap.example.test", 143, Tls.STARTTLS, After.MOVE)
    assert config.password == " s p "
    assert config.folder == "INBOX"
    assert read_config(ImapConfig, config_values(config)) == config


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"host": ""}, "host: is needed"),
        ({"port": "-1"}, "port: must be a whole number"),
        ({"port": "9" * 30}, "port: must be a whole number"),
        ({"tls": "ssl"}, "tls: must be one of"),
        ({"after": "burn"}, "after: must be one of"),
        ({"folder": "a\r\nA1 LOGOUT"}, "folder: must be one line"),
        ({"folders": "x"}, "folders: there is no such setting"),
    ],
)
def test_a_wrong_value_is_named(change: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        read_config(ImapConfig, GOOD | change)


def test_no_secret_shows_in_a_representation() -> None:
    for kind in KINDS.values():
        shown = {f.name: f.repr for f in fields(kind)}
        assert not any(shown[name] for name in kind.secrets)


def test_what_a_kind_does_after_storing_is_one_of_its_own() -> None:
    for kind in KINDS.values():
        after = next((f.default for f in fields(kind) if f.name == "after"), kind.afters[0])
        assert after == kind.afters[0]
    with pytest.raises(SettingsError, match="after"):
        read_config(KINDS["folder"], {"path": "/srv/drop", "after": "flag"})
