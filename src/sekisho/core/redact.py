"""Makes text from outside safe to read: local parts and personal names blacked out, links defanged, controls made visible.

What is hidden is what tells who a person is. More may go than would have to: whoever needs it can lift the redaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

BLOT = "██"
_MOST_NAMES = 60
_SHORTEST = 2
"""Characters of a name that is looked for in running text; of Latin ones one more."""
_ATEXT = "!#$%&'*+/=?^_`{|}~.-" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_SCHEME = r"(?:https?|ftps?)://"
_PIECE = re.compile(
    rf"(?P<link>(?:{_SCHEME}|www\.)[^\s<>\"「」『』、。（）]+)"
    r"|(?P<quoted>\"[^\"\n]{1,200}\"(?=[@＠]))"
    rf"|(?P<word>(?:(?!{_SCHEME}|www\.)[^\s<>()\[\],;\"])+)",
    re.IGNORECASE,
)
"""Every piece is taken whole and looked at once, so that no text takes more than its length."""
_LINK = re.compile(rf"({_SCHEME})?([^/?#]*)([^?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"(?:(?:smtp|header|policy)\.[a-z]{1,20}=|envelope-from=|mailto:|rfc822:|[idm]=)", re.IGNORECASE).match
"""What stands before an address in the headers of mail and is no part of it."""
_HONORIFIC = re.compile(
    r"[一-龠々ァ-ヶー]{1,8}(?=[ 　]?(?:様|さま|殿|さん|氏)(?![々式相子]))(?<!お客)(?<!皆)(?<!仕)(?<!同)(?<!多)(?<!模)(?<!異)"
)
_GREETING = re.compile(r"\b(Dear|Hello|Hi|Hey)( (?:Mr|Ms|Mrs|Dr)\.?)? ([A-Z][\w'-]{1,30}(?: [A-Z][\w'-]{1,30})?)")
_PHONE = re.compile(r"(?<![\d.])(?:0\d{1,4}[-－‐ (（]\d{1,4}[-－‐ )）]\d{3,4}|\+\d{1,3}[- ]\d[\d -]{5,14}\d)(?![\d.])")
_ADDRESS_FIELD = re.compile(
    r"(?:resent-)?(?:from|to|cc|bcc|sender)|reply-to|errors-to|return-path|delivered-to|disposition-notification-to"
    r"|(?:x-)?(?:original|envelope|forwarded)-(?:to|from|mail-from|rcpt-to)",
    re.IGNORECASE,
).fullmatch


def visible(text: str) -> str:
    """The text with everything that cannot be seen, direction marks included, made U+FFFD; line ends and tabs are kept."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def is_address_field(name: str) -> bool:
    """Whether a header field holds people: names and addresses."""
    return _ADDRESS_FIELD(name) is not None


def people_of(values: Iterable[str]) -> tuple[str, ...]:
    """The display names and local parts in the values of address fields, the longest first."""
    found: dict[str, None] = {}
    for value in values:
        for piece in value.split(","):
            name, _, address = piece.rpartition("<")
            local = (address or name).rpartition("@")[0].strip("<> \"'")
            name = name if "@" in piece else piece
            words = [name.strip(" \"'<>"), *name.replace('"', " ").split(), local]
            found |= dict.fromkeys(word for word in words if _is_telling(word))
    return tuple(sorted(found, key=len, reverse=True)[:_MOST_NAMES])


def _is_telling(word: str) -> bool:
    return "@" not in word and BLOT not in word and len(word) >= _SHORTEST + word.isascii() and len(word) <= 100


class Redactor:
    """Redacts the parts of one message. With `is_lifted` people are left readable, links still are defanged."""

    def __init__(self, people: Iterable[str] = (), *, is_lifted: bool = False) -> None:
        self.is_lifted = is_lifted
        words = "|".join(re.escape(word) for word in people)
        self._people = (
            re.compile(rf"(?<![A-Za-z0-9.@-])(?:{words})(?![A-Za-z0-9-]|\.[A-Za-z0-9])", re.IGNORECASE) if words else None
        )

    def field(self, name: str, value: str) -> str:
        """The value of a header field."""
        if is_address_field(name) and not self.is_lifted:
            return ", ".join(shown for piece in visible(value).split(",") if (shown := _person(piece)))
        return self.text(value) if name.lower() == "subject" else self.line(value)

    def text(self, text: str) -> str:
        """Running text: addresses, links, and names where it speaks of or to a person; telephone numbers too."""
        if not self.is_lifted:
            text = _GREETING.sub(rf"\1\2 {BLOT}", _HONORIFIC.sub(BLOT, _PHONE.sub(BLOT, text)))
        return self.line(text)

    def line(self, text: str) -> str:
        """A technical line: addresses, links, and the people of this message."""
        text = _PIECE.sub(self._piece, visible(text))
        return text if self.is_lifted or self._people is None else self._people.sub(BLOT, text)

    def _piece(self, found: re.Match[str]) -> str:
        if found["link"]:
            return self._link(found["link"])
        if self.is_lifted:
            return found[0]
        return BLOT if found["quoted"] else _word(found["word"])

    def _link(self, link: str) -> str:
        """The link, so that nothing follows it by mistake; what tells who was to follow it is hidden."""
        parts = _LINK.fullmatch(link)
        if parts is None:
            return BLOT
        scheme, host, path, rest = parts[1] or "", parts[2], parts[3], parts[4]
        scheme = scheme.lower().replace("http", "hxxp").replace("ftp", "fxp")
        user, at, host = host.rpartition("@")
        host = host.replace(".", "[.]")
        if self.is_lifted:
            return f"{scheme}{user}{at}{host}{path}{rest}"
        path = "/".join(BLOT if "@" in step or "%40" in step else step for step in path.split("/"))
        return f"{scheme}{BLOT + at if at else ''}{host}{path}{rest[:1]}{BLOT if rest[1:] else ''}"


def _word(word: str) -> str:
    """The word with the local part of every address in it hidden."""
    if "@" not in word and "＠" not in word:
        return word
    *before, last = word.replace("＠", "@").split("@")
    return "@".join([*(_hidden(piece) for piece in before), last])


def _hidden(piece: str) -> str:
    """What stands before an `@`: the local part hidden, a label before it kept."""
    if not piece:
        return ""
    label = _LABEL(piece)
    if label:
        return label[0] + (BLOT if piece[label.end() :] else "")
    kept = piece.rstrip(_ATEXT)
    return (kept if kept != piece else "") + BLOT


def _person(piece: str) -> str:
    """One person of an address field: the domain is all that is left."""
    if "@" not in piece:
        return BLOT if piece.strip(" <>") else piece.strip()
    name, bracket, _ = piece.rpartition("<")
    domain = re.split(r"[^\w.-]", piece.rpartition("@")[2], maxsplit=1)[0]
    return f"{BLOT} <{BLOT}@{domain}>" if bracket and name.strip(' "') else f"{BLOT}@{domain}"
