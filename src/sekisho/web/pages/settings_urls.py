"""The addresses under `/<org>/settings/` (design.md, 2)."""

from django.urls import URLPattern, path

from sekisho.web.pages import inboxes

settings_urls: list[URLPattern] = [
    path("settings/", inboxes.settings_home, name="settings"),
    path("settings/inboxes/", inboxes.inboxes, name="settings_inboxes"),
    path("settings/inboxes/new/", inboxes.kinds, name="settings_inbox_kinds"),
    path("settings/inboxes/new/<slug:kind>", inboxes.new, name="settings_inbox_new"),
    path("settings/inboxes/<int:number>/", inboxes.inbox, name="settings_inbox"),
    path("settings/inboxes/<int:number>/change", inboxes.change, name="settings_inbox_change"),
    path("settings/inboxes/<int:number>/test", inboxes.test, name="settings_inbox_test"),
    path("settings/inboxes/<int:number>/pause", inboxes.pause, name="settings_inbox_pause"),
    path("settings/inboxes/<int:number>/resume", inboxes.resume, name="settings_inbox_resume"),
    path("settings/inboxes/<int:number>/remove", inboxes.remove, name="settings_inbox_remove"),
]
