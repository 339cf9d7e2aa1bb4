"""What a person may do in an organisation."""

from __future__ import annotations

from sekisho.registry.models import Member, Role
from sekisho.web.frame import OrgRequest


def may_change(request: OrgRequest) -> bool:
    """Whether the person may decide, add and read again: all roles but the reader."""
    member = Member.objects.filter(organisation=request.org, user=request.user).first()
    return member is not None and member.role != Role.READER
