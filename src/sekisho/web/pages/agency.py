"""`/agency/`: all organisations of a person, what needs attention first; and, for agencies, new organisations and people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekisho.alerts.message import SendFailed
from sekisho.core.errors import UsageError
from sekisho.registry import agencies, audit, invitations
from sekisho.registry.agencies import Agency, AgencyPerson
from sekisho.registry.models import Organisation, Role, User
from sekisho.web import customers, facts
from sekisho.web.accounts import demands, letters
from sekisho.web.customers import Line
from sekisho.web.pages.exporting import file_of
from sekisho.web.parts import Crumb
from sekisho.web.reserved import RESERVED
from sekisho.web.roles import ROLE_WORDS, role_word

P = ParamSpec("P")
PAGE_SIZE = 100
ROLES = tuple(ROLE_WORDS.items())
COLUMNS = (
    *("organisation", "name", "domains", "alerts", "spoofing_alerts", "messages", "normal", "forwarded", "failing", "spoof"),
    *("reject", "quarantine", "none", "unknown", "newest", "inboxes", "inboxes_in_trouble"),
)


class PersonRequest(HttpRequest):
    """A request of a signed-in person, outside any organisation."""

    user: User


def person_page(view: Callable[Concatenate[PersonRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view for whoever is signed in; it shows nothing but what is that person's."""

    @wraps(view)
    @login_required
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            raise Http404
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return checked  # type: ignore[return-value]


class OrganisationForm(forms.Form):
    """A new organisation of an agency."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("It stands in addresses: letters, digits and hyphens, such as `acme`."),
        max_length=63,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=(("ja", "日本語"), ("en", "English")), initial="ja")

    def clean_slug(self) -> str:
        """In small letters, none of ours, and not taken."""
        slug: str = self.cleaned_data["slug"].lower()
        if slug in RESERVED or "_" in slug or slug.strip("-") != slug or Organisation.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This short name cannot be used. Choose another one."))
        return slug


class PersonForm(forms.Form):
    """A person of an agency."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Role in all organisations"), choices=ROLES, initial=Role.READER)

    def clean_email(self) -> str:
        """In small letters."""
        email: str = self.cleaned_data["email"].lower()
        return email

    @property
    def user(self) -> User | None:
        """Who has the address, in a valid form; None for somebody without an account."""
        return User.objects.filter(email=self.cleaned_data["email"], is_active=True).first()


@person_page
@require_safe
def agency(request: PersonRequest) -> HttpResponse:
    """The list; `q` searches names and domains, `only=attention` leaves out what is well, `enter` opens the only one found."""
    text = request.GET.get("q", "")[:200]
    mine = customers.found(request.user, text).exclude(pk__in=demands.closed(request))
    if "enter" in request.GET and text and len(one := list(mine[:2])) == 1:
        return redirect("overview", org=one[0].slug)
    days = _days(request)
    every = customers.lines(facts.store(), mine, days)
    urgent = [line for line in every if line.needs_attention]
    only = request.GET.get("only") == "attention"
    shown = customers.ordered(urgent if only else every, request.GET.get("sort", "urgency"))
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/agency.html",
        {
            "lines": page,
            "page": page,
            "page_size": PAGE_SIZE,
            "q": text,
            "only": only,
            "days": days,
            "ranges": customers.RANGES,
            "urgent": len(urgent),
            "total": len(every),
            "csv_url": f"{reverse('agency_export', kwargs={'format': 'csv'})}?{request.GET.urlencode()}",
            "managed": agencies.managed_by(request.user),
        },
    )


def _days(request: HttpRequest) -> int:
    text = request.GET.get("days", "")
    return int(text) if text in {str(days) for days in customers.RANGES} else 30


@person_page
@require_safe
def export(request: PersonRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """The same list whole, as a file."""
    mine = customers.found(request.user, request.GET.get("q", "")[:200]).exclude(pk__in=demands.closed(request))
    found = customers.lines(facts.store(), mine, _days(request))
    if request.GET.get("only") == "attention":
        found = [line for line in found if line.needs_attention]
    rows = map(values, customers.ordered(found, request.GET.get("sort", "urgency")))
    return file_of("organisations", format, COLUMNS, rows)


def values(line: Line) -> tuple[object, ...]:
    """The cells of a line, in the order of `COLUMNS`."""
    s = line.split
    counts = (line.domains, line.alerts, line.spoof_alerts, s.messages, s.normal, s.forwarded, s.failing, s.spoof)
    return (line.org.slug, line.org.name, *counts, *line.policies, customers.day_iso(line.newest), line.inboxes, line.troubled)


@person_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, number: int) -> HttpResponse:
    """A new organisation of an agency, for those who manage it."""
    found = _managed(request, number)
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if found.customers.count() >= agencies.MOST_ORGANISATIONS:
            messages.error(request, _("There are too many organisations in this agency."))
        else:
            with transaction.atomic():
                made = Organisation.objects.create(**form.cleaned_data)
                agencies.put_organisation(found, made)
            audit.note(request, audit.Action.ORGANISATION_MADE, made.slug, org=made, agency=found.name)
            messages.success(request, _("%(name)s is there. Add its domains next.") % {"name": made.name})
            return redirect("domains", org=made.slug)
    return render(request, "pages/agency_new.html", {"agency": found, "form": form, "crumbs": _crumbs(_("New organisation"))})


