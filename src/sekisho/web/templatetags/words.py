"""The few words the tags themselves write: names of the classes and how a list is joined."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from sekisho.core.terms import Class

CLASS_WORDS: dict[Class, Promise | str] = {
    Class.NORMAL: pgettext_lazy("class", "Normal"),
    Class.FORWARDED: pgettext_lazy("class", "Forwarded"),
    Class.FAILING: gettext_lazy("Authentication failure"),
    Class.SPOOF: gettext_lazy("Suspected spoofing"),
}


def lang() -> str:
    """The language of the page that is being written."""
    return get_language() or "en"


def class_word(klass: Class | str) -> str:
    """The name of a class."""
    return str(CLASS_WORDS[Class(klass)])


def listed(items: Iterable[str]) -> str:
    """Words one after the other, with the comma of the language."""
    return ("、" if lang().startswith("ja") else ", ").join(items)
