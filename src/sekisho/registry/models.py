"""Who owns what. Few rows, edited by people, except deliveries and their raw bytes, which only grow."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Now


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A user with a usable password, or none when `password` is None."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """An operator of the install."""
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Operators only."""
        return self.is_superuser


REPORT_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of report addresses: small, and none that is taken for another when read aloud."""


def new_report_token() -> str:
    """The local part of a report address, which nobody guesses: 16 letters and digits, 79 bits."""
    return "".join(secrets.choice(REPORT_LETTERS) for _ in range(16))


class Organisation(models.Model):
    """A tenant: all else belongs to one, and sees nothing of another."""

    slug = models.SlugField(max_length=63, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="ja")
    timezone = models.CharField(max_length=64, default="Asia/Tokyo")
    report_token = models.CharField(max_length=32, unique=True, default=new_report_token)
    """Mail to this local part belongs to the organisation, whichever of our listeners gets it."""
    created = models.DateTimeField(db_default=Now())
    people: models.ManyToManyField[User, Member] = models.ManyToManyField(User, through="Member", related_name="organisations")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do in an organisation."""

    OWNER = "owner"
    ADMIN = "admin"
    ANALYST = "analyst"
    READER = "reader"


class Member(models.Model):
    """A person in an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    user = models.ForeignKey(User, models.CASCADE)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.READER)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "user"), name="member_once"),)

    def __str__(self) -> str:
        return f"{self.user} in {self.organisation} as {self.role}"


class Domain(models.Model):
    """A domain that an organisation watches; its sub-domains belong to it unless registered themselves."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253)
    added = models.DateTimeField(db_default=Now())
    is_parked = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), name="domain_once"),)

    def __str__(self) -> str:
        return self.name


class Raw(models.Model):
    """The bytes of deliveries, as they came, each content once."""

    sha256 = models.BinaryField(max_length=32, primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return bytes(self.sha256).hex()


class Delivery(models.Model):
    """Something that came in: the inbox table and the index of the raw archive in one."""

    class State(models.IntegerChoices):
        """Whether flow has seen it."""

        WAITING = 0
        DONE = 1

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    door = models.CharField(max_length=40)
    """By which door it came: `cli`, `upload`, `imap:3` …"""
    name = models.CharField(max_length=255, blank=True)
    """File name as given, for display only."""
    raw = models.ForeignKey(Raw, models.PROTECT, db_constraint=False)
    size = models.BigIntegerField()
    adopt = models.BooleanField(default=False)
    received = models.DateTimeField(db_default=Now())
    state = models.SmallIntegerField(choices=State.choices, default=State.WAITING)
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    reports = models.IntegerField(default=0)
    records = models.BigIntegerField(default=0)
    messages = models.BigIntegerField(default=0)
    subject = models.CharField(max_length=255, blank=True)
    strays = models.TextField(blank=True)
    """Domains of reports that nobody here has registered, one a line."""
    failures = models.IntegerField(db_default=0)
    """Failure reports in it: where there are any, its bytes are personal and are erased in time."""
    settled = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("organisation", "id"), condition=models.Q(state=0), name="delivery_turns"),
            models.Index(fields=("organisation", "outcome", "-id"), name="delivery_outcome"),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk} ({self.outcome or 'waiting'})"


class Decision(models.Model):
    """A person's word on a sending group, a host, or one flow's host and domain; the newest that was not undone counts."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    group = models.CharField(max_length=253, blank=True)
    source_ip = models.CharField(max_length=45, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    """Empty: for all domains of the organisation."""
    verdict = models.CharField(max_length=10)
    """`failing` (it is ours), `forwarded` or `spoof`."""
    note = models.TextField(blank=True)
    person = models.ForeignKey(User, models.SET_NULL, null=True)
    at = models.DateTimeField(db_default=Now())
    undone = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.group or self.source_ip}: {self.verdict}"


class Failure(models.Model):
    """A failure report in short, without anything personal; the message it is about is in the raw bytes of its delivery."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="failures")
    digest = models.BinaryField(max_length=32)
    delivery = models.ForeignKey(Delivery, models.CASCADE)
    domain = models.CharField(max_length=253)
    """The registered domain it belongs to."""
    reported_domain = models.CharField(max_length=253, blank=True)
    reporter = models.CharField(max_length=253)
    arrival = models.DateTimeField()
    """When the message came to the reporter; when the report came, where that is not said or cannot be."""
    source_ip = models.CharField(max_length=100, blank=True)
    network = models.CharField(max_length=64, blank=True)
    header_from = models.CharField(max_length=253, blank=True)
    envelope_from = models.CharField(max_length=253, blank=True)
    envelope_to = models.CharField(max_length=253, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    pattern = models.CharField(max_length=200, blank=True)
    """The subject without what varies: with `network` it makes a campaign."""
    auth_failure = models.CharField(max_length=200)
    """As said, with commas."""
    identity_alignment = models.CharField(max_length=200, blank=True)
    """As said, with commas; `meaning` is our reading of it."""
    meaning = models.CharField(max_length=10)
    dkim_aligned = models.BooleanField(null=True)
    spf_aligned = models.BooleanField(null=True)
    dkim_domain = models.CharField(max_length=253, blank=True)
    dkim_selector = models.CharField(max_length=253, blank=True)
    delivery_result = models.CharField(max_length=10, blank=True)
    incidents = models.IntegerField(default=1)
    expires = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "digest"), name="failure_once"),)
        indexes = (
            models.Index(fields=("organisation", "-arrival"), name="failure_arrival"),
            models.Index(fields=("organisation", "pattern", "network"), name="failure_campaign"),
            models.Index(fields=("expires",), name="failure_expires"),
        )

    def __str__(self) -> str:
        return f"failure report {self.pk} on {self.domain}"


