"""English words for kinds, settings, steps and troubles of inboxes; pages and command line translate them."""

from __future__ import annotations

from sekisho.ingest.errors import Trouble
from sekisho.ingest.inbox import After, Step


def N_(text: str) -> str:  # noqa: N802 - the name that tools for translation look for
    """Marks a text for translation and gives it back as it is."""
    return text


KINDS = {
    "imap": (N_("IMAP mailbox"), N_("A mailbox at any provider. New mail is seen at once where the server can tell of it (IDLE).")),
    "graph": (N_("Microsoft 365 mailbox"), N_("By Microsoft Graph, with an app registration instead of a password.")),
    "gmail": (N_("Gmail or Google Workspace"), N_("By the Gmail API, with a service account or an OAuth app.")),
    "pop3": (N_("POP3 mailbox"), N_("For providers without IMAP. POP3 knows no folders and no read marks.")),
    "smtp": (N_("SMTP or LMTP listener"), N_("Sekisho takes the mail itself: from the internet, or from your mail server.")),
    "folder": (N_("Watched folder"), N_("Files that scripts, mail filters or people drop into a folder of the server.")),
    "maildir": (N_("Maildir on the server"), N_("A Maildir that a mail server on this machine delivers to.")),
    "mbox": (N_("Mbox file on the server"), N_("A file that a mail server on this machine appends to; it is only read.")),
    "bucket": (N_("S3-compatible bucket"), N_("Objects that a mail service such as Amazon SES puts into a bucket.")),
}
"""Name and sentence of each kind, in the order of a choice."""

SHOWN = {
    "imap": ("folder", "after"),
    "pop3": ("after",),
    "maildir": ("after",),
    "mbox": (),
    "folder": ("after",),
    "bucket": ("region", "endpoint", "prefix", "after"),
    "graph": ("client_secret", "mailbox", "folder", "after"),
    "gmail": ("mailbox", "service_account", "label", "after"),
    "smtp": ("host", "port", "lmtp", "hostname", "addresses"),
}
"""Settings that have a default and are shown nevertheless."""

FIELDS = {
    "host": (N_("Server"), N_("Name of the mail server.")),
    "user": (N_("User name"), N_("Often the whole mail address.")),
    "password": (N_("Password"), N_("An app password where the provider asks for one.")),
    "imap.port": (N_("Port"), N_("993 with TLS from the start, 143 otherwise.")),
    "pop3.port": (N_("Port"), N_("995 with TLS from the start, 110 otherwise.")),
    "tls": (N_("Encryption"), N_("The server's certificate is always checked.")),
    "ca_file": (
        N_("File with certificates to trust"),
        N_("A path on the server; only for a mail server with an authority of its own."),
    ),
    "folder": (N_("Folder"), N_("Where the reports arrive; `/` between levels.")),
    "after": (N_("After storing"), N_("What becomes of a mail once it is stored here. Nothing is done to it before.")),
    "done_folder": (N_("Done folder"), N_("Where stored mails are moved to; made when missing.")),
    "poll_s": (N_("Seconds between looks"), N_("How often to look where the server cannot tell of new mail.")),
    "quiet_s": (N_("Quiet seconds"), N_("What is written is taken when nobody has written to it for so long.")),
    "folder.path": (N_("Folder"), N_("Whole path on the server. Folders in it, and names that begin with a dot, are left alone.")),
    "maildir.path": (N_("Folder of the Maildir"), N_("Whole path on the server of the folder that holds `new`, `cur` and `tmp`.")),
    "mbox.path": (N_("File"), N_("Whole path on the server.")),
    "bucket": (N_("Bucket"), N_("Name of the bucket.")),
    "access_key": (
        N_("Access key ID"),
        N_("Of a user who may list and read the bucket, and change it if stored mails are to be moved."),
    ),
    "secret_key": (N_("Secret access key"), N_("Belongs to the access key ID.")),
    "region": (N_("Region"), N_("Region of the bucket; servers of one's own mostly do not care.")),
    "endpoint": (N_("Address of the server"), N_("Such as `https://s3.example.com`; empty for Amazon.")),
    "prefix": (N_("Prefix"), N_("Only objects whose keys begin so; empty for all.")),
    "done_prefix": (N_("Done prefix"), N_("What the keys of stored mails begin with after they are moved.")),
    "tenant": (N_("Directory (tenant) ID"), N_("On the overview of the app registration in Microsoft Entra.")),
    "graph.client_id": (N_("Application (client) ID"), N_("On the same page.")),
    "graph.client_secret": (
        N_("Client secret"),
        N_("Its value, not its ID; the app needs the application permission Mail.ReadWrite."),
    ),
    "graph.refresh_token": (
        N_("Refresh token"),
        N_("Only where a person has signed in instead of the app; then no client secret is needed."),
    ),
    "graph.mailbox": (N_("Mailbox"), N_("Address of the mailbox that gets the reports.")),
    "gmail.client_id": (N_("Client ID"), N_("Of the OAuth app; not needed with a service account.")),
    "gmail.client_secret": (N_("Client secret"), N_("Of the OAuth app; not needed with a service account.")),
    "gmail.refresh_token": (N_("Refresh token"), N_("From the sign-in to the OAuth app; not needed with a service account.")),
    "gmail.mailbox": (N_("Mailbox"), N_("Address of the mailbox that gets the reports.")),
    "service_account": (
        N_("Key of the service account"),
        N_("The whole text of its JSON key file. It needs domain-wide delegation for the scope gmail.modify."),
    ),
    "label": (N_("Label"), N_("Label of the reports; `INBOX` is the inbox.")),
    "done_label": (N_("Done label"), N_("Label that stored mails get instead; made when missing.")),
    "base_url": (N_("Address of the API"), N_("National clouds have their own.")),
    "login_url": (N_("Address of the sign-in"), N_("National clouds have their own.")),
    "auth_url": (N_("Address of the sign-in"), N_("Where a person signs in to the OAuth app.")),
    "token_url": (N_("Address for tokens"), N_("Where access tokens are asked for.")),
    "smtp.host": (N_("Listen on"), N_("Address of this machine; `0.0.0.0` or `::` for all.")),
    "smtp.port": (N_("Port"), N_("25 where mail comes straight from the internet, else the port your mail server delivers to.")),
    "lmtp": (N_("Speak LMTP"), N_("For a mail server of your own; otherwise SMTP is spoken.")),
    "hostname": (
        N_("Name of this mail host"),
        N_("As in its MX record. It greets with this name, and report addresses end with it."),
    ),
    "addresses": (N_("Further addresses"), N_("Besides the report address; one or more, with blanks between.")),
    "cert_file": (N_("Certificate"), N_("Path on the server to a PEM chain, for STARTTLS; read again when it changes.")),
    "key_file": (N_("Private key"), N_("Path on the server; empty when it is in the same file.")),
    "require_tls": (N_("Refuse unencrypted mail"), N_("Senders without STARTTLS are turned away.")),
    "max_bytes": (N_("Largest mail, bytes"), N_("A larger one is refused.")),
    "max_connections": (N_("Connections at a time"), N_("At most half of them from one address.")),
}
"""Label and help of settings, by name, or by kind and name where kinds differ."""

