#!/usr/bin/env bash
# `make soak`: sixteen clients on the served site for ten minutes; SOAK_S=60 makes it a minute.
. "$(dirname -- "$0")/steps.sh"
begin_set_up
venv
packages "Python packages for development" requirements.txt requirements-dev.txt
step "Compiling the translations" "mend the file named above in translations/, then try again." \
  "$python" -m babel.messages.frontend --quiet compile --directory translations
set_up_done

say "A thousand commits, each read back from another process …"
VERSION_ROUNDS=${VERSION_ROUNDS:-1000} "$python" -m pytest -q tests/integration/web/test_caching.py -k another_process
say "Thirty phones on a weak signal that breaks off …"
WORKSHOP_RUNS=${WORKSHOP_RUNS:-30} "$python" -m pytest -q tests/browser/test_workshop_offline.py -k weak_signal
say "Two hundred workers killed while they index, and a minute of eight readers beside a writer …"
INDEX_KILLS=${INDEX_KILLS:-200} INDEX_LOAD_S=${INDEX_LOAD_S:-60} "$python" -m pytest -q tests/integration/search \
  -k "killed or eight_readers"
exec "$python" -m benchmarks.soak
