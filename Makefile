# foedus: the two commands are `make brief` and `make test`. Everything else is for developers.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: brief test test-full eval check format lock clean help
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

# The user's environment: hash-locked, nothing but what foedus runs on.
$(VENV)/.user: requirements/user.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "foedus needs Python 3.11 or newer; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/user.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.user
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

brief: $(VENV)/.user ## build .venv and the brief of samples/ in build/brief
	$(BIN)/foedus brief samples/ -o build/brief

test: $(VENV)/.dev check ## run the checks and the test suite
	$(BIN)/python -m pytest -n 2

test-full: $(VENV)/.dev check ## run everything with the full counts
	FOEDUS_FULL=1 $(BIN)/python -m pytest -n 2

eval: $(VENV)/.user ## score the coder against gold records (development data)
	$(BIN)/python benchmarks/eval.py

check: $(VENV)/.dev ## lint, format, types, import rule
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.dev ## format the code
	$(BIN)/ruff check --fix src tests
	$(BIN)/ruff format src tests

lock: ## write the two hash-locked requirement files again
	@command -v uv >/dev/null || { echo "make lock needs uv" >&2; exit 1; }
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra postgresql pyproject.toml -o requirements/user.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra postgresql --extra dev -c requirements/user.txt pyproject.toml -o requirements/dev.txt

clean: ## remove what the targets built
	rm -rf $(VENV) build src/foedus.egg-info .mypy_cache .ruff_cache .pytest_cache
