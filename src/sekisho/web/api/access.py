"""Who asks at the HTTP interface: a program by its token, or a signed-in person's page by its session; and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from sekisho.registry import audit, tokens
from sekisho.registry.audit import Action, Actor
from sekisho.registry.models import Organisation, Role, Token, User
from sekisho.registry.roles import Ability, may
from sekisho.web.accounts import demands, factors
from sekisho.web.api.problems import Problem, missing, needs
from sekisho.web.frame import OrgRequest

RATE = 600
"""Requests of one token or person in `RATE_S`: ten a second, which a script that reads everything does not reach by waiting."""
RATE_S = 60
FAILURES = 20
"""Wrong tokens from one address in `FAILURES_S`, after which it is told to wait; a good token is never turned away."""
FAILURES_S = 300
SAFE = ("GET", "HEAD", "OPTIONS")
_BEARER = re.compile(r"(?i:bearer) +([\x21-\x7e]{1,200}) *")


@dataclass(frozen=True, slots=True)
class Caller:
    """A token, or else a signed-in person."""

    token: Token | None = None
    user: User | None = None

    @property
    def person(self) -> User | None:
        """Who is behind the request; nobody for a token made at the shell."""
        return self.user if self.token is None else self.token.person

    @property
    def name(self) -> str:
        """What limits and logs know it by."""
        return f"user:{self.user.pk}" if self.user is not None else f"token:{self.token.pk if self.token else 0}"

    @property
    def organisations(self) -> QuerySet[Organisation]:
        """Those it may see."""
        if self.token is not None:
            return Organisation.objects.filter(pk=self.token.organisation_id)
        return Organisation.objects.filter(people=self.user)

    @property
    def everywhere(self) -> frozenset[str]:
        """What it may do outside of organisations."""
        return tokens.opens(self.token) if self.token is not None else frozenset(tokens.SCOPES)

    def scopes(self, org: int) -> frozenset[str]:
        """What it may do in an organisation it may see."""
        if self.token is not None:
            return tokens.opens(self.token)
        return tokens.allowed(tokens.role_of(org, self.user.pk if self.user else None))

    def role(self, org: int) -> str:
        """The role it acts in; a token made at the shell is the operator's and acts as an owner."""
        if self.token is not None and not self.token.is_personal:
            return Role.OWNER
        return tokens.role_of(org, self.person.pk if self.person else None)


class ApiRequest(OrgRequest):
    """A request inside an organisation, of a token or a person."""

    auth: Caller


def note(request: ApiRequest, action: Action, target: object = "", **detail: object) -> None:
    """Writes a change into the audit log: who made it, and by which token."""
    token = request.auth.token
    audit.note(actor(request), action, target, org=request.org, token=token.name if token else None, **detail)


def actor(request: ApiRequest) -> Actor:
    """Who acts: the person, or a token of the shell by its name."""
    token = request.auth.token
    name = f"token {token.name}" if token and token.person is None else ""
    return Actor(request.auth.person, name, str(request.META.get("REMOTE_ADDR", "")))


def person_of(request: ApiRequest) -> User:
    """Whose act it is, where others want to know the name; raises a problem for a token of the shell."""
    person = request.auth.person
    if person is None:
        raise Problem(403, _("Only a person, or a token that a person has made, may do this."))
    return person


def bearer(request: HttpRequest) -> str | None:
    """The text of the token that a request shows, well-formed or empty; None when it shows none at all."""
    given = request.headers.get("Authorization")
    if given is None:
        return None
    found = _BEARER.fullmatch(given)
    return found[1] if found else ""


def is_guessing(request: HttpRequest) -> bool:
    """Counts a request without a good token; whether its address had too many. Behind a proxy all share one address."""
    key = f"api-failures:{request.META.get('REMOTE_ADDR', '')}"
    return _count(key, FAILURES_S) > FAILURES


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it has just expired
        return 1


class TokenAuth(AuthBase):
    """`Authorization: Bearer TOKEN`."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "A token of an organisation, made on its settings page or by `sekisho token add`."

    def __call__(self, request: HttpRequest) -> Caller | None:
        """The token's caller; None where no token is shown, so that a session is looked for."""
        text = bearer(request)
        if text is None:
            return None
        token = tokens.find(text) if text else None
        if token is None:
            raise _stranger(request)
        return _within_rate(Caller(token=token))


class SessionAuth(AuthBase):
    """The cookie of a signed-in person; what changes something needs the token against forged requests too."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sekisho_session"
    openapi_description = "The session of a signed-in person; changes need the header X-CSRFToken too."

    def __call__(self, request: HttpRequest) -> Caller:
        """The person's caller; 401 where nobody is signed in."""
        if not isinstance(request.user, User) or not request.user.is_active:
            raise _stranger(request)
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Problem(403, _("A session may change nothing without the token against forged requests."))
        return _within_rate(Caller(user=request.user))


AUTH = (TokenAuth(), SessionAuth())


def _stranger(request: HttpRequest) -> Problem:
    if is_guessing(request):
        return Problem(429, _("Too many requests without a good token."), Retry_After=str(FAILURES_S))
    return Problem(401, WWW_Authenticate='Bearer realm="Sekisho"')


def _within_rate(caller: Caller) -> Caller:
    if _count(f"api-rate:{caller.name}", RATE_S) > RATE:
        raise Problem(429, Retry_After=str(RATE_S))
    return caller


def enter(request: HttpRequest, slug: str, scope: str, *, owner: bool = False) -> ApiRequest:
    """The request inside an organisation: 404 for one the caller may not see, 403 where the scope or role is missing."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    org = caller.organisations.filter(slug=slug).first()
    if org is None:
        raise missing()
    if scope not in caller.scopes(org.pk):
        raise needs(scope)
    if owner and not may(caller.role(org.pk), Ability.OWN):
        raise Problem(403, _("Only an owner, or a token that an owner has made, may do this."))
    if caller.user is not None and factors.is_lacking(request, org):
        raise Problem(403, _("This organisation asks for a second factor. Set one up, then go on."))
    if caller.user is not None and demands.wanted_provider(request, org) is not None:
        raise Problem(403, _("This organisation lets its members in only by its own sign-in."))
    request.org = org  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]
