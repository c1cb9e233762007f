#!/usr/bin/env bash
# `make lock`: pins the newest packages that requirements*.in allow, each with its hashes.
. "$(dirname -- "$0")/steps.sh"
begin_set_up
venv
packages "Python packages for development" requirements.txt requirements-dev.txt
set_up_done

for name in requirements requirements-dev requirements-s3; do
  step "Pinning $name.in" "read what uv says above." \
    "$python" -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade \
    "$name.in" --output-file "$name.txt"
done
