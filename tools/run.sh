#!/usr/bin/env bash
# `make run`: sets up what is missing or has changed, then serves the site until Ctrl-C.
. "$(dirname -- "$0")/steps.sh"

export PORT=${PORT:-8000}
instance=${CATALOGUE_INSTANCE:-instance}
stamp=$instance/set-up.done

require_free_port() {
  if ! [[ $PORT =~ ^[0-9]{1,5}$ ]] || ((10#$PORT < 1 || 10#$PORT > 65535)); then
    stop "Reading PORT=$PORT" "give a number from 1 to 65535, as in:  make run PORT=8080"
  elif (: <>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
    stop "Opening port $PORT: another program uses it, perhaps this site in another window" \
      "end that program, or choose another port:  make run PORT=$((10#$PORT < 65535 ? 10#$PORT + 1 : 8000))"
  fi
}

# What the database, the index and the compiled translations are made from; pages and styles are not among it.
fingerprint() {
  {
    printf '%s\n' "${DATABASE_URL:-}"
    find requirements.txt config.py catalogue translations -type f \
      \( -name '*.py' -o -name '*.json' -o -name '*.po' -o -name requirements.txt \) \
      ! -path 'catalogue/web/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum
}

# Deleting the database, the index or a compiled translation is a way to have it made again.
all_there() {
  local catalog
  for catalog in translations/*/LC_MESSAGES/messages.po; do
    [ -f "${catalog%.po}.mo" ] || return 1
  done
  if with_samples && [ ! -f "$samples" ]; then return 1; fi
  [ -n "$(index_in_use)" ] && { [ -n "${DATABASE_URL:-}" ] || [ -f "$instance/catalogue.db" ]; }
}

index_in_use() { cat "$instance/index/current" 2>/dev/null || true; }

load_seeds() {
  local code=0
  "$python" -m flask --app catalogue seed load || code=$?
  if [ "$code" = 3 ]; then
    say "  The records named above were edited on the site and stay as they are."
    code=0
  fi
  return "$code"
}

prepare_data() {
  local key indexed
  key=$(fingerprint)
  if [ -f "$stamp" ] && [ "$(<"$stamp")" = "$key" ] && all_there; then return; fi
  step "Compiling the translations" "mend the file named above in translations/, then try again." \
    "$python" -m babel.messages.frontend --quiet compile --directory translations
  step "Compiling the program" "read the last line above." "$python" -m compileall -q catalogue config.py
  step "Bringing the database up to date" "read the last line above; the data is as it was before that step." \
    "$python" -m flask --app catalogue db upgrade
  indexed=$(index_in_use)
  step "Loading the data" "mend what is named above in catalogue/seeds/, then try again; nothing was written." \
    load_seeds
  # Loading made the index anew if it changed a record; else it may have been made by an older program.
  if [ "$(index_in_use)" = "$indexed" ]; then
    step "Bringing the search index up to date" "delete the folder $instance/index, then try again." \
      "$python" -m flask --app catalogue search rebuild
  fi
  if with_samples; then
    step "Making the sample accounts" "read the last line above." make_samples
  fi
  printf '%s\n' "$key" >"$stamp"
}

# People to try the site with exist on the default set-up only, never where the site is in earnest.
samples=$instance/sample-accounts.json
with_samples() { [ "${CATALOGUE_ENV:-}" != production ] && [ -z "${DATABASE_URL:-}" ]; }

make_samples() {
  "$python" -m flask --app catalogue users sample >/dev/null
}

show_samples() {
  if ! with_samples; then return; fi
  say "
  Đăng nhập thử:           producer@example.test, staff@example.test, administrator@example.test
  To sign in and try it:   http://127.0.0.1:$PORT/account/sign-in
  Passwords and keys:      $samples, or type: $python -m flask --app catalogue users sample"
}

# The site goes on without it; only line sheets as PDF are then not there.
tell_without_pango() {
  if "$python" -c 'import ctypes.util, sys; sys.exit(ctypes.util.find_library("pangoft2-1.0") is not None)'; then
    say "Line sheets as PDF need Pango:  sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0"
  fi
}

require_free_port
begin_set_up
venv
packages "Python packages" requirements.txt
prepare_data
tell_without_pango
set_up_done

require_free_port
show_samples
say "
  Trang web đang mở tại:   http://127.0.0.1:$PORT/vi/
  The site is served at:   http://127.0.0.1:$PORT/en/
  Ctrl-C: dừng / stop
"
exec "$python" tools/serve.py "$PORT"
