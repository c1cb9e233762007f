# shellcheck shell=bash
# Shared by the scripts beside it: plain words, and the steps that bring .venv up to date.
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
unset PYTHONHOME PYTHONPATH
export PYTHONUTF8=1 PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

# Programs of .venv are always called as `"$python" -m …`: their own first line breaks in a path with spaces.
python=.venv/bin/python
log=instance/set-up.log

say() { printf '%s\n' "$*"; }

# stop STEP REMEDY: ends everything, naming the step that failed and what to do about it.
stop() {
  printf '\nThis step failed: %s\nWhat to do: %s\n' "$1" "$2" >&2
  exit 1
}

# step WORDS REMEDY COMMAND…: says what begins, and runs it.
step() {
  local words=$1 remedy=$2
  shift 2
  say "$words …"
  "$@" || stop "$words" "$remedy"
}

# counted PATTERN TOTAL COMMAND…: keeps what the command says in the log and shows how many lines match.
counted() {
  local pattern=$1 total=$2 count=0 line
  shift 2
  "$@" 2>&1 | while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    [[ $line =~ $pattern ]] || continue
    count=$((count + 1))
    if [ -t 1 ]; then
      printf '\r  %s%s' "$count" "$total"
    elif ((count % 10 == 0)); then
      say "  $count$total"
    fi
  done || return 1
  if [ -t 1 ]; then printf '\r\033[K'; fi
}

last_words() { tail -n 6 "$log" | sed 's/^/  | /' >&2; }

# debian REASON PACKAGE…: installs Debian's packages when root; anybody else is told what to type.
debian() {
  local reason=$1
  shift
  if [ "$(id -u)" != 0 ]; then
    stop "$reason" "type this, then try again:  sudo apt-get install $*"
  elif ! command -v apt-get >/dev/null; then
    stop "$reason" "install with your system's own package manager what Debian calls: $*"
  fi
  say "$reason Installing Debian's $* …"
  if ! { counted '^(Get|Unpacking|Setting)' ' steps' apt-get update -q &&
    counted '^(Get|Unpacking|Setting)' ' steps' \
      env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; }; then
    last_words
    stop "$reason" "see $PWD/$log, or type it yourself:  apt-get install $*"
  fi
}

# find_python STATEMENTS: prints the name of a Python of 3.11 or newer that runs the statements.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c "import sys; $1; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then
      say "$name"
      return
    fi
  done
  return 1
}

make_venv() {
  local found
  if ! command -v python3 >/dev/null; then
    debian "Python is missing." python3 python3-venv
  fi
  if ! find_python pass >/dev/null; then
    stop "Python 3.11 or newer is needed; this machine has $(python3 -V 2>&1)." \
      "install a newer Python (Debian 12 and later bring one), then try again."
  fi
  if ! find_python "import venv, ensurepip" >/dev/null; then
    debian "Python cannot make virtual environments here." "$(find_python pass)-venv"
  fi
  found=$(find_python "import venv, ensurepip") ||
    stop "Python still cannot make virtual environments." "install python3-venv, then try again."
  step "Making the virtual environment .venv" "delete the folder $PWD/.venv and try again." \
    "$found" -m venv --clear .venv
}

# venv: makes .venv unless a working one is there.
venv() {
  "$python" -c "import sys, importlib.util as u; sys.exit(not u.find_spec('pip') or sys.version_info < (3, 11))" \
    2>/dev/null || make_venv
}

# packages WHAT LOCKFILE…: installs exactly what the lock files name, unless .venv has it already.
packages() {
  local what=$1 key stamp file sources=()
  shift
  stamp=.venv/installed-$(printf '%s+' "$@")
  key=$(cat "$@" | sha256sum)
  if [ -f "$stamp" ] && [ "$(<"$stamp")" = "$key" ]; then return; fi
  for file in "$@"; do sources+=(-r "$file"); done
  say "Installing $what (first time: about a minute) …"
  if ! counted '^(Collecting|Processing|Requirement already)' " of about $(cat "$@" | grep -c '^[a-z].*==')" \
    "$python" -m pip install --no-input --progress-bar off --require-hashes "${sources[@]}"; then
    last_words
    stop "Installing $what" "check the connection to the package registry, then try again. All that pip said: $PWD/$log"
  fi
  printf '%s\n' "$key" >"$stamp"
}

# web_tools: the judges of served pages that tools/web/package-lock.json pins, from npm into instance/web-tools.
web_tools() {
  local folder=instance/web-tools key
  key=$(sha256sum <tools/web/package-lock.json)
  if [ -f "$folder/installed" ] && [ "$(<"$folder/installed")" = "$key" ]; then return; fi
  if ! command -v npm >/dev/null; then debian "The judges of pages come from npm." nodejs npm; fi
  mkdir -p "$folder"
  cp tools/web/package.json tools/web/package-lock.json tools/web/.npmrc "$folder/"
  step "Fetching the judges of pages from npm" "check the connection to the package registry, then try again." \
    npm --prefix "$folder" ci --ignore-scripts --no-audit --no-fund --loglevel error
  printf '%s\n' "$key" >"$folder/installed"
}

# Two makes at once in one folder take turns here; `set_up_done` lets the next one in.
begin_set_up() {
  mkdir -p instance 2>/dev/null && : >>"$log" ||
    stop "Writing to the folder $PWD/instance" "make the project's folder yours:  sudo chown -R $(id -un) '$PWD'"
  exec 9>instance/set-up.lock
  if ! flock -n 9; then
    say "Another make is setting things up in this folder; waiting for it …"
    flock 9
  fi
  : >"$log"
}

set_up_done() { exec 9>&-; }
