# Two words are enough: `make start` runs the portal, `make test` proves it.

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
EINRICHTEN := $(PYTHON) -m asskomm.einrichten
export CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser)
export PYTHONUTF8 := 1

.PHONY: start code dev stop check test format lock pruefungen bench python

start: python  ## the portal with real data and Beispieldaten on http://127.0.0.1:8000 (PORT=… for another port)
	@$(EINRICHTEN) port local
	@exec $(VENV_PYTHON) -m asskomm.starten

code: python  ## the second factor of the demo accounts, as an authenticator app would show it
	@$(PYTHON) -m asskomm.beispielcode

dev: python  ## the same with Django's development server: DEBUG, reload on change
	@$(EINRICHTEN) port local
	@exec $(VENV_PYTHON) -m asskomm.starten --entwicklung

stop: python  ## end an embedded database left behind by a killed process
	@$(EINRICHTEN) local
	@$(VENV_PYTHON) -m asskomm.eingebettet

check: pruefungen  ## lint, format, import contracts, migrations, fast tests
	@$(VENV_PYTHON) -m pytest -q --numprocesses auto --dist worksteal -m "not browser and not slow and not thorough"

test: python  ## everything, browser tests included
	@$(EINRICHTEN) browser dev
	@$(MAKE) --no-print-directory pruefungen
	@$(VENV_PYTHON) -m pytest -q --numprocesses auto --dist worksteal -m "not browser"
	@$(VENV_PYTHON) -m pytest -q --numprocesses 3 --dist worksteal -m "browser"

pruefungen: python
	@$(EINRICHTEN) dev
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	.venv/bin/lint-imports
	DEBUG=1 $(VENV_PYTHON) manage.py makemigrations --check --dry-run

format: python  ## lay the code out
	@$(EINRICHTEN) dev
	$(VENV_PYTHON) -m ruff check --fix .
	$(VENV_PYTHON) -m ruff format .

# uv is a tool of this one target only, so it lives in a folder of its own and in no lock file.
SPERREN = var/lock/bin/uv pip compile pyproject.toml --quiet --no-config --system-certs \
	--universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock"

lock: python  ## take the newest versions pyproject.toml allows
	$(PYTHON) -m venv --clear var/lock
	var/lock/bin/pip install --quiet uv
	$(SPERREN) --extra local --extra dev --output-file var/lock/dev.txt
	$(SPERREN) --extra local --constraints var/lock/dev.txt --output-file var/lock/local.txt
	$(SPERREN) --constraints var/lock/dev.txt --output-file var/lock/production.txt
	mv var/lock/dev.txt var/lock/local.txt var/lock/production.txt requirements/

python:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "Es fehlt Python ($(PYTHON)). Richten Sie es einmal ein mit: sudo apt-get install python3-venv" >&2; exit 1; }

bench:  ## the benchmark, with ten times the data (FAKTOR=… for another size)
	@$(EINRICHTEN) dev
	@$(VENV_PYTHON) -m tests.leistung $(FAKTOR)
