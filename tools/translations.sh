#!/usr/bin/env bash
# `make translations`: collects the site's wordings into translations/ and says what is still to be translated.
. "$(dirname -- "$0")/steps.sh"
begin_set_up
venv
packages "Python packages for development" requirements.txt requirements-dev.txt
set_up_done

exec "$python" tools/translations.py extract
