# Two commands carry a bare machine all the way: `make run` and `make test`. `make help` lists the others.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
SOURCES := fsul_portal members committee workgroups reports bench ops tests manage.py
# A worker that has nothing left takes from the other.
PYTEST_ARGS ?= -n 2 --dist worksteal
# Settings as on a server, for Django's own look at them.
SERVER := DEBUG=0 SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	SITE_URL=https://portal.example.org ALLOWED_HOSTS=portal.example.org DATABASE_URL=sqlite://:memory:

export PORT DEMO DEMO_PASSWORD DEMO_LIBRARIES DEMO_MONTHS
export PYTHONUTF8 := 1

.PHONY: help
help:  ## List all targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run:  ## Run the portal, from a bare machine on: http://127.0.0.1:8000/ (or PORT=…); Ctrl-C stops it
	@exec $(PYTHON) -m ops.run

.PHONY: setup
setup:  ## Do all that `make run` does before it starts anything
	@$(PYTHON) -m ops.setup

.PHONY: development
development:  ## Install what tests and checks need, on top of what the portal needs
	@$(PYTHON) -m ops.setup --development --no-database

.PHONY: test
test: development  ## Run all tests on a PostgreSQL, a Redis and a browser of their own (PYTEST_ARGS="…" goes to pytest)
	@$(PYTHON) -m ops.testbed $(BIN)/python -m pytest $(PYTEST_ARGS)

.PHONY: quick
quick: development  ## Answer in 2 minutes: the style, and as many tests as fit, those of what was changed first
	@$(BIN)/python -m ops.quick $(SOURCES)

.PHONY: check
check: lint types contracts templates settings migrations translations test  ## Do exactly what CI does

.PHONY: lint
lint: development  ## Check style and format of the code
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

.PHONY: types
types: development  ## Check the types
	$(BIN)/mypy

.PHONY: contracts
contracts: development  ## Check that imports look down only
	$(BIN)/lint-imports --no-cache

.PHONY: templates
templates: development  ## Check the templates
	$(BIN)/djlint --lint --quiet templates

.PHONY: settings
settings: development  ## Let Django check the project, also with the settings of a server
	DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py check --fail-level WARNING
	$(SERVER) $(BIN)/python manage.py check --deploy --fail-level WARNING

.PHONY: migrations
migrations: development  ## Check that no migration is missing
	DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run

.PHONY: translations
translations: development  ## Check that the Chinese translation is complete and current
	$(BIN)/python -m ops.translations

.PHONY: messages
messages: development  ## Bring the Chinese catalogue up to date with the sources; obsolete entries go
	$(BIN)/python -m ops.translations --update

.PHONY: format
format: development  ## Format the code
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

.PHONY: bench
bench: development  ## Measure the portal, each figure as a ratio to a baseline of the same run (BENCH=checks, explorer, freeze, import, memory, pages, report, search or walk: one of them)
	@$(PYTHON) -m ops.testbed $(BIN)/python -m bench $(BENCH)

.PHONY: audit
audit: development  ## Look at every page of a demo with pa11y, axe, the HTML validator and Lighthouse (needs Node and Java; outside CI)
	@$(PYTHON) -m ops.testbed $(BIN)/python -m ops.audit

.PHONY: pictures
pictures: development  ## Take the pictures of the manual anew, from a demo
	@$(PYTHON) -m ops.testbed $(BIN)/python -m ops.pictures

.PHONY: measures
measures: development  ## Measure the code and the pages against the limits of the house, a line each
	@$(BIN)/python -m ops.measures

.PHONY: dump
dump: development  ## Keep the small demo of this version, from which the tests upgrade (docs/decisions/0019)
	@$(PYTHON) -m ops.testbed $(BIN)/python -m tests.upgrades

.PHONY: lock
lock:  ## Lock what requirements.in and requirements-dev.in ask for, with hashes (LOCK_ARGS=--upgrade takes the newest)
	@$(PYTHON) -m ops.lock $(LOCK_ARGS)

.PHONY: clean
clean:  ## Remove what was built; the data in var/ and .venv stay
	rm -rf var/cache var/stamps var/static .mypy_cache .pytest_cache .ruff_cache .coverage
	find . -path ./.venv -prune -o -path ./var -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf
	find locale -name '*.mo' -delete
