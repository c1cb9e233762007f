#!/usr/bin/env bash
# `make lighthouse`: what Lighthouse says of the served pages on a phone, in both languages.
. "$(dirname -- "$0")/steps.sh"
begin_set_up
venv
packages "Python packages for development" requirements.txt requirements-dev.txt
if ! command -v chromium >/dev/null; then debian "Lighthouse drives Chromium." chromium; fi
web_tools
step "Compiling the translations" "mend the file named above in translations/, then try again." \
  "$python" -m babel.messages.frontend --quiet compile --directory translations
set_up_done

exec "$python" -m benchmarks.lighthouse
