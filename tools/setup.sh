# Sourced by ./run and ./test: a virtual environment with what is pinned, made anew when a pin changes.

setup() { # setup ROOT ENV REQUIREMENTS
    stamp="$2/.installed-$3"
    if [ -f "$stamp" ] && cmp -s "$1/$3" "$stamp"; then
        return
    fi
    python=$(find_python) || {
        echo "onrecord needs Python 3.11 or newer on the PATH" >&2
        exit 2
    }
    [ -x "$2/bin/python" ] || "$python" -m venv "$2"
    echo "Setting up (once) …" >&2
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python "$2/bin/python" --require-hashes -r "$1/$3"
        uv pip install --quiet --python "$2/bin/python" --no-deps -e "$1"
    else
        "$2/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1/$3"
        "$2/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e "$1"
    fi
    cp "$1/$3" "$stamp"
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}
