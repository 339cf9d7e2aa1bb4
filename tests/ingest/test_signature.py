"""The signature of S3 requests: Amazon's own example, and Amazon's own library as the oracle."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import patch

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from sekisho.ingest.signature import Key, path_text, query_text, signed

ACCESS, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
MOMENT = datetime(2013, 5, 24, tzinfo=UTC)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)


def test_the_example_of_the_documentation() -> None:
    url = "https://examplebucket.s3.amazonaws.com/test.txt"
    made = signed(Key(ACCESS, SECRET, "us-east-1"), "GET", url, {"Range": "bytes=0-9"}, b"", MOMENT)
    assert made["authorization"].endswith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")


@given(
    TEXT.filter(lambda t: not {".", ".."} & set(t.split("/"))),
    st.dictionaries(TEXT.filter(bool), TEXT, max_size=3),
    st.binary(max_size=50),
)
def test_amazons_library_signs_the_same(key: str, query: dict[str, str], body: bytes) -> None:
    url = f"https://s3.example.test/bucket/{path_text(key)}" + ("?" + query_text(query) if query else "")
    made = signed(Key(ACCESS, SECRET, "eu-west-1", "token"), "PUT", url, {"content-md5": "x"}, body, MOMENT)
    request = AWSRequest("PUT", url, {"content-md5": "x", "x-amz-content-sha256": made["x-amz-content-sha256"]}, body)
    with patch("botocore.auth.get_current_datetime", return_value=MOMENT.replace(tzinfo=None)):
        S3SigV4Auth(Credentials(ACCESS, SECRET, "token"), "s3", "eu-west-1").add_auth(request)
    theirs = request.headers["Authorization"].rpartition("Signature=")[2]
    assert made["authorization"].rpartition("Signature=")[2] == theirs
