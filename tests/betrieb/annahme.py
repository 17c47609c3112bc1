"""A small Django application behind gunicorn that tells how much of a form it received."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

from asskomm.rumpf import VollstaendigerRumpf
from asskomm.webarbeiter import Webarbeiter


class EiligerWebarbeiter(Webarbeiter):
    frist = 5
    frist_im_andrang = 2


def nimm_an(request):
    return HttpResponse(str(len(request.POST["text"])))


def nenne_adresse(request):
    return HttpResponse(request.path)


urlpatterns = [path("", nimm_an), path("adresse/", nenne_adresse)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], LOGGING_CONFIG=None)
django.setup()
application = VollstaendigerRumpf(get_wsgi_application())
