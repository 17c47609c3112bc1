"""The WSGI application, for gunicorn and any other server."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from asskomm.eingangszeit import Eingangszeit
from asskomm.kopfanfrage import OhneRumpf
from asskomm.rumpf import VollstaendigerRumpf

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asskomm.settings")

try:
    application = Eingangszeit(OhneRumpf(VollstaendigerRumpf(get_wsgi_application())))
except ImproperlyConfigured as fehler:
    sys.exit(str(fehler))
