# Every target sets up what it needs, in $(VENV). `make` alone lists them.
# A bare Debian needs: apt-get install -y make python3-venv git bubblewrap; the tests of the card also need chromium

VENV ?= .venv
VERSIONS := 3.11 3.12 3.13
# One more than there are processors: tests often wait for another process, or for a page to be drawn.
WORKERS ?= $(shell expr `nproc 2>/dev/null || echo 2` + 1)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
READY := $(VENV)/.ready
LABS = $(shell sed -n 's/^slug = "\(.*\)"/\1/p' solutions/course.toml)

.DEFAULT_GOAL := help
.PHONY: help setup grade test test-all lint pytest prove release bench docs lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv: the locked packages, and this project, editable

# The lock pins every package by hash; the project itself is built with the hatchling that the lock pins.
# uv is there five times sooner; where it finds no packages, pip, which may have been told of another index, does it.
$(READY): pyproject.toml requirements.lock
	@python="$${PYTHON:-$$(.ci/find-python $(VERSIONS))}" && "$$python" -m venv $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock | $(PIP) --require-hashes --requirement /dev/stdin
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements.lock || \
	    $(PIP) --require-hashes --no-compile --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

grade: $(READY) ## grade the sample classes, and compare with the marks they should get
	@rm -rf build/class $(LABS:%=build/%)
	$(BIN)/grader grade examples/class --out build/class --exercise softmax
	$(BIN)/python examples/compare.py build/class/results.jsonl examples/class/expected.csv
	@failed=; for lab in $(LABS); do \
	    $(BIN)/grader grade examples/labs --out build/$$lab --assignment $$lab && \
	    $(BIN)/python examples/compare.py build/$$lab/results.jsonl examples/labs/expected.csv || failed="$$failed $$lab"; \
	done; [ -z "$$failed" ] || { echo "not as expected:$$failed"; exit 1; }

test: lint pytest ## everything that must hold before a change lands

lint: $(READY) ## ruff, mypy --strict, import contracts
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-cache

pytest: $(READY) # the tests alone; WORKERS=0 runs them in one process
	$(BIN)/python -m pytest --quiet -n $(WORKERS)

test-all: ## the tests on every supported Python that is found here
	@failed=; for version in $(VERSIONS); do \
	    if python="$$(.ci/find-python $$version 2>/dev/null)"; then \
	        echo "== Python $$version: $$python"; \
	        PYTHON="$$python" $(MAKE) --no-print-directory VENV=.venv-$$version pytest || failed="$$failed $$version"; \
	    else \
	        echo "== Python $$version: skipped, none found here"; \
	    fi; \
	done; [ -z "$$failed" ] || { echo "failed on:$$failed"; exit 1; }

prove: $(READY) ## check the laws on every exercise: every known wrong answer is caught and named
	$(BIN)/grader prove

release: $(READY) ## write exercises/ and source/ anew from solutions/
	$(BIN)/grader release

bench: $(READY) ## compare with one pytest, one unittest, and one kernel, a submission
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.notebooks

docs: $(READY) ## run the commands that README shows, and put in what they print
	$(BIN)/python docs/refresh.py README.md

lock: $(READY) ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --python-version 3.11 --extra dev \
	    --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean: ## remove what the other targets made
	rm -rf .venv .venv-3.* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
