# Every target sets up what it needs: python3 and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYWB := .venv-pywb
BROWSER := .venv-browser

.PHONY: test lint types unit soak browser bench format clean demo cassettes

test: lint types unit

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/mypy

# A folder of their own: what a killed run has left elsewhere is not theirs to sweep, and cannot fail them.
IN_OWN_FOLDER = own=$$(mktemp -d) && trap 'rm -rf "$$own"' EXIT && TMPDIR="$$own" $(BIN)/pytest --basetemp "$$own/tests"

unit: $(READY) $(PYWB)/.ready
	$(IN_OWN_FOLDER) -m "not soak" -n auto --dist loadfile

soak: $(READY) $(PYWB)/.ready
	$(IN_OWN_FOLDER) -m soak --timeout 3600

# The report in a real browser, with axe: needs node, npm and chromium.
browser: $(READY) $(BROWSER)/.ready
	$(IN_OWN_FOLDER) tests/test_html_report_browser.py

bench: $(READY) $(VENV)/.bench
	$(BIN)/python benchmarks/run.py $(BENCH)

# The findings of a made-up world: good or bad, the demonstration has worked.
demo: $(READY)
	$(BIN)/linkcheck scan seeds --replay cassettes/seeds.warc --fail-on none --report html=linkcheck-report

cassettes: $(READY)
	$(BIN)/python -m tests.make_cassettes

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

$(VENV)/.bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	touch $@

# pywb replays what we record; its old pins clash with ours.
$(PYWB)/.ready: constraints-pywb.txt
	$(PYTHON) -m venv $(PYWB)
	$(PYWB)/bin/python -m pip install --quiet --disable-pip-version-check -c $< pywb setuptools
	touch $@

$(BROWSER)/.ready: Makefile
	npm install --silent --no-fund --no-audit --prefix $(BROWSER) axe-core@4.14.1 playwright-core@1.65.1
	touch $@

clean:
	rm -rf $(VENV) .venv-* dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
