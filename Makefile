# Everything a newcomer needs: each target does its own set-up in .venv and does it once.

PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
# the sources of what hatch_build.py compiles: kernel, cutter, gate and lane
COMPILED := $(wildcard $(foreach place,info/recognise sensors/traffic/columns/cut signals guards/gate \
	guards/gate/exchange guards/gate/live guards/keep/lane,src/hongxian/$(place)/*.py src/hongxian/$(place)/*.pxd)) \
	src/hongxian/sensors/traffic/asked.py src/hongxian/sensors/traffic/takers.py

.PHONY: demo test lint coverage docs clean

demo: .venv/.product
	@mkdir -p out
	@$(BIN)/hongxian demo --output out/demo.html

test: .venv/.test
	@.ci/system
	@$(BIN)/python bench/fetch_apks.py >/dev/null
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope $(ARGS)

lint: .venv/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: .venv/.test
	@$(MAKE) --no-print-directory test ARGS="--cov=hongxian --cov-report= $(ARGS)"
	@$(BIN)/python .ci/own_coverage.py

docs: .venv/.product
	$(BIN)/python docs/generate.py

clean:
	rm -rf .venv out .coverage* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

.venv/bin/python:
	@.ci/venv "$(PYTHON)"

.venv/.product: .venv/bin/python pyproject.toml hatch_build.py $(COMPILED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/.test: .venv/.product
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

.venv/.lint: .venv/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,lint]'
	@touch $@
