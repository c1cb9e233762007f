#!/usr/bin/env bash
# `make bench`: the served site against nginx, on ten thousand made-up products; photographs against sharp; the
# search against Tantivy and FTS5.
. "$(dirname -- "$0")/steps.sh"
begin_set_up
venv
packages "Python packages" requirements.txt

# Debian's nginx and wrk, unpacked and not installed: nothing starts by itself, and nobody need be root.
tools=$PWD/instance/bench-tools
fetch() {
  mkdir -p "$tools" && (cd "$tools" && apt-get download -qq "$@" && for file in *.deb; do dpkg -x "$file" .; done)
}
if ! [ -x /usr/sbin/nginx ] && ! [ -x "$tools/usr/sbin/nginx" ]; then
  step "Fetching Debian's nginx, to compare with" "install nginx, then try again." fetch nginx
fi
if ! command -v wrk >/dev/null && ! [ -x "$tools/usr/bin/wrk" ]; then
  fetch wrk libluajit-5.1-2 || say "wrk is not to be had: a slower client of our own asks instead."
fi
# What photographs and the search are measured against. None of them is part of the site.
fetch_sharp() { mkdir -p "$tools/sharp" && cd "$tools/sharp" && npm install --no-audit --no-fund --silent sharp@0.35.5; }
fetch_vips() { "$python" -m venv "$tools/vips" && "$tools/vips/bin/pip" install --quiet 'pyvips[binary]==3.2.0'; }
if command -v npm >/dev/null && ! [ -d "$tools/sharp/node_modules/sharp" ]; then
  (fetch_sharp) || say "sharp is not to be had: photographs are measured without it."
fi
[ -d "$tools/tantivy" ] || step "Fetching Tantivy, to compare with" "look at what pip says above." \
  "$python" -m pip install --quiet --no-deps --target "$tools/tantivy" tantivy==0.27.0
[ -x "$tools/vips/bin/python" ] || fetch_vips || say "pyvips is not to be had: photographs are measured without it."
step "Compiling the translations" "mend the file named above in translations/, then try again." \
  "$python" -m babel.messages.frontend --quiet compile --directory translations
set_up_done

missed=0
"$python" -m benchmarks.server || missed=1
"$python" -m benchmarks.search || missed=1
exit "$missed"
