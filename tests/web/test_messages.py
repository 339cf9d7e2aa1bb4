"""Every visible message has its Japanese, and the tool that says so notices what it must."""

import gettext
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _tool():
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


messages = _tool()
HEAD = """msgid ""
msgstr ""
"Language: ja\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


@pytest.fixture
def house(tmp_path):
    """A small project: write(part=…) writes a part of its Japanese, code(…) a module, page(…) a template."""

    class House:
        root = tmp_path
        locale = tmp_path / messages.LOCALE

        def write(self, part, text):
            folder = self.locale / "ja" / "parts"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{part}.po").write_text(HEAD + text, encoding="utf-8")

        def code(self, text):
            folder = tmp_path / messages.SOURCES
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "some.py").write_text(text, encoding="utf-8")

        def page(self, text):
            folder = tmp_path / messages.SOURCES / "web" / "templates"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "some.html").write_text(text, encoding="utf-8")

    return House()


def test_all_that_the_code_says_is_translated():
    assert messages.check(ROOT) == []


def test_a_missing_translation_is_reported_with_its_place(house):
    house.code('_("Hello")\npgettext("greeting", "Hello")\n')
    house.write("a", 'msgid "Hello"\nmsgstr "こんにちは"\n')
    assert messages.check(house.root) == ["ja: src/sekisho/some.py:2: no translation of 'Hello' (greeting)"]


@pytest.mark.parametrize("entry", ['msgid "Hello"\nmsgstr ""\n', '#, fuzzy\nmsgid "Hello"\nmsgstr "さようなら"\n'])
def test_an_empty_or_fuzzy_translation_is_none(house, entry):
    house.code('_("Hello")\n')
    house.write("a", entry)
    assert "no translation of 'Hello'" in messages.check(house.root)[0]


def test_templates_are_read(house):
    house.page('{% translate "Hello" %}{% blocktranslate count n=n %}{{ n }} mail{% plural %}{{ n }} mails{% endblocktranslate %}')
    house.write("a", "")
    found = messages.check(house.root)
    assert [line.split(": ", 2)[2] for line in found] == ["no translation of 'Hello'", "no translation of '%(n)s mail'"]


def test_an_entry_that_nobody_uses_is_reported(house):
    house.code("")
    house.write("a", 'msgid "Old"\nmsgstr "古い"\n')
    assert messages.check(house.root) == ["ja: a.po: nobody uses 'Old'"]


@pytest.mark.parametrize(
    ("text", "translation", "is_right"),
    [
        ("%(n)s of {all}", "{all} 中 %(n)s", True),
        ("%(n)s of {all}", "%(n)s", False),
        ("{n} mails", "{m} 通", False),
        ("100%% of it", "100%%", True),
        ("plain", "{x}", False),
    ],
)
def test_placeholders_must_be_the_same(house, text, translation, is_right):
    house.code(f'_("{text}")\n')
    house.write("a", f'msgid "{text}"\nmsgstr "{translation}"\n')
    assert (messages.check(house.root) == []) is is_right


def test_placeholders_of_a_plural_count(house):
    house.code('ngettext("one mail", "%(n)s mails", n)\n')
    house.write("a", 'msgid "one mail"\nmsgid_plural "%(n)s mails"\nmsgstr[0] "%(n)s 通"\n')
    assert messages.check(house.root) == []


def test_two_parts_may_agree_but_not_differ(house):
    house.code('_("Hello")\n')
    house.write("a", 'msgid "Hello"\nmsgstr "こんにちは"\n')
    house.write("b", 'msgid "Hello"\nmsgstr "こんにちは"\n')
    assert messages.check(house.root) == []
    house.write("b", 'msgid "Hello"\nmsgstr "やあ"\n')
    assert messages.check(house.root) == ["ja: b.po: translates 'Hello' otherwise than a.po"]
    with pytest.raises(messages.DuplicateError, match="otherwise"):
        messages.compile_all(house.locale, house.locale)


def test_the_compiled_catalogue_speaks(house, tmp_path):
    house.write("a", 'msgid "Hello"\nmsgstr "こんにちは"\n\nmsgctxt "night"\nmsgid "Hello"\nmsgstr "こんばんは"\n')
    house.write("b", 'msgid "one mail"\nmsgid_plural "%(n)s mails"\nmsgstr[0] "%(n)s 通"\n')
    (path,) = messages.compile_all(house.locale, tmp_path / "out")
    assert path == tmp_path / "out" / "ja" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as stream:
        spoken = gettext.GNUTranslations(stream)
    assert spoken.gettext("Hello") == "こんにちは"
    assert spoken.pgettext("night", "Hello") == "こんばんは"
    assert spoken.ngettext("one mail", "%(n)s mails", 5) == "%(n)s 通"


def test_the_same_parts_make_the_same_bytes(house, tmp_path):
    house.write("a", 'msgid "Hello"\nmsgstr "こんにちは"\n')
    first, second = (messages.compile_all(house.locale, tmp_path / name)[0].read_bytes() for name in ("one", "two"))
    assert first == second
    assert b"2020-01-01" in first
