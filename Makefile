# 師鐘. `make help` says what there is; every target brings what it needs by itself.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check audit fuzz evaluate compare bench format map lock clean

PORT ?= 8000
PYTEST_ARGS ?= -n 4 --dist worksteal
PY := .venv/bin/python
export PYTHON PORT

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.runtime ## Everything on this machine with sample people: http://127.0.0.1:8000
	@$(PY) -m bot run --sample

test: .venv/.dev ## All tests, also against PostgreSQL and in a browser
	@$(PY) -m scripts.browser
	@$(PY) -m pytest $(PYTEST_ARGS)

check: .venv/.dev ## Format, lint, types, imports, knowledge, locked packages
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PY) -m bot knowledge check
	@$(PY) -m scripts.audit

audit: .venv/.dev ## Hold the locked packages to known advisories (needs a network and pip-audit)
	@$(PY) -m scripts.audit --online

fuzz: .venv/.dev ## 100,000 webhook bodies and 3,000 files that nobody should send (ARGS='--postgres')
	@$(PY) -m benchmarks.fuzz $(ARGS)

evaluate: .venv/.dev ## How well the bot answers, case by case (ARGS='--plan cooc-teacher')
	@$(PY) -m evaluation $(ARGS)

compare: .venv/.bench ## Right and wrong answers, beside fuzzy FAQ, BM25, TF-IDF (ARGS='--documents FOLDER')
	@$(PY) -m benchmarks.answers $(ARGS)

bench: .venv/.dev ## Speed on this machine: hot path, 500 editions, webhooks beside the SDK's samples
	@$(PY) -m benchmarks
	@$(PY) -m benchmarks.editions
	@$(PY) -m benchmarks.load $(ARGS)

format: .venv/.dev ## Bring the code into the house's form
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

map: .venv/.dev ## Write the list of files in docs/map.md
	@$(PY) -m scripts.map

# Only names, versions and hashes are written: no address of any index.
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate $(LOCK_ARGS)

lock: .venv/.dev ## Pin the newest fitting versions again (LOCK_ARGS=--upgrade)
	@$(PY) -m pip install --quiet uv
	@$(COMPILE) --extra build pyproject.toml -o requirements.txt
	@$(COMPILE) --extra build --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	@$(COMPILE) --extra build --extra bench -c requirements-dev.txt pyproject.toml -o requirements-bench.txt

clean: ## Remove .venv and caches; what people wrote (var/) stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info

# Stamps, so that installing happens once and again only when a lock changes.
.venv/.runtime: requirements.txt scripts/venv.sh
	@scripts/venv.sh requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt requirements.txt scripts/venv.sh
	@scripts/venv.sh requirements-dev.txt
	@touch .venv/.runtime $@

.venv/.bench: requirements-bench.txt requirements.txt scripts/venv.sh
	@scripts/venv.sh requirements-bench.txt
	@touch .venv/.runtime $@
