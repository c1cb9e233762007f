#!/usr/bin/env bash
# `make check`: format, lint, types, templates, import contracts, translations; all of them, then the verdict.
. "$(dirname -- "$0")/steps.sh"
begin_set_up
venv
packages "Python packages for development" requirements.txt requirements-dev.txt
set_up_done

names=() remedies=() running=() failed=()
said=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$said"' EXIT

# check WORDS REMEDY COMMAND…: begins it beside the others and keeps what it says.
check() {
  names+=("$1") remedies+=("$2")
  shift 2
  "$@" >"$said/${#names[@]}" 2>&1 &
  running+=($!)
}

check "format" "make fix" "$python" -m ruff format --check --quiet --output-format concise
check "lint" "make fix, then mend what is left" "$python" -m ruff check --quiet --output-format concise
check "types" "mend what mypy names" "$python" -m mypy --no-error-summary
check "templates" "mend what djlint names" "$python" -m djlint templates --lint --quiet
check "import contracts" "move the import; the floors stand in pyproject.toml" \
  "$python" -c "from importlinter.cli import lint_imports_command; lint_imports_command()" --no-cache
check "translations" "make translations, then fill the gaps in translations/vi" "$python" tools/translations.py check
check "wording in templates and web" "put it through gettext" "$python" tools/wording.py

for number in "${!names[@]}"; do
  if wait "${running[number]}"; then
    say "✓ ${names[number]}"
  else
    say "✗ ${names[number]}" "$(<"$said/$((number + 1))")" | sed '2,$s/^/  /'
    failed+=("${names[number]}: ${remedies[number]}")
  fi
done

if [ "${#failed[@]}" -gt 0 ]; then
  printf '\n%s of 7 checks failed. What to do:\n' "${#failed[@]}" >&2
  printf '  %s\n' "${failed[@]}" >&2
  exit 1
fi
say "All checks passed."
