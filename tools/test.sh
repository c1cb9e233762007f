#!/usr/bin/env bash
# `make test`: all checks and tests. `make test-fast`: the tests that need neither browser nor PostgreSQL nor patience.
. "$(dirname -- "$0")/steps.sh"
# The packages of the S3 server do not go with the site's own, so it has a virtual environment to itself.
s3_server() (
  site=$python
  python=.venv/s3-server/bin/python
  [ -x "$python" ] || "$site" -m venv .venv/s3-server
  packages "the S3 server that tests talk to" requirements-s3.txt
)

begin_set_up
venv
packages "Python packages for development" requirements.txt requirements-dev.txt
[ "${1:-}" = fast ] || s3_server || say "Without it the tests on S3 are skipped."
set_up_done

compile_translations() {
  step "Compiling the translations" "mend the file named above in translations/, then try again." \
    "$python" -m babel.messages.frontend --quiet compile --directory translations
}

if [ "${1:-}" = fast ]; then
  compile_translations
  exec "$python" -m pytest --numprocesses 2 --dist loadfile -m "not browser and not postgres and not slow"
fi

if ! command -v chromium >/dev/null; then
  debian "The browser tests need Chromium." chromium
fi
bash tools/check.sh
compile_translations
say "Running all tests (about twenty minutes on two quiet cores) …"
# The folders in their order: what lasts long, such as the browser's files, is begun before what is short.
exec "$python" -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
