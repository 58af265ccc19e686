# One entry for people and for CI. Needs Python 3.11 or newer, git and make; everything goes into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint lock wheel clean

demo: .venv/run.stamp
	@rm -rf runs/demo
	$(BIN)/antinomy label data/samples --out runs/demo

test: .venv/dev.stamp lint
	$(BIN)/python -m pytest

lint: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy scripts/*.py

wheel: .venv/dev.stamp
	$(BIN)/python -m build --no-isolation --outdir dist

# Pins: requirements/run.txt for labelling (with hashes), requirements/dev.txt for training and tests.
lock: .venv/dev.stamp
	$(BIN)/python scripts/lock_requirements.py

.venv/bin/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'antinomy needs Python 3.11 or newer')"
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

clean:
	rm -rf .venv dist runs
