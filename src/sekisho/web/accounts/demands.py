"""What organisations demand of whoever signs in to them: a second factor, or their own provider; who has not met it stays out."""

from __future__ import annotations

from django.http import HttpRequest

from sekisho.registry.models import Member, Organisation, Role, User
from sekisho.registry.signon import SignOn, speaks_for
from sekisho.web.accounts import factors
from sekisho.web.accounts.factors import SIGNED_ON


def wanted_provider(request: HttpRequest, org: Organisation) -> SignOn | None:
    """The provider by which the person must sign in before seeing this organisation; None where that is not asked, or done.

    It is asked of members whose address the provider speaks for. Owners are left out, so that a provider which fails, or is set
    up wrong, locks nobody out for good; so are people of other domains, whom it cannot sign in.
    """
    rows = SignOn.objects.filter(organisation=org, is_on=True, is_required=True).select_related("organisation")
    return next((row for row in rows if _is_wanted(request, row)), None)


def closed(request: HttpRequest) -> set[int]:
    """The organisations of a person that this session has not met the demands of."""
    mine = Organisation.objects.filter(people=request.user.pk)
    rows = SignOn.objects.filter(organisation__in=mine, is_on=True, is_required=True)
    by_provider = {row.organisation_id for row in rows if _is_wanted(request, row)}
    by_factor = {org.pk for org in mine.filter(sign_in_rules__needs_two_factors=True) if factors.is_lacking(request, org)}
    return by_provider | by_factor


def _is_wanted(request: HttpRequest, row: SignOn) -> bool:
    user = request.user
    if not isinstance(user, User) or request.session.get(SIGNED_ON) == [row.organisation_id, user.pk]:
        return False
    is_owner = Member.objects.filter(organisation=row.organisation_id, user=user, role=Role.OWNER).exists()
    return not is_owner and speaks_for(row, user.email)
