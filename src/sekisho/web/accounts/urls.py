"""The addresses of signing in: those of the library that we use, and our own."""

from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from sekisho.web.accounts import me

account_urls: list[URLPattern | URLResolver] = [
    path("me/", me.account, name="my_account"),
    path("me/leave/<int:number>", me.leave, name="leave"),
]
if apps.is_installed("allauth.mfa"):
    from sekisho.web.accounts import noting, sign_on

    noting.connect()
    account_urls += [
        path("sign-on/", sign_on.start, name="sign_on"),
        path("sign-on/<slug:key>", sign_on.go, name="sign_on_go"),
        path("sign-on/<slug:key>/again", sign_on.again, name="sign_on_again"),
        path("", include("allauth.account.urls")),
        path("2fa/", include("allauth.mfa.urls")),
        path("sessions/", me.sessions, name="usersessions_list"),
        path("3rdparty/", include(sign_on.LIBRARY)),
        path("", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("saml/<slug:organization_slug>/acs/finish/", sign_on.finish_saml),
        path("", include("allauth.socialaccount.providers.saml.urls")),
    ]
else:
    account_urls.append(path("", include("allauth.account.urls")))
