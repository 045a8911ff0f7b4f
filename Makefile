# Beseda. `make` lists what there is; needs Go, make and git, and for the tests apt (or what ready.sh names).
SHELL   := bash
GO      ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: build ## build, then try it: a shop and a team in a temporary folder
	bin/beseda demo

build: widget ## one binary: bin/beseda
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/beseda ./server/cmd/beseda

widget: ## what browsers receive: widget/dist
	$(GO) run ./widget/bundle

visitor: ## the visitor's widget with TinyGo, to be committed
	tools/tinygo/install.sh
	$(GO) run ./widget/bundle -tinygo

test: ready build ## everything, browser tests included
	$(GO) vet ./... && GOOS=js GOARCH=wasm $(GO) build ./protocol ./wasm/...
	$(GO) test -race -shuffle=on -timeout 40m $$($(GO) list ./... | grep -v /server/browser)
	$(GO) test -shuffle=on -timeout 40m ./server/browser # which drives programs; chromedp has a race where it joins a frame
	$(GO) test ./server/desk -sequences 100000 # each race a thousand times, and each random sequence

check: ready build ## what a release wants beside the tests: linters, generated files, a fresh widget
	test -z "$$(gofmt -l . | tee /dev/stderr)"
	$(GO) tool staticcheck ./...
	$(GO) generate ./protocol ./store && git diff --exit-code -- protocol store
	$(GO) run ./widget/bundle -fresh

bench: build ## the figures of the README
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 60m ./server/... ./store/...

fuzz: ## 30 s of each fuzz target
	@for t in $$(grep -rlE '^func Fuzz' --include=*_test.go . | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9]+' $$t/*_test.go | cut -c6-); do \
	    echo "$$t $$f"; $(GO) test $$t -run '^$$' -fuzz "^$$f$$" -fuzztime 30s || exit 1; done; done

ready: ## install what the tests need (Debian), or say what is missing
	@./ready.sh

.PHONY: help run build widget visitor test check bench fuzz ready
