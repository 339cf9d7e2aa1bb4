"""The tables of the embedded store, and why they look so.

A fact is a row of a report with its class. What thousands of facts share is kept once: what a report says of itself in
`report`, the way of authentication in `way`, all that is known of an address in `host`, the verdict in `flow`.

* `fact.host` is a small number, the address itself stands in `host`. Measured on 10 million facts against the address
  as text: grouping by source 3 times as fast, one source found in 1 to 10 ms against 85 ms; and the sending group of an
  address lives in `host` alone, so that new evidence moves no fact.
* `fact.klass` and `fact.confidence` repeat what `flow` knows, because every page sums by class. (An ENUM or a number in
  place of the name was measured: no faster, the engine compares the few names of a block once.)
* Only `report` has an index, it makes each report count once. `flow`, `host` and `way` are found by hash joins: there is
  one writer, and an index of 600,000 addresses would cost more memory than the ingest may take.
* `host.span` is the address in hexadecimal digits of one length behind `4` or `6`, so that every network is a range of
  text, in every store.
"""

VERSION = 1
"""Of the tables; a file of another version is refused."""

TABLES = """
CREATE TABLE meta (version INTEGER NOT NULL);

CREATE TABLE report (
  key BIGINT PRIMARY KEY, org INTEGER NOT NULL, domain VARCHAR NOT NULL, reporter VARCHAR NOT NULL,
  report_id VARCHAR NOT NULL, policy_domain VARCHAR NOT NULL, begins BIGINT NOT NULL, ends BIGINT NOT NULL,
  day INTEGER NOT NULL, row_count INTEGER NOT NULL, messages BIGINT NOT NULL, policy VARCHAR NOT NULL,
  generation VARCHAR NOT NULL, notes INTEGER NOT NULL, delivery BIGINT NOT NULL, head VARCHAR NOT NULL
);

CREATE TABLE fact (
  org INTEGER NOT NULL, report BIGINT NOT NULL, row_no INTEGER NOT NULL, day INTEGER NOT NULL,
  domain VARCHAR NOT NULL, reporter VARCHAR NOT NULL, host INTEGER NOT NULL, header_from VARCHAR NOT NULL,
  envelope_from VARCHAR NOT NULL, messages BIGINT NOT NULL, disposition VARCHAR NOT NULL,
  dkim_aligned TINYINT NOT NULL, spf_aligned TINYINT NOT NULL, way BIGINT NOT NULL,
  klass VARCHAR NOT NULL, confidence DOUBLE NOT NULL
);

CREATE TABLE way (key BIGINT NOT NULL, words VARCHAR NOT NULL);

CREATE TABLE host (
  id INTEGER NOT NULL, source_ip VARCHAR NOT NULL, span VARCHAR NOT NULL, network VARCHAR NOT NULL,
  sgroup VARCHAR NOT NULL DEFAULT 'unknown', label VARCHAR NOT NULL DEFAULT '', known TINYINT NOT NULL DEFAULT 0,
  ptr_state VARCHAR NOT NULL DEFAULT 'unknown', ptr VARCHAR NOT NULL DEFAULT '',
  confirmed VARCHAR NOT NULL DEFAULT 'unknown', country VARCHAR NOT NULL DEFAULT '', city VARCHAR NOT NULL DEFAULT '',
  latitude DOUBLE, longitude DOUBLE, asn BIGINT NOT NULL DEFAULT 0, as_name VARCHAR NOT NULL DEFAULT '',
  as_domain VARCHAR NOT NULL DEFAULT '', listed VARCHAR NOT NULL DEFAULT '[]', lists_asked INTEGER NOT NULL DEFAULT 0,
  looked_up BIGINT NOT NULL DEFAULT 0, failed BIGINT NOT NULL DEFAULT 0, messages BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE flow (
  org INTEGER NOT NULL, domain VARCHAR NOT NULL, host INTEGER NOT NULL, way BIGINT NOT NULL, klass VARCHAR NOT NULL,
  confidence DOUBLE NOT NULL, because VARCHAR NOT NULL, advice VARCHAR NOT NULL, judged_at BIGINT NOT NULL,
  was VARCHAR NOT NULL
);

CREATE TABLE change (
  org INTEGER NOT NULL, changed_at BIGINT NOT NULL, domain VARCHAR NOT NULL, host INTEGER NOT NULL, way BIGINT NOT NULL,
  was VARCHAR NOT NULL, klass VARCHAR NOT NULL, why VARCHAR NOT NULL
);

CREATE TABLE touched (org INTEGER NOT NULL, domain VARCHAR NOT NULL, mark BIGINT NOT NULL);

CREATE TABLE tls_report (
  key BIGINT PRIMARY KEY, org INTEGER NOT NULL, domain VARCHAR NOT NULL, reporter VARCHAR NOT NULL,
  report_id VARCHAR NOT NULL, begins BIGINT NOT NULL, ends BIGINT NOT NULL, day INTEGER NOT NULL,
  contact VARCHAR NOT NULL, notes VARCHAR NOT NULL, delivery BIGINT NOT NULL
);

CREATE TABLE tls_policy (
  org INTEGER NOT NULL, report BIGINT NOT NULL, day INTEGER NOT NULL, domain VARCHAR NOT NULL,
  reporter VARCHAR NOT NULL, policy_no INTEGER NOT NULL, policy_type VARCHAR NOT NULL, policy_domain VARCHAR NOT NULL,
  policy_string VARCHAR NOT NULL, mx_hosts VARCHAR NOT NULL, successful BIGINT NOT NULL, failed BIGINT NOT NULL,
  failures VARCHAR NOT NULL
);
"""

STAGES = """
CREATE OR REPLACE TEMP TABLE s_report AS SELECT * FROM report LIMIT 0;
CREATE OR REPLACE TEMP TABLE s_fact (report BIGINT, row_no INTEGER, source_ip VARCHAR, messages BIGINT, said INTEGER);
CREATE OR REPLACE TEMP TABLE s_block (report BIGINT, start INTEGER, lines VARCHAR, counts VARCHAR, saids VARCHAR);
CREATE OR REPLACE TEMP TABLE s_said (
  id INTEGER, header_from VARCHAR, envelope_from VARCHAR, disposition VARCHAR,
  dkim_aligned TINYINT, spf_aligned TINYINT, way BIGINT
);
CREATE OR REPLACE TEMP TABLE s_way AS SELECT * FROM way LIMIT 0;
CREATE OR REPLACE TEMP TABLE s_host (source_ip VARCHAR, is_blank TINYINT);
CREATE OR REPLACE TEMP TABLE s_judged (
  org INTEGER, domain VARCHAR, source_ip VARCHAR, way BIGINT, klass VARCHAR, confidence DOUBLE, because VARCHAR,
  advice VARCHAR
);
CREATE OR REPLACE TEMP TABLE s_evidence AS SELECT * FROM host LIMIT 0;
CREATE OR REPLACE TEMP TABLE s_touched (host INTEGER);
"""
"""Temporary tables of the writer, through which everything large goes in: `executemany` takes 2 ms a row."""
