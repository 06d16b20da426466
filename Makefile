# make serve | test | check | bench | help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What running needs, and what tests, checks and benchmarks need besides.
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
PORT ?= 8080
MINUTES ?= 10
# Folders in which every test is slow, so that `test-fast` need not even import them.
SLOW_FOLDERS := browser engines deploy end_to_end installed
comma := ,

.PHONY: help serve test test-fast check format bench soak-attack clean shots references

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

serve: $(RUNS) gazetteer.db ## serve the demonstration borough on http://localhost:8080
	$(BIN)/python server.py serve --port $(PORT)

# The addresses of the demonstration borough, which is fictional.
gazetteer.db: | $(RUNS)
	$(BIN)/python -m scripts.make_gazetteer $@

# A browser that crashes or navigates under a question is asked once more; the summary names the test (-r R).
test: $(READY) ## run the whole suite on every core
	$(BIN)/python -m pytest -n auto --dist worksteal --durations=25 --reruns 1 --only-rerun playwright._impl._errors -r fER

test-fast: $(READY) ## run the tests that are neither slow nor need a browser
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow and not browser" --hypothesis-profile=few $(SLOW_FOLDERS:%=--ignore=tests/%)

check: $(READY) ## check format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY) ## format the code
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

bench: $(READY) ## run the benchmarks
	$(BIN)/python -m bench

soak-attack: $(READY) ## attack a server for MINUTES (10) beside honest clients
	$(BIN)/python -m bench soak-attack --minutes $(MINUTES)

shots: $(READY) ## save a picture of every kind of screen into shots/
	$(BIN)/python scripts/take_shots.py

references: $(READY) ## redraw the reference pictures of the tests
	RENEW_REFERENCES=yes $(BIN)/python -m pytest tests/engines/test_references.py

clean: ## remove the environment, caches and pictures
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis shots

# uv if it is installed; otherwise venv, and the pip of $(PYTHON): a pip of the environment's own takes 5 s to copy. Without either
# (pip before 22.3, or none), the environment has its own. `pip --python` wants a path: pip does not look a name up.
PIP_INSTALL := install --quiet --disable-pip-version-check --no-compile -c constraints.txt
define install
@if command -v uv >/dev/null 2>&1; then \
  uv venv --quiet --allow-existing --python '>=3.11' $(VENV) && \
  uv pip install --quiet --python $(BIN)/python -c constraints.txt -e '.[$(1)]'; \
elif $(PYTHON) -m pip --python "$$(command -v $(PYTHON))" --version >/dev/null 2>&1; then \
  { test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV); } && \
  $(PYTHON) -m pip --python $(BIN)/python $(PIP_INSTALL) -e '.[$(1)]'; \
else \
  { test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "No venv: on Debian, apt install python3-venv"; exit 1; }; } && \
  $(BIN)/python -m pip $(PIP_INSTALL) -e '.[$(1)]'; \
fi
@touch $@
endef

$(RUNS): pyproject.toml constraints.txt
	$(call install,fast)

$(READY): pyproject.toml constraints.txt
	$(call install,fast$(comma)dev)
	@touch $(RUNS)
