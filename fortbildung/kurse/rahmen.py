"""What the public pages of the courses share: the path above them, and which cohorts there are."""

from django.db.models import QuerySet
from django.urls import reverse

from ..models import Durchgang


def pfad(*weitere) -> list:
    """The path to the list of courses, and on."""
    return [
        ("Fortbildung", reverse("portal:seite", args=["fortbildung"])),
        ("Lehrgänge", reverse("fortbildung:kurse")),
        *weitere,
    ]


def sichtbare() -> QuerySet[Durchgang]:
    """The cohorts with a public page."""
    return Durchgang.objects.oeffentlich().mit_anmeldung().select_related("lehrgang")
