"""How gunicorn runs the portal, in production and behind `make start`."""

import os

from django.db import connections

wsgi_app = "asskomm.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True
control_socket_disable = True

# Which proxy is believed is Django's business (TRUSTED_PROXIES); gunicorn believes none.
secure_scheme_headers = {}


def pre_fork(server, worker):
    """No worker inherits a database connection of the main process."""
    connections.close_all()
