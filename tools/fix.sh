#!/usr/bin/env bash
# `make fix`: puts the format right, and what lint can mend by itself.
. "$(dirname -- "$0")/steps.sh"
begin_set_up
venv
packages "Python packages for development" requirements.txt requirements-dev.txt
set_up_done

say "Mending what lint can mend …"
"$python" -m ruff check --fix --exit-zero --quiet
say "Putting the format right …"
"$python" -m ruff format
