# Everything a person types. The work itself is done by the small scripts in tools/.
.POSIX:
.PHONY: help run test test-fast check check-html fix bench lighthouse soak translations lock

help:
	@echo "make run           set up what is missing and open the site on http://127.0.0.1:8000 (PORT=8080 changes it)"
	@echo "make test          all checks and all tests, in Chromium and on PostgreSQL too"
	@echo "make test-fast     the tests that need neither browser nor PostgreSQL, in under a minute"
	@echo "make check         format, lint, types, templates, import contracts, translations"
	@echo "make check-html    the Nu HTML checker on every page type (fetches it from npm; needs Java)"
	@echo "make fix           put the format right, and what lint can mend by itself"
	@echo "make bench         how quickly pages answer, beside nginx, and photographs are rendered, beside sharp; how quickly the search answers, beside Tantivy"
	@echo "make lighthouse    what Lighthouse says of twelve pages on a phone (fetches it from npm)"
	@echo "make soak          ten minutes of sixteen clients on the served site (SOAK_S=60 is shorter)"
	@echo "make translations  collect the site's wordings into translations/"
	@echo "make lock          pin the newest packages that requirements*.in allow"

run:
	@bash tools/run.sh

test:
	@bash tools/test.sh

test-fast:
	@bash tools/test.sh fast

check:
	@bash tools/check.sh

check-html:
	@bash tools/html.sh

fix:
	@bash tools/fix.sh

bench:
	@bash tools/bench.sh

lighthouse:
	@bash tools/lighthouse.sh

soak:
	@bash tools/soak.sh

translations:
	@bash tools/translations.sh

lock:
	@bash tools/lock.sh
