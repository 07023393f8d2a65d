#!/bin/sh
# Makes .venv with the oldest fitting Python and installs what the given lock file pins, and `bot`.
# Usage: scripts/venv.sh requirements.txt
set -eu
lock="$1"

if [ -L .venv ]; then
    # Shared with another copy: to install here would point that one's `bot` at this folder.
    echo ".venv is a symbolic link: it is left as it is. Set it up in the folder that it belongs to."
    exit 0
fi

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
        if fits "$name"; then echo "$name"; return; fi
    done
    echo "師鐘 needs Python 3.11 or newer; none was found. Install it, or name one: make PYTHON=…" >&2
    exit 1
}

if ! { [ -x .venv/bin/python ] && fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python="$(find_python)"
    echo "Making .venv with $("$python" --version) …"
    "$python" -m venv --clear .venv || {
        echo "$python cannot make a virtual environment: install its venv package (Debian: apt-get install python3-venv)." >&2
        exit 1
    }
fi

echo "Installing what $lock pins …"
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }
pip install --quiet --require-hashes -r "$lock"
pip install --quiet --no-deps --no-build-isolation --editable .
