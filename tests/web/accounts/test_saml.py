"""Single sign-on by SAML: the answer of a provider is signed in the test, and everything wrong about it is refused."""

from __future__ import annotations

import base64
import datetime as dt
import re
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import Client
from django.utils import timezone
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from sekisho.registry import signon
from sekisho.registry.models import Domain, Member, Organisation, Role, User
from sekisho.registry.proofs import Proof
from sekisho.registry.signon import SignOn

PAGE = "/acme/settings/sso/"
ENTITY, SSO = "https://idp.example.jp/metadata", "https://idp.example.jp/sso"
NAMES = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'


@dataclass(frozen=True)
class Idp:
    """A provider: its key and certificate."""

    key: str
    certificate: str

    @classmethod
    def make(cls) -> Idp:
        """With a key of its own."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.jp")])
        now = dt.datetime.now(dt.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        plain = serialization.NoEncryption()
        pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain)
        return cls(pem.decode(), made.public_bytes(serialization.Encoding.PEM).decode())

    @property
    def bare(self) -> str:
        """The certificate as metadata have it."""
        return "".join(self.certificate.strip().splitlines()[1:-1])

    def metadata(self) -> str:
        """What the owner pastes."""
        return (
            f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}"><md:IDPSSODescriptor '
            'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">'
            '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>'
            f"{self.bare}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService "
            f'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{SSO}"/></md:IDPSSODescriptor>'
            "</md:EntityDescriptor>"
        )

    def answer(self, row: SignOn, request_id: str, email: str, *, audience: str = "", signed: bool = True) -> str:
        """A response with one assertion, signed with this key."""
        now = dt.datetime.now(dt.UTC)
        at, until = (f"{when:%Y-%m-%dT%H:%M:%SZ}" for when in (now - dt.timedelta(seconds=5), now + dt.timedelta(minutes=5)))
        home = f"http://testserver/accounts/saml/{row.key}"
        audience = audience or f"{home}/metadata/"
        assertion = (
            f'<saml:Assertion {NAMES} ID="_a1" Version="2.0" IssueInstant="{at}"><saml:Issuer>{ENTITY}</saml:Issuer>'
            '<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">person-7</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
            f'InResponseTo="{request_id}" NotOnOrAfter="{until}" Recipient="{home}/acs/"/></saml:SubjectConfirmation>'
            "</saml:Subject>"
            f'<saml:Conditions NotBefore="{at}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{audience}'
            f'</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{at}" '
            'SessionIndex="_s1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password'
            "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute "
            f'Name="email"><saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>'
            "</saml:Assertion>"
        )
        if signed:
            text = OneLogin_Saml2_Utils.add_sign(assertion, self.key, self.certificate)
            assertion = re.sub(r"^<\?xml[^>]*\?>\s*", "", text.decode() if isinstance(text, bytes) else text)
        whole = (
            f'<samlp:Response {NAMES} ID="_r1" Version="2.0" IssueInstant="{at}" InResponseTo="{request_id}" '
            f'Destination="{home}/acs/"><saml:Issuer>{ENTITY}</saml:Issuer><samlp:Status><samlp:StatusCode '
            f'Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>'
        )
        return base64.b64encode(whole.encode()).decode()


@pytest.fixture(scope="module")
def idp() -> Idp:
    """The provider."""
    return Idp.make()


@pytest.fixture
def row(idp: Idp, org: Organisation) -> SignOn:
    """Acme's provider, its domain proved, people of it may join."""
    Proof.objects.create(domain=Domain.objects.get(organisation=org), proved=timezone.now())
    values = {"entity_id": ENTITY, "sso_url": SSO, "certificate": idp.bare}
    return SignOn.objects.create(organisation=org, kind=signon.SAML, values=values, join_role=Role.READER)


def browser_of(**options: Any) -> Client:
    """A browser, which says for which host it asks."""
    return Client(headers={"Host": "testserver"}, **options)


def begun(browser: Client, row: SignOn) -> str:
    """Begins on our page; the number of the request that goes to the provider."""
    page = browser.get(f"/accounts/sign-on/{row.key}")
    there = browser.get(page.context["url"])
    assert there["Location"].startswith(SSO + "?SAMLRequest=")
    asked = parse_qs(urlsplit(there["Location"]).query)["SAMLRequest"][0]
    found = re.search(r'\bID="([^"]+)"', zlib.decompress(base64.b64decode(asked), -15).decode())
    assert found is not None
    return found[1]


def hand_in(browser: Client, row: SignOn, answer: str) -> Any:
    """What the browser posts for the provider, and where it leads."""
    return browser.post(f"/accounts/saml/{row.key}/acs/", {"SAMLResponse": answer, "RelayState": ""}, follow=True)


def test_a_person_signs_in(idp: Idp, row: SignOn, store: object) -> None:
    strict = browser_of(enforce_csrf_checks=True)
    answer = hand_in(strict, row, idp.answer(row, begun(strict, row), "dora@example.jp"))
    assert answer.redirect_chain[-1][0] == "/acme/overview"
    assert Member.objects.get(user__email="dora@example.jp").role == Role.READER


def test_what_is_wrong_signs_nobody_in(idp: Idp, row: SignOn, store: object) -> None:
    def wrong(browser: Client, number: str) -> list[str]:
        whole = base64.b64decode(idp.answer(row, number, "dora@example.jp")).decode()
        return [
            idp.answer(row, number, "dora@example.jp", signed=False),
            idp.answer(row, number, "dora@example.jp", audience="https://other.example/"),
            idp.answer(row, "_another-request", "dora@example.jp"),
            idp.answer(row, number, "boss@other.example"),
            Idp.make().answer(row, number, "dora@example.jp"),
            base64.b64encode(whole.replace("dora@", "boss@").encode()).decode(),
            base64.b64encode(b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>").decode(),
            "no base64!",
            "",
        ]

    for n in range(len(wrong(browser_of(), "_x"))):
        browser = browser_of()
        answer = hand_in(browser, row, wrong(browser, begun(browser, row))[n])
        assert "_auth_user_id" not in browser.session, n
        assert answer.status_code < 500
    assert not User.objects.exists()


def test_nobody_is_signed_in_by_an_answer_that_was_not_asked_for(idp: Idp, row: SignOn, store: object) -> None:
    client = browser_of()
    number = begun(browser_of(), row)
    hand_in(client, row, idp.answer(row, number, "dora@example.jp"))
    assert "_auth_user_id" not in client.session


def test_an_owner_pastes_the_metadata(idp: Idp, client_alice: Client, org: Organisation, store: object) -> None:
    form = {"kind": signon.SAML, "metadata": idp.metadata(), "join_role": "", "is_on": "on"}
    page = client_alice.post(PAGE, form, follow=True).content.decode()
    row = SignOn.objects.get()
    assert row.values == {"entity_id": ENTITY, "sso_url": SSO, "certificate": idp.bare}
    assert f"http://testserver/accounts/saml/{row.key}/acs/" in page
    assert b"EntityDescriptor" in browser_of().get(f"/accounts/saml/{row.key}/metadata/").content


@pytest.mark.parametrize(
    "metadata",
    [
        "x",
        "<x/>",
        "<!DOCTYPE x [<!ENTITY e 'boom'>]><x>&e;</x>",
        '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>',
        "\x00",
    ],
)
def test_what_is_no_metadata_is_refused(metadata: str, client_alice: Client, org: Organisation, store: object) -> None:
    answer = client_alice.post(PAGE, {"kind": signon.SAML, "metadata": metadata})
    assert "errors" in answer.content.decode()
    assert not SignOn.objects.exists()
