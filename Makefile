# Build and test Ansatz. `make demo` and `make test` are all a new machine needs; see CONTRIBUTING.md.

PREFIX ?= /usr/local

# Every build takes the same flags, so that nothing builds twice. `swift test` would add a second
# -enable-testing of its own, which counts as a change: --disable-testable-imports leaves it out.
BUILD_FLAGS := -c release -Xswiftc -enable-testing
TEST_FLAGS := $(BUILD_FLAGS) --disable-testable-imports $(if $(FILTER),--filter $(FILTER))

.PHONY: help docs pages setup build demo test notebook check-notebooks bench fuzz hammer \
	check-kernels check-kills check-install lint imports install clean

help:
	@echo 'make demo              build, then compare a hybrid classifier with its baselines'
	@echo 'make test              build, then every check and test (FILTER=name for a part)'
	@echo 'make bench             measure every workload and write docs/performance.md'
	@echo '                       (PEERS=folder of a Python environment: other simulators too)'
	@echo 'make install PREFIX=…  the ansatz binary, its manual pages and completions under PREFIX, and'
	@echo '                       the library that packages of `ansatz new` are built against'
	@echo 'make notebook          open the notebooks in JupyterLab, with a kernel for Swift'
	@echo 'make check-notebooks   run them all, and compare with what they were saved with'
	@echo 'make fuzz              what reads text, under libFuzzer (MINUTES=5, TARGET=qasm3)'
	@echo 'make hammer            mutated inputs for the ansatz binary (COUNT=300, SEED=1)'
	@echo 'make lint | imports    the format check | the import-direction check alone'
	@echo 'make check-kernels     the C kernels alone: native, under sanitizers, for arm64'
	@echo 'make check-kills       a training killed at every file call of its checkpoints; some minutes'
	@echo 'make setup | build     install what the build needs | build alone'
	@echo 'make docs              the documentation site, under .build/docs-site'
	@echo 'make pages             write the pages that are made from the code, such as docs/gates.md'
	@echo 'make clean             remove the build folder'

setup:
	@scripts/setup.sh

build: setup
	swift build $(BUILD_FLAGS)

demo: build
	.build/release/ansatz compare breast-cancer

# With a filter only the test targets that it can mean are built.
test: imports lint $(if $(FILTER),setup,check-kernels build)
	$(if $(FILTER),ANSATZ_TESTS="$$(scripts/test-targets.sh '$(FILTER)')" )swift test $(TEST_FLAGS)
	@$(if $(FILTER),,$(MAKE) --no-print-directory hammer check-install docs check-notebooks)

# Some minutes without other simulators, some hours with them; the machine should be otherwise idle.
bench: build
	scripts/bench.py $(if $(PEERS),--peers '$(PEERS)') $(BENCH_FLAGS)

fuzz: setup
	scripts/fuzz.sh $(or $(MINUTES),1) $(TARGET)

# A short round; more with COUNT=5000 and another SEED.
hammer: build
	scripts/hammer.py .build/release/ansatz --count $(or $(COUNT),300) --seed $(or $(SEED),1)

check-kernels:
	@scripts/setup.sh test
	@scripts/check-kernels.sh

# `make test` takes some of the calls; this takes all of them.
check-kills: build
	scripts/kill-at-every-file-call.py

# The installed binary must work from any folder, without the toolchain and without an environment,
# and packages must build against the installed library.
check-install: setup
	@scripts/check-install.sh $(BUILD_FLAGS)

# Both set up an environment of their own under .build from the package index.
notebook: setup
	scripts/notebooks.sh open $(BUILD_FLAGS)

check-notebooks: setup
	scripts/notebooks.sh check $(BUILD_FLAGS)

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests circuits scripts Fuzzing

imports: setup
	swift package dump-package | swift scripts/check-imports.swift

# Comments on every public symbol, links that lead somewhere, no warnings; half a minute once built.
docs: build
	@scripts/docs.sh .build/docs-site $(BUILD_FLAGS)

pages: build
	ANSATZ_WRITE_PAGES=1 swift test $(BUILD_FLAGS) --disable-testable-imports --filter PageTests

install: setup
	scripts/install.sh '$(DESTDIR)$(PREFIX)' $(BUILD_FLAGS)

clean:
	swift package clean
