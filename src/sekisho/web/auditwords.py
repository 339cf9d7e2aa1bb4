"""The words of the audit log: what each action is called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from sekisho.registry.audit import Action

ACTION_WORDS: dict[Action, Promise] = {
    Action.SIGNED_IN: pgettext_lazy("audit", "Signed in"),
    Action.SIGNED_OUT: pgettext_lazy("audit", "Signed out"),
    Action.SIGN_IN_FAILED: pgettext_lazy("audit", "Sign-in failed"),
    Action.PASSWORD_CHANGED: pgettext_lazy("audit", "Password changed"),
    Action.EMAIL_CHANGED: pgettext_lazy("audit", "E-mail address changed"),
    Action.PROFILE_CHANGED: pgettext_lazy("audit", "Profile changed"),
    Action.FACTOR_ADDED: pgettext_lazy("audit", "Second factor added"),
    Action.FACTOR_REMOVED: pgettext_lazy("audit", "Second factor removed"),
    Action.CODES_MADE: pgettext_lazy("audit", "Recovery codes made"),
    Action.SESSION_ENDED: pgettext_lazy("audit", "Session ended"),
    Action.OPERATOR_MADE: pgettext_lazy("audit", "Operator made"),
    Action.PERSON_INVITED: pgettext_lazy("audit", "Person invited"),
    Action.INVITATION_ACCEPTED: pgettext_lazy("audit", "Person joined"),
    Action.INVITATION_WITHDRAWN: pgettext_lazy("audit", "Invitation withdrawn"),
    Action.ROLE_CHANGED: pgettext_lazy("audit", "Role changed"),
    Action.PERSON_REMOVED: pgettext_lazy("audit", "Person removed"),
    Action.PERSON_LEFT: pgettext_lazy("audit", "Person left"),
    Action.ORGANISATION_MADE: pgettext_lazy("audit", "Organisation made"),
    Action.ORGANISATION_CHANGED: pgettext_lazy("audit", "Organisation changed"),
    Action.ORGANISATION_REMOVED: pgettext_lazy("audit", "Organisation removed"),
    Action.SECURITY_CHANGED: pgettext_lazy("audit", "Sign-in rules changed"),
    Action.SSO_CHANGED: pgettext_lazy("audit", "Single sign-on changed"),
    Action.SSO_REMOVED: pgettext_lazy("audit", "Single sign-on removed"),
    Action.DOMAIN_ADDED: pgettext_lazy("audit", "Domain added"),
    Action.DOMAIN_CHANGED: pgettext_lazy("audit", "Domain changed"),
    Action.DOMAIN_PROVED: pgettext_lazy("audit", "Domain proved"),
    Action.DOMAIN_REMOVED: pgettext_lazy("audit", "Domain removed"),
    Action.DNS_LOOKED: pgettext_lazy("audit", "DNS records looked up"),
    Action.INBOX_ADDED: pgettext_lazy("audit", "Inbox added"),
    Action.INBOX_CHANGED: pgettext_lazy("audit", "Inbox changed"),
    Action.INBOX_TESTED: pgettext_lazy("audit", "Inbox tested"),
    Action.INBOX_PAUSED: pgettext_lazy("audit", "Inbox paused"),
    Action.INBOX_RESUMED: pgettext_lazy("audit", "Inbox resumed"),
    Action.INBOX_REMOVED: pgettext_lazy("audit", "Inbox removed"),
    Action.INBOX_SIGN_IN_BEGUN: pgettext_lazy("audit", "Sign-in to a mailbox begun"),
    Action.INBOX_SIGNED_IN: pgettext_lazy("audit", "Signed in to a mailbox"),
    Action.UPLOADED: pgettext_lazy("audit", "Files uploaded"),
    Action.REREAD: pgettext_lazy("audit", "Deliveries read again"),
    Action.DOWNLOADED: pgettext_lazy("audit", "Failure report downloaded"),
    Action.DECIDED: pgettext_lazy("audit", "Decision made"),
    Action.DECISION_UNDONE: pgettext_lazy("audit", "Decision taken back"),
    Action.FAILURE_SHOWN: pgettext_lazy("audit", "Failure report shown without redaction"),
    Action.FAILURE_HIDDEN: pgettext_lazy("audit", "Failure report redacted again"),
    Action.FAILURES_EXPORTED: pgettext_lazy("audit", "Failure reports exported"),
    Action.ALERT_ACTED: pgettext_lazy("audit", "Alert worked on"),
    Action.ALERT_RULES_CHANGED: pgettext_lazy("audit", "Alert rules changed"),
    Action.NOTIFICATIONS_CHANGED: pgettext_lazy("audit", "Own notifications changed"),
    Action.CHANNEL_ADDED: pgettext_lazy("audit", "Channel added"),
    Action.CHANNEL_CHANGED: pgettext_lazy("audit", "Channel changed"),
    Action.CHANNEL_TESTED: pgettext_lazy("audit", "Channel tested"),
    Action.CHANNEL_REMOVED: pgettext_lazy("audit", "Channel removed"),
    Action.TOKEN_MADE: pgettext_lazy("audit", "API token made"),
    Action.TOKEN_REVOKED: pgettext_lazy("audit", "API token revoked"),
    Action.VIEW_SAVED: pgettext_lazy("audit", "View saved"),
    Action.VIEW_REMOVED: pgettext_lazy("audit", "View removed"),
    Action.LABELS_CHANGED: pgettext_lazy("audit", "Labels changed"),
    Action.RETENTION_CHANGED: pgettext_lazy("audit", "Retention changed"),
    Action.HOLD_SET: pgettext_lazy("audit", "Legal hold set"),
    Action.HOLD_LIFTED: pgettext_lazy("audit", "Legal hold lifted"),
    Action.ERASURE_ASKED: pgettext_lazy("audit", "Erasure asked for"),
    Action.ERASED: pgettext_lazy("audit", "Data erased"),
    Action.EXPORTED: pgettext_lazy("audit", "Data exported"),
    Action.REPORT_MADE: pgettext_lazy("audit", "Monthly report made"),
}


def action_word(action: str) -> str:
    """What an action is called; itself where a later version wrote it."""
    return str(ACTION_WORDS[Action(action)]) if action in set(Action) else action
