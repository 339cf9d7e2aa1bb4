# Two commands do all the set-up: `make demo` and `make test`. They need Python 3.11, make, a network and (on a fresh machine) root.

SHELL := /bin/bash
VENV ?= .venv
BENCH ?= /tmp/sekisho-bench
PY := $(VENV)/bin/python
PIP := $(VENV)/bin/pip --disable-pip-version-check -q
FRONT := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null) hatch_build.py
DATA := $(shell find data -type f -not -path '*/files/*' -not -name '*.pyc' 2>/dev/null)
WORDS := $(wildcard src/sekisho/web/locale/*/parts/*.po)

.PHONY: demo test check bench accuracy audit serve frontend messages format clean

demo: ## a sample organisation on http://127.0.0.1:8025
	@$(MAKE) --no-print-directory -j2 $(VENV)/.runtime $(VENV)/.data
	@$(PY) -m tools.compile --if-stale
	$(VENV)/bin/sekisho demo

serve: $(VENV)/.runtime $(VENV)/.data ## your own data
	@$(PY) -m tools.compile --if-stale
	$(VENV)/bin/sekisho serve

test: check test-packages ## everything: checks, unit, contract, browser; what is compiled also from its source
	$(PY) -m tools.compile --remove
	$(PY) -m pytest -q -n 2 --dist loadgroup tests/core tests/store tests/contract/store tests/bench/test_fit.py tests/test_flow.py
	$(PY) -m tools.compile
	$(PY) -m pytest -q -n 2 --dist loadgroup --ignore tests/browser
	$(PY) -m pytest -q tests/browser  # apart: the browser's driver keeps an event loop running in its process

check: $(VENV)/.dev $(VENV)/.data ## format, lint, types, floors
	$(VENV)/bin/ruff format --check -q src tests tools bench data hatch_build.py
	$(VENV)/bin/ruff check -q src tests tools bench data hatch_build.py
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

accuracy: $(VENV)/.dev $(VENV)/.data ## the figures of docs/accuracy.md: how often the verdict is right
	$(PY) -m bench.accuracy --world homeland

bench: $(VENV)/.dev $(VENV)/.data ## the figures of docs/benchmarks.md, against parsedmarc in the same run
	$(PY) bench/corpora.py $(BENCH)
	$(PY) bench/ingest.py $(BENCH)
	$(PY) bench/pages.py
	$(PY) bench/organisations.py
	$(PY) bench/lookups.py
	$(PY) -m bench.mailboxes
	$(PY) -m bench.mailboxes 12000 reports
	$(PY) -m bench.views
	$(PY) -m bench.during
	$(PY) -m bench.hostile
	$(PY) -m bench.judge
	$(PY) -m bench.whatif

audit: $(VENV)/bin/python ## known vulnerabilities of what is installed; asks advisory services, so nothing else depends on it
	test -x $(VENV)/audit/bin/pip-audit || { $(PY) -m venv $(VENV)/audit && $(VENV)/audit/bin/pip --disable-pip-version-check -q install pip-audit; }
	$(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/runtime.lock -r requirements/dev.lock

frontend: $(VENV)/.dev
	$(PY) -m tools.build_frontend

messages: $(VENV)/.dev
	$(PY) -m tools.messages

format: $(VENV)/.dev
	$(VENV)/bin/ruff format -q src tests tools bench data hatch_build.py
	$(VENV)/bin/ruff check -q --fix src tests tools bench data hatch_build.py

$(VENV)/bin/python:
	python3 -m venv $(VENV) || { rm -rf $(VENV); apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv && python3 -m venv $(VENV); }

$(VENV)/.runtime: $(VENV)/bin/python requirements/runtime.lock pyproject.toml $(FRONT) $(WORDS) | compiler
	$(PIP) install --require-hashes -r requirements/runtime.lock
	$(PIP) install --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.lock
	$(PIP) install --require-hashes -r requirements/dev.lock
	touch $@

$(VENV)/.data: $(VENV)/bin/python $(DATA)
	$(PIP) install --no-deps ./data
	touch $@

# The modules that an ingest spends its time in are compiled where there is a C compiler; without one all works, only slower.
.PHONY: compiler
compiler:
	@if ! command -v cc >/dev/null || [ ! -e "$$(python3 -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev python3-dev >/dev/null || echo "no C compiler: Sekisho runs from its source, slower"; \
	fi

# Debian packages that tests use as real servers and a real browser; asked for only where one is missing.
PACKAGES := chromium fonts-noto-cjk fonts-dejavu-core knot knot-dnsutils rbldnsd dovecot-core dovecot-imapd dovecot-pop3d dovecot-lmtpd postfix

.PHONY: test-packages
test-packages:
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then echo "installing $$missing"; apt-get update -qq && echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

clean:
	rm -rf $(VENV) dist build src/sekisho/web/static/dist
	find . -name '*.mo' -delete
