"""Writes report documents as SQL for the tables of dmarcts-report-parser, with what that tool keeps of them, for dumps in tests.

`python -m tests.core.migrate.fill mariadb` prints the text that was loaded into a MariaDB, `postgres` that for a PostgreSQL; the
dumps in `data/` are what `mariadb-dump` and `pg_dump` made of it.
"""

# ruff: noqa: S608 - this writes dumps of our own values

from __future__ import annotations

import base64
import gzip
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

FOLDER = Path(__file__).parent / "data"
RESULTS = "'none','fail','pass','neutral','softfail','permerror','temperror','policy','unknown'"
MARIADB = f"""
CREATE TABLE report (serial int unsigned NOT NULL AUTO_INCREMENT,
  mindate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, maxdate timestamp NULL,
  domain varchar(255) NOT NULL, org varchar(255) NOT NULL, reportid varchar(255) NOT NULL, email varchar(255) NULL,
  extra_contact_info varchar(255) NULL, policy_adkim varchar(20) NULL, policy_aspf varchar(20) NULL, policy_p varchar(20) NULL,
  policy_sp varchar(20) NULL, policy_pct tinyint unsigned, raw_xml mediumtext,
  PRIMARY KEY (serial), UNIQUE KEY domain (domain, org, reportid)) ROW_FORMAT=COMPRESSED;
CREATE TABLE rptrecord (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, serial int unsigned NOT NULL, ip int unsigned,
  ip6 binary(16), rcount int unsigned NOT NULL, disposition enum('none','quarantine','reject','unknown'), reason varchar(255),
  dkimdomain varchar(255), dkimresult enum({RESULTS}), spfdomain varchar(255), spfresult enum({RESULTS}),
  spf_align enum('fail','pass','unknown') NOT NULL, dkim_align enum('fail','pass','unknown') NOT NULL,
  identifier_hfrom varchar(255), KEY serial (serial, ip), KEY serial6 (serial, ip6));
"""
POSTGRES = """
CREATE TABLE report (serial bigint GENERATED ALWAYS AS IDENTITY, mindate timestamp without time zone NOT NULL,
  maxdate timestamp without time zone NULL, domain character varying(255) NOT NULL, org character varying(255) NOT NULL,
  reportid character varying(255) NOT NULL, email character varying(255), extra_contact_info character varying(255),
  policy_adkim character varying(20), policy_aspf character varying(20), policy_p character varying(20),
  policy_sp character varying(20), policy_pct smallint, raw_xml text, PRIMARY KEY (serial));
CREATE TABLE rptrecord (id bigint GENERATED ALWAYS AS IDENTITY, serial bigint NOT NULL, ip bigint, ip6 bytea,
  rcount integer NOT NULL, disposition character varying(20), reason character varying(255), dkimdomain character varying(255),
  dkimresult character varying(20), spfdomain character varying(255), spfresult character varying(20),
  spf_align character varying(20) NOT NULL, dkim_align character varying(20) NOT NULL, identifier_hfrom character varying(255),
  PRIMARY KEY (id));
"""


def statements(documents: list[tuple[str, bytes]], *, is_postgres: bool) -> Iterator[str]:
    """The tables and their rows; a document is named with how its XML is kept: `plain`, `packed`, or not at all."""
    yield POSTGRES if is_postgres else MARIADB
    for serial, (kept, data) in enumerate(documents, 1):
        root = ET.fromstring(data)  # noqa: S314 - our own
        yield _report(root, {"plain": data.decode(), "packed": _packed(data)}.get(kept, ""), is_postgres=is_postgres)
        for record in root.iter("record"):
            yield _record(serial, record, is_postgres=is_postgres)


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


def _report(root: ET.Element, raw: str, *, is_postgres: bool) -> str:
    stamp = "TO_TIMESTAMP" if is_postgres else "FROM_UNIXTIME"
    times = [f"{stamp}({root.findtext(f'report_metadata/date_range/{name}')})" for name in ("begin", "end")]
    metadata = [root.findtext(f"report_metadata/{name}") for name in ("org_name", "report_id", "email", "extra_contact_info")]
    policy = [root.findtext(f"policy_published/{name}") for name in ("adkim", "aspf", "p", "sp", "pct")]
    values = [root.findtext("policy_published/domain"), *metadata, *policy, raw]
    return (
        "INSERT INTO report (mindate,maxdate,domain,org,reportid,email,extra_contact_info,policy_adkim,policy_aspf,policy_p,"
        f"policy_sp,policy_pct,raw_xml) VALUES ({','.join([*times, *(_quoted(v, is_postgres=is_postgres) for v in values)])});"
    )


def _record(serial: int, record: ET.Element, *, is_postgres: bool) -> str:
    """Names joined with `/`, results as one word, and no selectors, comments, envelopes: as that tool has it."""
    address = ip_address(record.findtext("row/source_ip", "").strip())
    column, value = "ip", str(int(address))
    if address.version == 6:
        column = "ip6"
        value = f"'\\x{address.packed.hex()}'" if is_postgres else f"X'{address.packed.hex()}'"
    evaluated = [record.findtext(f"row/policy_evaluated/{name}") for name in ("disposition", "spf", "dkim")]
    reasons = "/".join(reason.findtext("type", "") for reason in record.findall("row/policy_evaluated/reason"))
    auth = [word for kind in ("dkim", "spf") for word in _joined(record.findall(f"auth_results/{kind}"))]
    values = [*evaluated, reasons, *auth, record.findtext("identifiers/header_from")]
    texts = ",".join(_quoted(v, is_postgres=is_postgres) for v in values)
    return (
        f"INSERT INTO rptrecord (serial,{column},rcount,disposition,spf_align,dkim_align,reason,dkimdomain,dkimresult,spfdomain,"
        f"spfresult,identifier_hfrom) VALUES ({serial},{value},{record.findtext('row/count')},{texts});"
    )


def _joined(results: list[ET.Element]) -> tuple[str, str]:
    words = [result.findtext("result", "") for result in results]
    word = "pass" if "pass" in words else words[0] if len(set(words)) == 1 else "unknown"
    return "/".join(result.findtext("domain", "") for result in results), word


def _quoted(value: str | None, *, is_postgres: bool) -> str:
    if value is None:
        return "NULL"
    return "'" + (value if is_postgres else value.replace("\\", "\\\\")).replace("'", "''") + "'"


def documents() -> list[tuple[str, bytes]]:
    """The made-up reports of `data/`, and how their XML is kept."""
    return [(path.stem.partition("-")[2], path.read_bytes()) for path in sorted(FOLDER.glob("*.xml"))]


if __name__ == "__main__":
    print("\n".join(statements(documents(), is_postgres=sys.argv[1] == "postgres")))
