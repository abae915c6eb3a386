# `make demo` shows what onrecord does; `make test` is everything a contributor runs. Each makes and uses its own `.venv`.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# maturin and plain cargo build with other settings: with one folder each would undo the other's work.
export CARGO_TARGET_DIR ?= $(CURDIR)/target
WHEEL_TARGET := $(CARGO_TARGET_DIR)/wheel
SOURCES := Cargo.toml Cargo.lock build.rs pyproject.toml $(shell find src -type f)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONHASHSEED := 0

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

.PHONY: demo
demo: $(VENV)/demo ## install the package and read the bundled sample stories; leaves out/*.parquet and out/story.html
	$(BIN)/python -m onrecord demo -o out

.PHONY: test
test: lint test-rust test-python test-notebooks ## everything: format, lints, types, Rust, Python, notebooks

.PHONY: lint
lint: $(VENV)/develop ## formats and lints: cargo fmt, clippy, ruff, mypy --strict, stubs against the binary
	cargo fmt --check
	cargo clippy --all-targets --no-default-features --features train --locked -- -D warnings
	cargo clippy --all-targets --locked -- -D warnings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest onrecord._core

.PHONY: test-rust
test-rust: toolchain ## the core alone, without Python: unit tests, properties, cases, documentation
	cargo test --no-default-features --features train --locked
	RUSTDOCFLAGS="-D warnings" cargo doc --no-default-features --no-deps --locked

.PHONY: test-python
test-python: $(VENV)/develop ## the package: behaviour, properties, cases, gold, the wheel
	$(BIN)/python -m pytest -m 'not corpora'

.PHONY: test-notebooks
test-notebooks: $(VENV)/develop ## run the notebooks on the bundled sample
	$(BIN)/python -m pytest --nbmake notebooks

.PHONY: test-engines
test-engines: $(VENV)/develop ## the real corpora and the notebooks on them, where they are (ONRECORD_DATA, else ../shared/data)
	$(BIN)/python -m pytest -m corpora

.PHONY: format
format: $(VENV)/develop ## format Rust, Python and notebooks
	cargo fmt
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: notebooks
notebooks: $(VENV)/develop ## run the notebooks on the bundled sample and save what they show
	$(BIN)/python tools/run_notebooks.py notebooks/*.ipynb

.PHONY: bench
bench: $(VENV)/develop ## how right, how fast and how linear, on the data of ../shared (peers.py and sentences.rs: by hand)
	$(BIN)/python benches/accuracy.py
	$(BIN)/python benches/speed.py
	$(BIN)/python benches/linear.py

.PHONY: clean
clean: ## remove everything that was built
	rm -rf $(VENV) $(CARGO_TARGET_DIR) out dist python/onrecord/*.so

.PHONY: toolchain
toolchain:
	@command -v cargo >/dev/null 2>&1 || { echo "make: onrecord is built from Rust, and there is no cargo here." \
	  "Install a toolchain from https://rustup.rs (1.88 or newer), open a new shell, and run make again." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { echo "make: onrecord needs" \
	  "Python 3.10 or newer as $(PYTHON); name another with make PYTHON=..." >&2; exit 1; }

$(BIN)/python: | toolchain
	$(PYTHON) -m venv $(VENV)

# The package as users install it, with what the demo needs.
$(VENV)/demo: $(BIN)/python $(SOURCES) | toolchain
	CARGO_TARGET_DIR=$(WHEEL_TARGET) $(BIN)/python -m pip install --quiet '.[pandas]'
	@touch $@

# The package in place, with all that the tests need.
$(VENV)/develop: $(BIN)/python $(SOURCES) | toolchain
	CARGO_TARGET_DIR=$(WHEEL_TARGET) $(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@
