"""Names no organisation may have, because an address of the server begins with them."""

RESERVED = frozenset(
    {
        "accounts",
        "admin",
        "agency",
        "api",
        "healthz",
        "help",
        "i18n",
        "invitations",
        "metrics",
        "new",
        "readyz",
        "no-organisation",
        "operator",
        "static",
        "taxii2",
        "unsubscribe",
        "upload",
    }
)
