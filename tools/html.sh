#!/usr/bin/env bash
# `make check-html`: the Nu HTML checker on every page type in both languages.
. "$(dirname -- "$0")/steps.sh"
begin_set_up
venv
packages "Python packages for development" requirements.txt requirements-dev.txt
if ! command -v java >/dev/null; then debian "The Nu HTML checker needs Java." default-jre-headless; fi
web_tools
step "Compiling the translations" "mend the file named above in translations/, then try again." \
  "$python" -m babel.messages.frontend --quiet compile --directory translations
set_up_done

exec "$python" -m pytest -q tests/integration/web/test_html.py
