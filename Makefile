# Each target installs what it needs and then runs it. `make help` lists them.
NESTED_SCRATCH ?= $(CURDIR)/.build-nested
LINKAGE_SCRATCH ?= $(CURDIR)/.build-linkage
SUITE ?= trixie
PREFIX ?= /usr/local
export NESTED_SCRATCH LINKAGE_SCRATCH

# Packages share the folder: a plan that another package left there would be taken for this one's.
TOOL = swift build -c release --disable-build-manifest-caching --package-path Modules/LoginTool --scratch-path "$(NESTED_SCRATCH)" --product login-tool
QUICKSTART = swift build --disable-build-manifest-caching --package-path Modules/Quickstart --scratch-path "$(NESTED_SCRATCH)" --product quickstart
DEV_AUTH_SERVER = swift build --disable-build-manifest-caching --package-path Modules/DevAuthServerProgram --scratch-path "$(NESTED_SCRATCH)" --product dev-auth-server

.DEFAULT_GOAL := help
.PHONY: help quickstart dev-auth-server walkthrough tool install test test-durability test-debian nightly vectors vectors-doc bench bench-peers bench-chart gate sanitize fuzz format api docs clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

quickstart: ## run the web app, the authorization server and the API on this machine
	@.ci/install quickstart
	@$(QUICKSTART)
	@exec "$$($(QUICKSTART) --show-bin-path)/quickstart"

dev-auth-server: ## run a login server for development on this machine; ARGUMENTS='--config FILE.json', or --help
	@.ci/install build
	@$(DEV_AUTH_SERVER) >&2
	@exec "$$($(DEV_AUTH_SERVER) --show-bin-path)/dev-auth-server" $(ARGUMENTS)

walkthrough: ## print the ten steps of one login in the terminal
	@.ci/install build
	@swift run Walkthrough

tool: ## build login-tool, which examines settings and verifies tokens, and print where it is
	@.ci/install build
	@$(TOOL) >&2
	@echo "$$($(TOOL) --show-bin-path)/login-tool"

install: ## build login-tool and install it below PREFIX (/usr/local); DESTDIR is respected
	@.ci/install build
	@$(TOOL) >&2
	@install -d "$(DESTDIR)$(PREFIX)/bin"
	@install -m 755 "$$($(TOOL) --show-bin-path)/login-tool" "$(DESTDIR)$(PREFIX)/bin/login-tool"
	@echo "$(DESTDIR)$(PREFIX)/bin/login-tool"

test: ## run all tests: root, nested packages, examples, login-tool, real providers, reported answers, a real browser
	@.ci/install test
	@.ci/test

test-durability: ## kill, fill, unplug and attack the durable session stores (root); ends with one line per figure
	@.ci/install durability
	@.ci/durability

test-debian: ## build, test and log in on another Debian, SUITE=trixie or forky (root)
	@.ci/install platforms
	@.ci/platforms "$(SUITE)" quickstart

nightly: ## what takes too long for the gate: long kill loops, many restarts, all vectors, two other Debians
	@.ci/nightly

vectors: ## judge all vectors and a million changed tokens; ends with one line per figure
	@.ci/install vectors
	@.ci/vectors.py full

vectors-doc: ## the same, and write table and figures to Docs/Security/JOSE.md
	@.ci/install vectors
	@.ci/vectors.py doc

bench: ## measure verification and session stores against the bare engines
	@.ci/install bench
	@Benchmarks/run

bench-peers: ## measure other libraries against the same floor, in the same run
	@.ci/install bench
	@Benchmarks/Peers/compare

bench-chart: ## draw the last run of bench-peers and put its table into the documentation
	@Benchmarks/Peers/chart

gate: ## run every proof that must hold before a change lands
	@.ci/run

sanitize: ## run the tests of JOSE and below under the thread and the address sanitizer
	@.ci/install build
	@.ci/sanitize

fuzz: ## run each fuzz target for SECONDS_EACH seconds (60)
	@.ci/install build
	@.ci/fuzz

format: ## format all sources
	@git ls-files -z --cached --others --exclude-standard -- '*.swift' | xargs -0 swift format --in-place --parallel

api: ## write the public surface of each product to Docs/API
	@.ci/install build
	@swift build
	@swift build --enable-all-traits --scratch-path .build-traits
	@.ci/api.py update

docs: ## build the site of all products, guides and tutorials into .build/docs, and print how to read it
	@.ci/install build
	@swift build
	@swift build --enable-all-traits --scratch-path .build-traits
	@.ci/docs

clean: ## remove everything that was built
	rm -rf .build .build-traits .build-artifacts .build-bench .build-peers .build-sanitize-thread .build-sanitize-address .build-fuzz "$(NESTED_SCRATCH)" "$(LINKAGE_SCRATCH)"
