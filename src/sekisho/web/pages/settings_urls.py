"""The addresses under `/<org>/settings/` (design.md, 2)."""

from django.urls import URLPattern, path

from sekisho.web.pages import alerting, audit, channels, inbox_sign_in, inboxes, keeping, people, sso, tokens

settings_urls: list[URLPattern] = [
    path("settings/", inboxes.settings_home, name="settings"),
    path("settings/inboxes/", inboxes.inboxes, name="settings_inboxes"),
    path("settings/inboxes/new/", inboxes.kinds, name="settings_inbox_kinds"),
    path("settings/inboxes/new/<slug:kind>", inboxes.new, name="settings_inbox_new"),
    path("settings/inboxes/google", inbox_sign_in.google, name="settings_inbox_google"),
    path("settings/inboxes/<int:number>/", inboxes.inbox, name="settings_inbox"),
    path("settings/inboxes/<int:number>/change", inboxes.change, name="settings_inbox_change"),
    path("settings/inboxes/<int:number>/test", inboxes.test, name="settings_inbox_test"),
    path("settings/inboxes/<int:number>/pause", inboxes.pause, name="settings_inbox_pause"),
    path("settings/inboxes/<int:number>/resume", inboxes.resume, name="settings_inbox_resume"),
    path("settings/inboxes/<int:number>/remove", inboxes.remove, name="settings_inbox_remove"),
    path("settings/inboxes/<int:number>/sign-in", inbox_sign_in.begin, name="settings_inbox_sign_in"),
    path("settings/inboxes/<int:number>/signed-in", inbox_sign_in.end, name="settings_inbox_signed_in"),
    path("settings/alerts/", alerting.rules, name="settings_alerts"),
    path("settings/channels/", channels.channels, name="settings_channels"),
    path("settings/channels/<int:number>/", channels.channel, name="settings_channel"),
    path("settings/channels/<int:number>/act", channels.act, name="settings_channel_act"),
    path("settings/people/", people.people, name="settings_people"),
    path("settings/people/invite", people.invite, name="settings_people_invite"),
    path("settings/people/rules", people.rules, name="settings_people_rules"),
    path("settings/people/<int:number>/role", people.change_role, name="settings_person_role"),
    path("settings/people/<int:number>/remove", people.remove, name="settings_person_remove"),
    path("settings/people/invitations/<int:number>/withdraw", people.withdraw, name="settings_invitation_withdraw"),
    path("settings/sso/", sso.sso, name="settings_sso"),
    path("settings/sso/remove", sso.remove, name="settings_sso_remove"),
    path("settings/audit/", audit.log, name="settings_audit"),
    path("settings/audit.<str:format>", audit.export, name="export_audit"),
    path("settings/tokens/", tokens.tokens, name="settings_tokens"),
    path("settings/tokens/<int:number>/revoke", tokens.revoke, name="settings_token_revoke"),
    path("settings/keeping/", keeping.keeping, name="settings_keeping"),
    path("settings/keeping/status", keeping.status, name="settings_keeping_status"),
    path("settings/keeping/hold", keeping.hold, name="settings_keeping_hold"),
    path("settings/keeping/holds/<int:number>/lift", keeping.lift, name="settings_keeping_lift"),
    path("settings/keeping/export", keeping.export, name="settings_keeping_export"),
    path("settings/keeping/exports/<int:number>", keeping.download, name="settings_keeping_download"),
    path("settings/keeping/erase", keeping.erase, name="settings_keeping_erase"),
]
