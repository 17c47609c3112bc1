"""How gunicorn runs the portal, in production and behind `make start`."""

import os

from django.db import connections

wsgi_app = "asskomm.wsgi"
worker_class = "asskomm.webarbeiter.Webarbeiter"
logger_class = "asskomm.webarbeiter.Webprotokoll"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Each thread keeps one database connection: 2 × 16 stay well below the 60 of the embedded server
# and the usual 100 elsewhere.
threads = 16
preload_app = True
control_socket_disable = True

# Which proxy is believed is Django's business (TRUSTED_PROXIES); gunicorn believes none.
secure_scheme_headers = {}
forwarder_headers = ""

limit_request_line = 8190  # the most gunicorn allows; a longer one it refuses in English


def pre_fork(server, worker):
    """No worker inherits a database connection of the main process."""
    connections.close_all()
