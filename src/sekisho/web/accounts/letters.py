"""The mail that invites somebody, by the mail server of the settings; where there is none, the page shows the link instead."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sekisho.registry.invitations import DAYS, Invitation
from sekisho.registry.models import Organisation
from sekisho.web import mailing
from sekisho.web.roles import role_word


def link_of(text: str) -> str:
    """The whole address of an invitation."""
    return mailing.base_url() + reverse("invitation", kwargs={"text": text})


def send(invitation: Invitation, text: str) -> bool:
    """Mails the invitation; False where no mail server is set. Raises SendFailed."""
    if settings.MAIL is None:
        return False
    from sekisho.alerts.mail import send as hand_over
    from sekisho.alerts.message import Message

    host, url = invitation.host, link_of(text)
    language = host.language if isinstance(host, Organisation) else get_language() or "en"
    with override(language):
        name = str(invitation.person or _("An administrator"))
        values = {"person": name, "organisation": host.name, "role": role_word(invitation.role), "days": DAYS}
        subject = _("%(person)s invites you to %(organisation)s in Sekisho") % values
        context = {"lang": language, "subject": subject, "org": host, "url": url, **values}
        html = render_to_string("mail/invitation.html", context)
        plain = "\n\n".join(
            (
                subject,
                _("You would be there as: %(role)s.") % values,
                _("Open this link to accept. It works once, within %(days)d days:") % values,
                url,
                _("If you do not know of this, throw the mail away: nothing happens."),
            )
        )
    hand_over(settings.MAIL, invitation.email, Message(subject, plain + "\n", html, url, {}))
    return True
