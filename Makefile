# Maatje. `make run` shows it, `make test` checks it; both install what they miss.
.PHONY: run test build assets generate bench match-bench fuzz faults slow check clean

run: build
	./bin/maatje demo

# One static binary: pages, texts, migrations and assets are inside it.
build: assets
	CGO_ENABLED=0 go build -trimpath -o bin/maatje ./cmd/maatje

assets:
	scripts/install npm
	npm run --silent build

# Everything that is written by a program and read by a person or a compiler.
generate:
	go generate ./...

test:
	scripts/test

# The quick half of `make test`, while working: no database server and no browser.
check:
	scripts/install npm linter
	scripts/check

bench:
	scripts/bench

# The assignment of volunteers to families beside another solver, on the same instances.
match-bench:
	scripts/match-bench

# Everything that reads bytes from outside, a minute each; docs/fuzz.md lists it.
fuzz:
	scripts/fuzz

# Kills, power losses, cut connections and failing disks at full length; docs/reliability.md says what came of it.
faults:
	scripts/faults

# A thousand slow connections beside everybody else.
slow:
	scripts/slow

clean:
	rm -rf bin node_modules internal/web/assets/dist/*
