"""Mails to people: text and HTML alike, nothing fetched from elsewhere, handed to one mail server (RFC 5321, 3834)."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from sekisho.alerts.message import Message, SendFailed
from sekisho.core.errors import SettingsError

TIMEOUT_S = 30
PORTS = {"smtp": 25, "smtps": 465}
PERMANENT = 500
"""Replies from here on are for good (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server mails are handed to, and who sends them."""

    host: str
    port: int
    sender: str
    name: str = ""
    user: str = ""
    password: str = ""
    is_tls: bool = False
    """TLS from the first byte."""
    ca_file: str = ""

    @classmethod
    def from_settings(cls, url: str, sender: str) -> MailServer | None:
        """The server of the settings; None where none is named. Raises SettingsError for one that cannot be."""
        if not url or not sender:
            return None
        parts = urlsplit(url)
        name, address = parseaddr(sender)
        try:
            port = parts.port
        except ValueError as error:
            raise SettingsError("SEKISHO_MAIL_URL has a port that is no port") from error
        if parts.scheme not in PORTS or not parts.hostname:
            raise SettingsError("SEKISHO_MAIL_URL must look like smtp://HOST:PORT or smtps://HOST:PORT")
        if "@" not in address:
            raise SettingsError("SEKISHO_MAIL_FROM must be an e-mail address")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port or PORTS[parts.scheme], address, name, user, password, is_tls=parts.scheme == "smtps")


def send(server: MailServer, person: str, message: Message, *, number: str = "") -> str:
    """Sends the mail to one person, so that none sees the others; returns the person. Raises SendFailed.

    `number` is the same in each attempt and becomes the Message-ID, so that mailboxes show a second copy only once.
    """
    try:
        with _session(server) as session:
            session.send_message(_mail(server, person, message, number), server.sender, [person])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise SendFailed(f"{person}: {code} {_words(words)}", permanent=code >= PERMANENT) from error
    except smtplib.SMTPResponseException as error:
        raise SendFailed(f"{error.smtp_code} {_words(error.smtp_error)}", permanent=error.smtp_code >= PERMANENT) from error
    except (smtplib.SMTPException, OSError) as error:
        raise SendFailed(str(error), permanent=False) from error
    except (UnicodeError, ValueError) as error:
        raise SendFailed(f"{person} cannot be written to: {error}", permanent=True) from error
    return person


def _session(server: MailServer) -> smtplib.SMTP:
    """An open session, encrypted where it is offered and always where a password goes over it."""
    context = ssl.create_default_context(cafile=server.ca_file or None)
    if server.is_tls:
        session: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
        session.ehlo_or_helo_if_needed()
        if session.has_extn("starttls"):
            session.starttls(context=context)
        elif server.user:
            session.close()
            raise SendFailed("the server offers no encryption, and the password is not sent without", permanent=True)
    if server.user:
        session.login(server.user, server.password)
    return session


def _mail(server: MailServer, person: str, message: Message, number: str) -> EmailMessage:
    """The mail, in the order that keeps it signable: fixed headers, no line over 998 octets (RFC 5322, 2.1.1)."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(server.name or "Sekisho", addr_spec=server.sender)
    mail["To"] = person
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = formatdate(usegmt=True)
    domain = server.sender.rpartition("@")[2]
    mail["Message-ID"] = f"<{number}@{domain}>" if number else make_msgid(domain=domain)
    mail["Auto-Submitted"] = "auto-generated"
    if message.list_id:
        mail["List-Id"] = f"<{message.list_id}>"
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        if message.unsubscribe.startswith("https://"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte="base64" if not message.text.isascii() else "quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="base64")
    for file in message.attachments:
        mail.add_attachment(file.data, *file.kind.split("/", 1), filename=file.name)
    return mail


def _words(said: bytes | str) -> str:
    """A server's words, short and without control characters."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return "".join(c if c.isprintable() else " " for c in text)[:200]
