# Baton. `make run` starts the demo, `make test` proves it; `make help` lists the rest.
# Everything that is needed is installed by `make deps`: Debian packages, models and npm packages, each pinned.

.DEFAULT_GOAL := help
SHELL := /bin/sh
CACHE := $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/baton
NODE := PATH="$$(scripts/node-path):$$PATH"

.PHONY: help deps packages models web build run test unit e2e tsan fuzz bench bench-talk screens lint clean

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

packages:
	@scripts/packages

models: packages ## fetch speech and language models into the cache
	@scripts/fetch-models $(CACHE)/models

deps: packages models web/node_modules/.stamp ## install everything that is needed

web/node_modules/.stamp: web/package-lock.json
	@$(MAKE) --no-print-directory packages
	@echo "web: installing packages"
	@cd web && $(subst scripts/,../scripts/,$(NODE)) npm ci --no-audit --no-fund --loglevel=error --cache $(CACHE)/npm
	@touch $@

web/dist/.stamp: web/node_modules/.stamp $(shell find web/src web/public web/index.html web/vite.config.ts web/tsconfig.json docs/openapi.json -type f 2>/dev/null)
	@echo "web: building the app"
	@cd web && $(subst scripts/,../scripts/,$(NODE)) npm run --silent build
	@touch $@

web: web/dist/.stamp ## build the web app

build: packages ## build the release program at build/baton
	@scripts/build release baton baton-speech
	@ln -sf release/baton build/baton
	@ln -sf release/baton-speech build/baton-speech
	@[ ! -e $(CACHE)/models/minilm/vocab.txt ] || build/baton understand --scenario scenarios/demo-request.yaml hello >/dev/null # keeps the examples' vectors

run: deps web build ## install what is missing, build, and start the demo
	@exec build/baton demo

test: deps web build ## build and pass the whole suite
	@scripts/test

unit: packages models ## unit and fuzz-replay tests under ASan and UBSan only
	@scripts/build asan all
	@ctest --test-dir build/asan --output-on-failure

tsan: packages models ## the tests of threads under TSan
	@scripts/test tsan

e2e: deps web build ## end-to-end tests against the release program
	@scripts/test e2e

fuzz: packages ## fuzz every parser for a minute each (needs clang)
	@scripts/fuzz 60

bench: deps build ## print the measured numbers
	@build/baton bench media && build/baton bench turn && build/baton bench calls && build/baton bench intake && build/baton bench desk && build/baton bench amd && build/baton bench talk && tests/e2e/bench_web

SETS ?= tests/data

bench-talk: packages models build ## how much of labelled dialogues and utterances is understood (SETS=DIR for others)
	@build/baton bench talk --sets $(SETS)

screens: deps web build ## pictures of every page, from a demo with real calls, into build/screens
	@cd web && $(subst scripts/,../scripts/,$(NODE)) npm run --silent screens -- ../build/screens

lint: ## includes between rooms, headers that compile alone, banned words
	@scripts/lint

clean: ## remove what was built (the cache of models stays)
	@rm -rf build web/dist
