#!/usr/bin/env bash
# `make bench`: how quickly and how lightly the main pages answer, on the data that `make run` has loaded.
. "$(dirname -- "$0")/steps.sh"
if ! [ -f "${CATALOGUE_INSTANCE:-instance}/set-up.done" ]; then
  stop "Measuring the pages" "type  make run  once, so that there are pages to measure."
fi
exec "$python" -m benchmarks.pages
