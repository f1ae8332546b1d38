# The commands of Vakpoort; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# Tests without a server, a browser or a second database; all others run in `make test` only.
QUICK := $(wildcard tests/architecture tests/unit tests/state)
# After all others, the journeys by database: a browser is busy, and hosting builds the pages anew.
BROWSER := tests/e2e tests/hosting

.PHONY: help
help: ## List the commands
	@sed -nE 's/^([a-z]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name purpose; do printf '  make %-12s %s\n' "$$name" "$$purpose"; done

.PHONY: python run-tools dev-tools
python:
	@command -v $(PYTHON) >/dev/null || { echo 'Python 3.11 or newer is needed: install it, on Debian and Ubuntu with `sudo apt-get install python3 python3-venv`, and run make again.' >&2; exit 2; }
run-tools: python
	@$(PYTHON) scripts/set_up.py run
dev-tools: python
	@$(PYTHON) scripts/set_up.py develop

.PHONY: run
run: run-tools ## Start the portal with its demo world on http://localhost:3000
	@exec $(BIN)/portal serve

.PHONY: dev
dev: dev-tools ## Start the portal for developers: an edit is in the browser at once
	@exec $(BIN)/portal dev

.PHONY: test
test: check ## Run everything that must pass before a change lands
	@$(BIN)/python scripts/find_chromium.py >/dev/null
	@$(PYTEST) --numprocesses 2 --dist loadgroup $(QUICK:%=--ignore=%) $(BROWSER:%=--ignore=%)
	@$(PYTEST) --numprocesses 2 --dist loadgroup tests/e2e
	@$(PYTEST) --numprocesses 2 --dist loadfile tests/hosting

.PHONY: check
check: dev-tools ## Run the quick part: rules of the house, types, and quick tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports --no-logo
	@$(BIN)/basedpyright & types=$$!; $(PYTEST) --numprocesses 2 $(QUICK); wait $$types

.PHONY: fix
fix: dev-tools ## Put right what the tools can put right by themselves
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

.PHONY: build
build: run-tools ## Build the pages, when their sources changed
	@$(BIN)/portal build

.PHONY: bench
bench: dev-tools ## Measure: overview queries, event round trips, spreadsheets
	@$(PYTEST) -m bench -s tests/bench

.PHONY: soak
soak: dev-tools ## Run what takes long: kills, floods, the whole isolation matrix
	@$(PYTEST) -m soak -s tests

.PHONY: trace
trace: dev-tools ## Say which test covers which requirement; fail on a gap
	@$(BIN)/python scripts/trace.py

.PHONY: lock
lock: dev-tools ## Lock the newest allowed versions of all dependencies, with hashes
	@$(BIN)/python scripts/lock.py

.PHONY: migrate
migrate: run-tools ## Bring the database to the newest revision
	@$(BIN)/portal migrate

.PHONY: screenshots
screenshots: dev-tools ## Take the pictures of README and handbook again
	@$(BIN)/python scripts/screenshots.py