@person_page
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: PersonRequest, number: int) -> HttpResponse:
    """Who belongs to an agency, and so to all of its organisations; its owners change that, and invite who has no account."""
    found = _owned(request, number)
    form = PersonForm(request.POST if request.method == "POST" else None)
    invited: dict[str, object] = {}
    if form.is_valid():
        user = form.user
        if user == request.user:
            form.add_error("email", _("Somebody else has to change your own role."))
        elif user is None:
            invited = _invite(request, found, form)
            if not invited and not form.errors:
                return redirect("agency_people", number=number)
        elif agencies.is_full(found, user):
            form.add_error(None, _("There are too many people in this agency."))
        else:
            agencies.put_person(found, user, form.cleaned_data["role"])
            _note(request, found, audit.Action.ROLE_CHANGED, user.email, role=form.cleaned_data["role"])
            messages.success(request, _("%(name)s has this role in all organisations of the agency now.") % {"name": user})
            return redirect("agency_people", number=number)
    rows = found.people.select_related("user").order_by("user__email")
    lines = [(row, role_word(row.role), row.user_id != request.user.pk) for row in rows]
    context = {"agency": found, "form": form, "lines": lines, "crumbs": _crumbs(_("People")), "count": found.customers.count()}
    context["invitations"] = [(row, role_word(row.role)) for row in invitations.open_to(found)[: invitations.MOST_OPEN]]
    return render(request, "pages/agency_people.html", {**context, **invited})


def _invite(request: PersonRequest, of: Agency, form: PersonForm) -> dict[str, object]:
    """Invites somebody without an account by mail; else the link to show, this once. Empty where the mail is on its way."""
    if agencies.is_full(of):
        form.add_error(None, _("There are too many people in this agency."))
        return {}
    try:
        made, text = invitations.invite(of, form.cleaned_data["email"], form.cleaned_data["role"], request.user)
    except UsageError:
        form.add_error(None, _("There are too many invitations. Withdraw some, or wait until tomorrow."))
        return {}
    _note(request, of, audit.Action.PERSON_INVITED, made.email, role=made.role)
    try:
        if letters.send(made, text):
            messages.success(request, _("%(email)s is invited by mail.") % {"email": made.email})
            return {}
    except SendFailed as error:
        messages.error(request, _("The mail could not be sent: %(why)s") % {"why": error})
    return {"made": made, "link": letters.link_of(text)}


@person_page
@require_POST
def withdraw(request: PersonRequest, number: int, invitation: int) -> HttpResponse:
    """Makes the link of an invitation to an agency good for nothing."""
    of = _owned(request, number)
    found = invitations.open_to(of).filter(pk=invitation).first()
    if found is None:
        raise Http404
    invitations.withdraw(found)
    _note(request, of, audit.Action.INVITATION_WITHDRAWN, found.email)
    messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": found.email})
    return redirect("agency_people", number=number)


@person_page
@require_POST
def remove(request: PersonRequest, number: int, person: int) -> HttpResponse:
    """Takes a person out of an agency, and so out of all of its organisations."""
    found = _owned(request, number)
    row = AgencyPerson.objects.filter(agency=found, pk=person).exclude(user=request.user).select_related("user").first()
    if row is None:
        raise Http404
    email = row.user.email
    count = agencies.remove_person(row)
    _note(request, found, audit.Action.PERSON_REMOVED, email)
    messages.success(request, _("%(email)s was taken out of %(count)s organisations.") % {"email": email, "count": count})
    return redirect("agency_people", number=number)


def _note(request: PersonRequest, of: Agency, action: audit.Action, target: str, **detail: object) -> None:
    """Written down in each organisation, whose owners have a right to know."""
    for org in Organisation.objects.filter(customer__agency=of):
        audit.note(request, action, target, org=org, agency=of.name, **detail)


def _managed(request: PersonRequest, number: int) -> Agency:
    found = next((person.agency for person in agencies.managed_by(request.user) if person.agency_id == number), None)
    if found is None:
        raise Http404
    return found


def _owned(request: PersonRequest, number: int) -> Agency:
    found = _managed(request, number)
    if not agencies.is_owner(found, request.user):
        raise Http404
    return found


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb(_("All organisations"), reverse("agency")), Crumb(here)]
