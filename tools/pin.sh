#!/bin/sh
# Pin what ./run and ./test install, with hashes; run it after a change to the dependencies in pyproject.toml.
set -eu
cd -- "$(dirname -- "$0")/.."
pin() { # pin OUTPUT [OPTION …]
    output=$1
    shift
    uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        "$@" pyproject.toml -o "$output"
}
pin requirements.txt --extra pdf
pin requirements-dev.txt --group dev --extra pdf --extra parquet
