# `make run` and `make test` set up what is missing and do the rest; `make help` lists all targets.

EXAMPLE = examples/census
OUT = out
VENV = .venv
PYTHON = python3
FUZZ_SECONDS = 31536000
WORKFLOWS = 1000
SWIFT_PATHS = $(wildcard Package.swift Sources Tests templates)

APT = $(if $(filter 0,$(shell id -u)),,sudo )apt-get
install = { $(APT) install -y $(1) || { $(APT) update && $(APT) install -y $(1); }; }

.PHONY: help setup build release dist test-dist build-tests test-tools test-programs run test agree mutants fuzz lint format bench \
    record docs clean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install libyaml-dev, nettle-dev and pkg-config where they are missing
	@command -v swift >/dev/null || { echo "Swift 6.2 or later is needed: see swift.org/install" >&2; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.10 or later is needed" >&2; exit 1; }
	@pkg-config --exists yaml-0.1 nettle 2>/dev/null || { \
	    echo "Installing pkg-config, libyaml-dev and nettle-dev"; \
	    $(call install,pkg-config libyaml-dev nettle-dev) && pkg-config --exists yaml-0.1 nettle; \
	} || { echo "Please install pkg-config and the headers of libyaml and nettle" \
	    "(Debian: pkg-config, libyaml-dev, nettle-dev; macOS: brew install pkgconf libyaml nettle)" >&2; exit 1; }

build: setup ## build the command line (debug)
	swift build --product dorc-synth

# On macOS there is no static executable: the system's libraries, Swift's runtime among them, are part of the system. All other
# libraries are linked from their archives, and `make dist` fails if any is not.
DARWIN = $(filter Darwin,$(shell uname))
STATIC = $(if $(DARWIN),,--static-swift-stdlib -Xswiftc -static-executable)
COMMIT = $(shell git describe --always --dirty --exclude '*' --abbrev=12 2>/dev/null)
# The repository's address, for the packages and for `explain`: empty in a build that nobody releases.
HOMEPAGE ?= $(if $(GITHUB_REPOSITORY),$(GITHUB_SERVER_URL)/$(GITHUB_REPOSITORY))
export HOMEPAGE
release_build = $(if $(DARWIN),PKG_CONFIG_PATH="$(CURDIR)/.build/archives") BUILD_COMMIT=$(COMMIT) BUILD_HOMEPAGE=$(HOMEPAGE) \
    swift build -c release $(STATIC)

release: setup ## build the program to ship, static: .build/dorc-synth
	$(if $(DARWIN),$(PYTHON) -B packaging/archives.py .build/archives)
	$(release_build) --product dorc-synth
	strip -o .build/dorc-synth .build/release/dorc-synth
	$(if $(DARWIN),codesign --force --sign - .build/dorc-synth)
	@env -i .build/dorc-synth --version

dist: release ## make the packages of a release: dist/*.tar.gz, *.deb, *.whl, with checksums and an SBOM
	$(release_build) --product generate-manual
	$(PYTHON) -B packaging/make.py .build/dorc-synth .build/release/generate-manual dist

test-dist: $(VENV)/tests.stamp ## install what is in dist/ into fresh environments, and run it there
	$(VENV)/bin/python -B -m pytest -q -p no:cacheprovider packaging

build-tests: setup
	swift build --build-tests

test-tools: $(VENV)/tests.stamp $(VENV)/checkov.stamp test-programs

test-programs: setup
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null \
	    && command -v dot >/dev/null || { \
	    echo "Installing chromium and graphviz"; $(call install,chromium graphviz) >/dev/null; \
	} || { echo "Please install Chromium and Graphviz (Debian: chromium, graphviz)" >&2; exit 1; }

run: build ## synthesize the example into out/
	.build/debug/dorc-synth --config $(EXAMPLE) $(OUT)/

# While one waits for the compiler, the other does for the network.
test: setup ## run all tests
	@$(MAKE) --no-print-directory -j 2 build-tests test-tools
	PYTHONDONTWRITEBYTECODE=1 $(VENV)/bin/python Tests/Python/run_tests.py

agree: build $(VENV)/tests.stamp ## what a workflow means, a simulator and the runner agree on WORKFLOWS=1000 random workflows
	DORC_WORKFLOWS=$(WORKFLOWS) PYTHONDONTWRITEBYTECODE=1 $(VENV)/bin/python -m pytest -q -c Tests/Python/pytest.ini -n 2 \
	    $(addprefix Tests/Python/test_,semantics.py runner_semantics.py what_happens_when.py)

fuzz: setup ## change config repositories at random until stopped (FUZZ_SECONDS=600 SEED=1); findings in .build/fuzz
	swift build -c release --product dorc-fuzz
	.build/release/dorc-fuzz --seconds $(FUZZ_SECONDS) $(if $(SEED),--seed $(SEED))

mutants: setup $(VENV)/tests.stamp ## change the program in small ways, and expect a test to fail for each (MUTANTS="1 5")
	$(VENV)/bin/python -B Tests/Mutants/run.py $(MUTANTS)

lint: ## check the formatting of the Swift code
	swift format lint --strict --recursive --parallel $(SWIFT_PATHS)

format: ## format the Swift code
	swift format --in-place --recursive --parallel $(SWIFT_PATHS)

bench: setup $(VENV)/bench.stamp ## measure against the physical limit and the peers (BENCH="--sizes 1,10 --write")
	$(VENV)/bin/python -B bench/run.py $(BENCH)

record: build-tests ## write the snapshots and the generated documentation anew; review them with git diff
	-DORC_RECORD=1 swift test --skip-build --filter 'SnapshotTests|DocumentationTests'
	@echo "Recorded (a recording run fails on purpose). Now: git diff Tests/SnapshotTests docs && make test"

docs: build ## draw the pictures of the documentation anew
	.build/debug/dorc-synth graph raw/returns --config examples/census --format svg --output docs/images/returns.svg
	.build/debug/dorc-synth graph curated/quality --config examples/census --format svg --output docs/images/quality.svg
	.build/debug/dorc-synth graph --config examples/census --format svg --output docs/images/project.svg

clean: ## remove everything that was built
	rm -rf .build .build-* $(VENV) $(OUT) dist

# checkov pins versions of what the AWS CLI needs in others: it has an environment of its own.
$(VENV)/checkov.stamp: Tests/Python/checkov-requirements.txt | $(VENV)/tests.stamp
	$(VENV)/bin/python -m venv $(VENV)/checkov
	$(VENV)/checkov/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(VENV)/tests.stamp: Tests/Python/requirements.txt
$(VENV)/bench.stamp: bench/requirements.txt
$(VENV)/%.stamp: | setup
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(call install,python3-venv) || \
	    { echo "Please install Python's venv module (Debian: python3-venv)" >&2; exit 1; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $^
	@touch $@
