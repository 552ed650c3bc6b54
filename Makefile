# Two commands do all there is to do: `make run` and `make test`. The rest is for their keepers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
# Compiled modules are kept, wherever this runs: without them each start takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench torture screenshots reference clean

run: $(VENV)/.installed ## Install and open the app on sample flows
	$(BIN)/rehearsal serve

test: $(VENV)/.tested .system ## Install what tests need and prove everything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: $(VENV)/.tested ## Measure speed against its peers; results go to docs/measurements.md
	$(BIN)/python -m tests.benchmarks

torture: $(VENV)/.tested ## Long fuzz and kill runs
	$(BIN)/python -m tests.torture

screenshots: $(VENV)/.tested .system ## Take the pictures of the guide anew
	$(BIN)/python -m tests.screenshots

reference: $(VENV)/.tested ## Write the generated reference anew
	$(BIN)/python -m flows.reference docs/reference
	$(BIN)/python -m app.reference docs/reference

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.installed: $(BIN)/uv pyproject.toml editor/frontend/package-lock.json $(wildcard editor/frontend/src/*)
	$(UV) --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(UV) --editable '.[test]'
	@touch $@

.PHONY: .system
.system: ## Debian's Chromium and PostgreSQL, where they are missing and may be installed
	@bash tests/install_system.sh

clean:
	rm -rf $(VENV) editor/dist build dist .mypy_cache .ruff_cache .pytest_cache
