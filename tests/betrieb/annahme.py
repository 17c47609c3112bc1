"""A small Django application behind gunicorn that tells what reached it, and when."""

import time

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

from asskomm.eingangszeit import Eingangszeit, eingang_um
from asskomm.rumpf import VollstaendigerRumpf
from asskomm.webarbeiter import Webarbeiter


class EiligerWebarbeiter(Webarbeiter):
    frist = 5
    frist_im_andrang = 2


def nimm_an(request):
    return HttpResponse(str(len(request.POST["text"])))


def nenne_adresse(request):
    return HttpResponse(request.path)


def nenne_eingang(request):
    """When the request counts as arrived, and when the view got it."""
    gelesen = len(request.body)
    text = f"{eingang_um(request).timestamp()} {time.time()} {gelesen}"
    return HttpResponse(text, headers={"Content-Length": str(len(text))})


def halte_auf(request):
    time.sleep(1.5)
    return HttpResponse()


urlpatterns = [
    path("", nimm_an),
    path("adresse/", nenne_adresse),
    path("eingang/", nenne_eingang),
    path("langsam/", halte_auf),
]

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    LOGGING_CONFIG=None,
    TRUSTED_PROXIES=0,
    PROXY_BEGINN=False,
)
django.setup()
application = Eingangszeit(VollstaendigerRumpf(get_wsgi_application()))