class Inbox(models.Model):
    """A mailbox that is looked at, or a listener; how it is doing stands beside how it is set up."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="inboxes")
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=100)
    values = models.JSONField(default=dict)
    """The settings by name, without those that are secret."""
    sealed = models.BinaryField(default=b"")
    """The secret settings, encrypted."""
    report_token = models.CharField(max_length=32, unique=True, null=True)
    """Of a listener: mail to this local part came by this inbox, whichever of our listeners gets it."""
    adopt = models.BooleanField(default=False)
    """Register the domains of its reports that are not yet known."""
    is_paused = models.BooleanField(default=False)
    created = models.DateTimeField(db_default=Now())
    revision = models.IntegerField(default=0)
    """Grows when the settings change, so that whoever works with the old ones notices."""
    cursor = models.TextField(blank=True)
    taken = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    """When all was well last."""
    mail_at = models.DateTimeField(null=True)
    """When the last mail came into the mailbox, where that is known."""
    stored_at = models.DateTimeField(null=True)
    """When we stored it."""
    failures = models.IntegerField(default=0)
    """In a row, until now."""
    failed_at = models.DateTimeField(null=True)
    """When the first of them happened."""
    trouble = models.CharField(max_length=16, blank=True)
    said = models.CharField(max_length=300, blank=True)
    """The server's own words."""
    refused = models.BigIntegerField(default=0)
    refusals = models.JSONField(default=list)
    """The last refused mails, the newest first: name, reason, time."""

    def __str__(self) -> str:
        return f"{self.kind} inbox {self.pk} of {self.organisation_id}"


class Token(models.Model):
    """What a program shows at the HTTP interface; only its hash is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(max_length=100)
    scopes = models.CharField(max_length=64, default="ingest")
    """What it is for, with blanks between (`registry.tokens.SCOPES`)."""
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    """Who made it; it opens no more than that person may do."""
    is_personal = models.BooleanField(default=False)
    """False for one made at the shell of the machine; a personal one without its person opens nothing."""
    digest = models.BinaryField(max_length=32, unique=True)
    created = models.DateTimeField(db_default=Now())
    expires = models.DateTimeField(null=True)
    last_used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.name}"


class Alert(models.Model):
    """A warning: what a rule found, how it stands, and who has it. One story is one row until it is resolved."""

    class State(models.TextChoices):
        """Who is doing what about it (glossary)."""

        OPEN = "open"
        IN_HAND = "in_hand"
        SNOOZED = "snoozed"
        RESOLVED = "resolved"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="alerts")
    rule = models.CharField(max_length=20)
    domain = models.CharField(max_length=253, blank=True)
    about = models.CharField(max_length=300, blank=True)
    """A sending group or a record; empty when the domain itself."""
    severity = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    first_day = models.IntegerField()
    last_day = models.IntegerField()
    messages = models.BigIntegerField(default=0)
    usual = models.FloatField(default=0.0)
    hosts = models.IntegerField(default=0)
    values = models.JSONField(default=dict)
    """`groups`, `days` (messages a day, ending on `last_day`), `was`, `now`."""
    raised = models.DateTimeField()
    changed = models.DateTimeField()
    told = models.DateTimeField(null=True)
    """When people were told last, and how much it was then."""
    told_messages = models.BigIntegerField(default=0)
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    """Who has it in hand."""
    snoozed_until = models.DateTimeField(null=True)
    resolved = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "state", "-raised"), name="alert_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "rule", "domain", "about"), condition=~models.Q(state="resolved"), name="alert_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} of {self.domain or 'all'} ({self.state})"


class AlertStep(models.Model):
    """What happened to a warning: raised, told, taken in hand, noted …; only ever added to."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    what = models.CharField(max_length=12)
    """`raised`, `grew`, `told`, `failed`, `in_hand`, `snoozed`, `woke`, `resolved`, `noted`."""
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"


class AlertRule(models.Model):
    """How an organisation wants a rule: off, or with thresholds of its own."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="alert_rules")
    rule = models.CharField(max_length=20)
    is_on = models.BooleanField(default=True)
    thresholds = models.JSONField(default=dict)
    """Fields of `Thresholds` that differ from the defaults."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "rule"), name="alert_rule_once"),)

    def __str__(self) -> str:
        return f"{self.rule}: {'on' if self.is_on else 'off'}"


