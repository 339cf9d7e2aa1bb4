"""How long what is kept, what is held back from erasing, everything as one file, and erasing for good."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.registry import keeping as registry
from sekisho.registry.audit import Action
from sekisho.registry.keeping import Errand, Hold, Keeping
from sekisho.registry.tokens import ADMIN, FAILURES
from sekisho.web import errands, exports
from sekisho.web.api.access import ApiRequest, actor, note, person_of
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, accepted, missing, needs
from sekisho.web.api.queries import PAGES, listed
from sekisho.web.pages.keeping import KeepingForm

keeping = Section("Retention")
Row = dict[str, object]
DAYS = ("facts_days", "raw_days", "failures_days", "audit_days")
DomainName = Annotated[str, Field(max_length=253)]


class KeepingShape(TypedDict):
    """For how many days what is kept; none: for good."""

    facts_days: int | None
    raw_days: int | None
    failures_days: int
    audit_days: int | None


class KeepingChange(Schema):
    """For how many days what shall be kept, of the choices of the page; none: for good."""

    facts_days: int | None
    raw_days: int | None
    failures_days: int
    audit_days: int | None


class HoldShape(TypedDict):
    """A legal hold: while it stands, nothing of the domain or the organisation is erased."""

    number: int
    domain: str
    """Empty: the whole organisation."""
    reason: str
    who: str
    at: str
    lifted: str | None
    lifted_by: str


class Holds(TypedDict):
    """A page of holds, those that stand first."""

    items: list[HoldShape]
    total: int
    page: int
    size: int


class NewHold(Schema):
    """A hold to be set; without a domain on the whole organisation."""

    domain: DomainName = ""
    reason: Annotated[str, Field(min_length=1, max_length=registry.MAX_REASON, pattern=r"\S")]


class ErrandShape(TypedDict):
    """A long piece of work that somebody asked for: `export` or `erase`."""

    number: int
    kind: str
    domain: str
    """Empty: the whole organisation."""
    who: str
    asked: str
    state: str
    done: int
    total: int
    ended: str | None
    trouble: str
    size: int
    expires: str | None
    """Until when the file can be fetched."""


class Errands(TypedDict):
    """A page of them, the newest first."""

    items: list[ErrandShape]
    total: int
    page: int
    size: int


class Erasure(Schema):
    """What to erase for good: a domain, or without one the whole organisation; its name is typed once more."""

    domain: DomainName = ""
    typed: DomainName
    """The domain again, or the short name of the organisation."""


@keeping.get("/keeping", KeepingShape, scope=ADMIN)
def retention(request: ApiRequest) -> Row:
    """For how many days facts, raw mails, failure reports and the audit log are kept."""
    return _kept(registry.of(request.org.pk))


@keeping.change("PUT", "/keeping", KeepingShape, scope=ADMIN, owner=True)
def change_retention(request: ApiRequest, body: KeepingChange) -> Row:
    """Sets for how many days what is kept; what is older goes in the coming night."""
    kept = registry.of(request.org.pk)
    form = KeepingForm({name: "" if value is None else str(value) for name, value in body.dict().items()}, kept)
    accepted(form)
    note(request, Action.RETENTION_CHANGED, changed=registry.change(kept, form.cleaned_data))
    return _kept(registry.of(request.org.pk))


@keeping.get("/holds", Holds, scope=ADMIN, parameters=PAGES)
def list_holds(request: ApiRequest) -> Row:
    """Legal holds, those that were lifted too."""
    return listed(request, Hold.objects.filter(organisation=request.org).order_by("lifted", "-pk"), _hold)


@keeping.change("POST", "/holds", HoldShape, scope=ADMIN, status=201, owner=True)
def set_hold(request: ApiRequest, body: NewHold) -> Row:
    """Sets a legal hold on the organisation or one of its domains; nothing of it is erased until it is lifted."""
    person, domain = person_of(request), _domain(request, body.domain)
    made = registry.hold(request.org, domain, body.reason, person)
    note(request, Action.HOLD_SET, domain or request.org.slug, reason=made.reason)
    return _hold(made)


@keeping.change("DELETE", "/holds/{int:number}", None, scope=ADMIN, owner=True)
def lift_hold(request: ApiRequest, number: Number) -> None:
    """Ends a legal hold; it stays in the list."""
    person = person_of(request)
    found = Hold.objects.filter(organisation=request.org, pk=number, lifted=None).first()
    if found is None:
        raise missing()
    registry.lift(found, person, timezone.now())
    note(request, Action.HOLD_LIFTED, found.domain or request.org.slug)


@keeping.get("/errands", Errands, scope=ADMIN, parameters=PAGES)
def list_errands(request: ApiRequest) -> Row:
    """Exports and erasures that were asked for, and how far each is."""
    return listed(request, Errand.objects.filter(organisation=request.org).order_by("-pk"), _errand)


@keeping.get("/errands/{int:number}", ErrandShape, scope=ADMIN)
def errand(request: ApiRequest, number: Number) -> Row:
    """How far an export or an erasure is."""
    found = Errand.objects.filter(organisation=request.org, pk=number).first()
    if found is None:
        raise missing()
    return _errand(found)


@keeping.change("POST", "/exports", ErrandShape, scope=ADMIN, status=202, owner=True)
def start_export(request: ApiRequest) -> Row:
    """Asks for everything of the organisation as one file; one that is under way is not asked for twice."""
    made = errands.ask(Errand.Kind.EXPORT, request.org, actor(request))
    made.refresh_from_db()
    note(request, Action.EXPORTED, request.org.slug)
    return _errand(made)


@keeping.bytes("/exports/{int:number}/file", ("application/zip",), scope=ADMIN, owner=True)
def download_export(request: ApiRequest, number: Number) -> HttpResponse:
    """The file of an export, until it expires; who fetched it is written down.

    The scope `failures` is needed too: the file holds failure reports as they came.
    """
    if FAILURES not in request.auth.scopes(request.org.pk):
        raise needs(FAILURES)
    path = errands.file_of(request.org.pk, number)
    if path is None:
        raise missing()
    note(request, Action.DOWNLOADED, path.name[:8], export=True)
    answer = errands.download(request.org, path)
    answer["Cache-Control"] = "no-store"
    return answer


@keeping.change("POST", "/erasures", ErrandShape, scope=ADMIN, status=202, owner=True)
def erase(request: ApiRequest, body: Erasure) -> Row:
    """Erases a domain or the whole organisation for good, with all reports and mails; never what is held."""
    person_of(request)
    domain = _domain(request, body.domain)
    wanted = domain or request.org.slug
    if registry.held(request.org.pk).keeps(domain):
        raise Problem(409, _("Nothing of this can be erased until the hold is lifted."))
    if body.typed.strip().lower() != wanted:
        raise Problem(422, errors=[("typed", _("This is not the name."))])
    made = errands.ask(Errand.Kind.ERASE, request.org, actor(request), domain=domain)
    made.refresh_from_db()
    note(request, Action.ERASURE_ASKED, wanted)
    return _errand(made)


def _kept(row: Keeping) -> Row:
    return {name: getattr(row, name) for name in DAYS}


def _domain(request: ApiRequest, name: str) -> str:
    """A domain that can be held or erased: a registered one, or one that is about to go; empty stays empty."""
    name = name.strip().lower()
    if name and name not in registry.erasable(request.org.pk):
        raise missing()
    return name


def _hold(row: Hold) -> Row:
    return {
        "number": row.pk,
        "domain": row.domain,
        "reason": row.reason,
        "who": row.who,
        "at": exports.utc(row.at),
        "lifted": exports.utc(row.lifted) if row.lifted else None,
        "lifted_by": row.lifted_by,
    }


def _errand(row: Errand) -> Row:
    told = {name: getattr(row, name) for name in ("kind", "domain", "who", "state", "done", "total", "trouble", "size")}
    return {
        "number": row.pk,
        **told,
        "asked": exports.utc(row.asked),
        "ended": exports.utc(row.ended) if row.ended else None,
        "expires": exports.utc(row.expires) if row.expires else None,
    }
