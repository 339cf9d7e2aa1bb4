"""What is hidden of people, what is left to work with, and that no text takes long."""

import time

import pytest

from sekisho.core.redact import BLOT, Redactor, people_of, visible

ALL = Redactor(people_of(["Taro Tanaka <taro.tanaka@example.jp>", '"田中 太郎" <tarot@example.jp>']))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to taro@example.jp.", "to ██@example.jp."),
        ("連絡はtaro@example.jpまで", "連絡は██@example.jpまで"),
        ("太郎＠example.jp", "██@example.jp"),
        ("<bounce+taro=example.jp@news.example>", "<██@news.example>"),
        ("SRS0=ab=cd=example.com=jiro@fwd.example", "██@fwd.example"),
        ('"taro tanaka"@example.jp', "██@example.jp"),
        ("spf=pass smtp.mailfrom=jiro@example.net;", "spf=pass smtp.mailfrom=██@example.net;"),
        ("a@b@example.jp", "██@██@example.jp"),
        ("x" * 300 + "@example.jp", "██@example.jp"),
        ("https://evil.example/a/b?u=taro", "hxxps://evil[.]example/a/b?██"),
        ("詳細はhttp://taro@evil.example:8080/こちら", "詳細はhxxp://██@evil[.]example:8080/こちら"),
        ("HTTPS://evil.example/x/taro@example.jp/y#jiro", "hxxps://evil[.]example/x/██/y#██"),
        ("www.evil.example/pay", "www[.]evil[.]example/pay"),
        ("Dear Hanako Suzuki,", "Dear ██,"),
        ("Hi Mr. Suzuki", "Hi Mr. ██"),
        ("このたび山田様のお口座", "このたび██様のお口座"),
        ("お客様 皆様 仕様 同様 多様", "お客様 皆様 仕様 同様 多様"),
        ("電話 03-1234-5678 まで", "電話 ██ まで"),
        ("2026-01-02 12:00 192.0.2.10", "2026-01-02 12:00 192.0.2.10"),
        ("Tanaka, your parcel; taro.tanaka", "██, your parcel; ██"),
        ("tanakasan at tanaka.example", "tanakasan at tanaka.example"),
        ("田中 太郎", "██"),
    ],
)
def test_people_are_hidden_and_links_defanged(text: str, shown: str) -> None:
    assert ALL.text(text) == shown


def test_lifted_redaction_shows_people_but_no_working_link() -> None:
    lifted = Redactor(people_of(["Taro <taro@example.jp>"]), is_lifted=True)
    assert lifted.text("Dear Taro, taro@example.jp 03-1234-5678") == "Dear Taro, taro@example.jp 03-1234-5678"
    assert lifted.text("see https://u:p@evil.example/x?u=taro") == "see hxxps://u:p@evil[.]example/x?u=taro"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Taro Tanaka <taro@example.jp>", "██ <██@example.jp>"),
        ("taro@example.jp, Jiro <jiro@example.net>", "██@example.jp, ██ <██@example.net>"),
        ('"Tanaka, Taro" <taro@example.jp>', "██, ██ <██@example.jp>"),
        ("undisclosed recipients:;", "██"),
        ("<>", "<>"),
        ("taro@example.jp <script>alert(1)</script>", "██ <██@example.jp>"),
    ],
)
def test_of_an_address_field_only_domains_are_left(value: str, shown: str) -> None:
    assert ALL.field("To", value).replace("<>", "<>") == (shown if value != "<>" else "<>")


def test_what_cannot_be_seen_is_made_visible() -> None:
    assert visible("a\u202eb\u200bc\x00d\te\n") == "a�b�c�d\te\n"
    assert Redactor().field("Subject", "invoice\u202egnp.exe") == "invoice�gnp.exe"


@pytest.mark.parametrize("piece", ["@", "a", "a@", "http://", '"', "www.", "Hi ", "0-", "様", "ァ", "a.", "x=", "Dear A"])
def test_no_text_takes_longer_than_its_length(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    shown = ALL.text(text)
    assert time.process_time() - began < 2
    assert len(shown) <= 3 * len(text) + len(BLOT)
