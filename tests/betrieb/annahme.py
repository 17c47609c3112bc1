"""A small Django application behind gunicorn that tells how much of a form it received."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

from asskomm.rumpf import VollstaendigerRumpf


def nimm_an(request):
    return HttpResponse(str(len(request.POST["text"])))


urlpatterns = [path("", nimm_an)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], LOGGING_CONFIG=None)
django.setup()
application = VollstaendigerRumpf(get_wsgi_application())