AFTERS = {
    After.LEAVE: N_("Leave it as it is"),
    After.FLAG: N_("Mark it as read"),
    After.MOVE: N_("Move it aside"),
    After.DELETE: N_("Delete it"),
}
TLS = {"tls": N_("TLS from the start"), "starttls": N_("STARTTLS"), "none": N_("None (not recommended)")}

STEPS = {
    Step.NAME: N_("Name of the server"),
    Step.CONNECT: N_("Connection"),
    Step.TLS: N_("Encryption"),
    Step.SIGN_IN: N_("Sign-in"),
    Step.FOLDER: N_("Place of the mails"),
    Step.COUNT: N_("Mails there"),
    Step.AFTER: N_("After storing"),
}

TROUBLES = {
    Trouble.NO_SUCH_HOST: N_("The name of the server is not known. Check its spelling and the DNS."),
    Trouble.NOT_REACHED: N_("No server answers there. Check name and port, and firewalls between."),
    Trouble.TIMED_OUT: N_("The server did not answer in time. It is tried again."),
    Trouble.CUT_OFF: N_("The server ended the connection. It is tried again."),
    Trouble.TLS: N_("There is no trusted encrypted connection. Check encryption, port, name and certificate of the server."),
    Trouble.SIGN_IN: N_("The server refused the sign-in. Check user name and password, or the app's key."),
    Trouble.NOT_ALLOWED: N_("This account may not do that. Give it the right to."),
    Trouble.NO_FOLDER: N_("The place of the mails does not exist (any more). Check its name."),
    Trouble.BUSY: N_("The server asks to come back later. It is tried again."),
    Trouble.PROTOCOL: N_("The server answered something that cannot be understood. Check that it is the right kind of server."),
    Trouble.PRIVATE: N_(
        "The server is on a private network, where inboxes may not connect to on this install. Ask whoever runs Sekisho."
    ),
    Trouble.FILE: N_("The system refused. Check the path or port, and the rights of the account that Sekisho runs as."),
}
SETTINGS = "settings"
INTERNAL = "internal"
OWN_TROUBLES = {
    SETTINGS: N_("The settings cannot be used. Change the inbox and enter its secrets again."),
    INTERNAL: N_("Something failed in Sekisho itself. It is tried again, and the log of the server says more."),
}
"""Troubles that are not the server's."""


def field(kind: str, name: str) -> tuple[str, str]:
    """Label and help of a setting."""
    return FIELDS.get(f"{kind}.{name}") or FIELDS[name]


def trouble(code: str) -> str:
    """What a trouble means and what to do."""
    if code in OWN_TROUBLES:
        return OWN_TROUBLES[code]
    return TROUBLES[Trouble(code)] if code in set(Trouble) else OWN_TROUBLES[INTERNAL]
