"""Django's settings for tests: a home of their own, quick password hashes, no rate limits between tests."""

import os
import tempfile

os.environ["SEKISHO_HOME"] = tempfile.mkdtemp(prefix="sekisho-test-")
os.environ["SEKISHO_DNS_SERVERS"] = "off"

from sekisho.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