class NetworkOwner(models.Model):
    """Who runs a network, as a registry of addresses told; of a single address where nobody did. Of no organisation."""

    first = models.CharField(max_length=33)
    """Sortable text of the first address, see `registry.networks.span`."""
    last = models.CharField(max_length=33)
    state = models.CharField(max_length=7)
    """`yes`, `no` (the registries know of none) or `unknown` (they could not be asked)."""
    networks = models.CharField(max_length=100, blank=True)
    """The range for people."""
    name = models.CharField(max_length=200, blank=True)
    handle = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    abuse = models.CharField(max_length=254, blank=True)
    """Address for complaints."""
    source = models.CharField(max_length=260, blank=True)
    """`rdap:SERVER` or `whois:SERVER`."""
    why = models.CharField(max_length=300, blank=True)
    """Of a failure, in the words of the server or of ours."""
    asked = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("first", "last"), name="network_once"),)

    def __str__(self) -> str:
        return f"{self.networks or self.first}: {self.name or self.state}"


class Listing(models.Model):
    """A stay of an address on a DNS list. Of no organisation: it is a fact about the address."""

    address = models.CharField(max_length=45)
    zone = models.CharField(max_length=253)
    """Without a customer's key."""
    first = models.DateTimeField()
    last = models.DateTimeField()
    """When it was last seen there."""
    ended = models.DateTimeField(null=True)
    """When the list first said that it is not there any more."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("address", "zone"), condition=models.Q(ended=None), name="listing_goes_on_once"),
        )
        indexes = (models.Index(fields=("address", "-id"), name="listing_address"),)

    def __str__(self) -> str:
        return f"{self.address} on {self.zone}"


class DomainState(models.Model):
    """The records of a domain over a time in which they did not change; the newest row is today's."""

    domain = models.ForeignKey(Domain, models.CASCADE, related_name="states")
    since = models.DateTimeField()
    checked = models.DateTimeField()
    """When it was looked at last."""
    due = models.DateTimeField()
    """When to look again."""
    wanted = models.JSONField(default=dict)
    """Selectors and sub-domains that were asked for."""
    sheet = models.JSONField(default=dict)
    """Questions and what is known of their answers (`core.state.sheet`)."""
    changes = models.JSONField(default=list)
    """What is otherwise than in the row before: record, name, before, after."""

    class Meta:
        indexes = (models.Index(fields=("domain", "-id"), name="domain_state_newest"),)

    def __str__(self) -> str:
        return f"records of domain {self.domain_id} since {self.since:%Y-%m-%d}"


class Channel(models.Model):
    """How people of an organisation are told of warnings: mails to some, or a message to another program."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=16)
    """`mail`, `webhook`, or the name of a chat."""
    title = models.CharField(max_length=100)
    to = models.TextField(blank=True)
    """Addresses, one a line; empty: the members, each as it wishes."""
    domains = models.TextField(blank=True, default="")
    """Only warnings of these domains, one a line; empty: of all."""
    digests = models.JSONField(default=list)
    """Which of `daily`, `weekly`, `monthly` go here; to members as each wishes."""
    sealed = models.BinaryField(default=b"")
    """Of all but mail the address and what else is secret, encrypted."""
    least = models.CharField(max_length=10, default="notice")
    """The least severity that is told."""
    language = models.CharField(max_length=5, blank=True)
    """Empty: that of the organisation."""
    is_on = models.BooleanField(default=True)
    sent_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    """In a row, until now."""
    trouble = models.CharField(max_length=300, blank=True)
    """Why it was switched off, or failed last; the other side's own words."""

    def __str__(self) -> str:
        return f"{self.kind} channel {self.title}"


class Notice(models.Model):
    """A warning on its way through a channel: written before it is sent, so that none is lost and none goes twice unasked."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="notices")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="notices")
    to = models.CharField(max_length=254, blank=True)
    """To whom, where the channel writes to several people."""
    attempts = models.IntegerField(default=0)
    due = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    given_up = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("due",), condition=models.Q(sent=None, given_up=None), name="notice_due"),)

    def __str__(self) -> str:
        return f"notice {self.pk} of alert {self.alert_id}"


from sekisho.registry import agencies as _agencies  # noqa: E402, F401 - so that Django finds these models
from sekisho.registry import audit as _audit  # noqa: E402, F401
from sekisho.registry import digests as _digests  # noqa: E402, F401
from sekisho.registry import invitations as _invitations  # noqa: E402, F401
from sekisho.registry import keeping as _keeping  # noqa: E402, F401
from sekisho.registry import proofs as _proofs  # noqa: E402, F401
from sekisho.registry import signon as _signon  # noqa: E402, F401
from sekisho.registry import wishes as _wishes  # noqa: E402, F401
