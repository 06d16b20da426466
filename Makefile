# make serve | test | check | bench | help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PORT ?= 8080

.PHONY: help serve test test-fast check format bench clean shots references

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

serve: $(READY) ## the demonstration borough on http://localhost:8080
	$(BIN)/python server.py serve --port $(PORT)

test: $(READY) ## the whole suite, on every core
	$(BIN)/python -m pytest -n auto --dist worksteal --durations=25

test-fast: $(READY) ## everything but the browsers
	$(BIN)/python -m pytest --ignore=tests/browser

check: $(READY) ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY) ## put the format right
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

bench: $(READY) ## how fast, each as a ratio within one run
	$(BIN)/python -m bench

shots: $(READY) ## pictures of every kind of screen at the real sizes, into shots/
	$(BIN)/python scripts/take_shots.py

references: $(READY) ## draw anew what tests compare the looks of pages with
	RENEW_REFERENCES=yes $(BIN)/python -m pytest tests/engines/test_references.py

clean: ## remove what was made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis shots

# uv when it is here, otherwise venv and pip; never the two in one environment.
$(READY): pyproject.toml constraints.txt
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python '>=3.11' $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python -c constraints.txt -e '.[fast,dev]'; \
	else \
	  { test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "No venv: on Debian, apt install python3-venv"; exit 1; }; } && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fast,dev]'; \
	fi
	@touch $@
