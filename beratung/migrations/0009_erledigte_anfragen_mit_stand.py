"""Requests that were closed before there were states: closed by hand, without a word why.

Those of which a Beratung of the Kommune was recorded since are answered by the first of these.
"""

from django.db import migrations
from django.db.models import F
from django.utils import timezone

GRUND = "Als erledigt gekennzeichnet."


def setze_stand(apps, schema_editor):
    Anfrage = apps.get_model("beratung", "Beratungsanfrage")
    Beratung = apps.get_model("beratung", "Beratung")
    vergeben = set()
    for anfrage in Anfrage.objects.filter(erledigt_um__isnull=False).order_by("gestellt_um"):
        spaetere = (
            Beratung.objects.filter(
                kommune=anfrage.kommune_id,
                am__letzter_tag__gte=timezone.localdate(anfrage.gestellt_um),
                am__letzter_tag__lte=timezone.localdate(anfrage.erledigt_um),
            )
            .exclude(pk__in=vergeben)
            .order_by("am", "pk")
        )
        if beratung := spaetere.first():
            vergeben.add(beratung.pk)
            anfrage.stand, anfrage.beratung = "beraten", beratung
        else:
            anfrage.stand, anfrage.grund = "geschlossen", GRUND
        anfrage.save()
    unvollstaendig = Anfrage.objects.filter(erledigt_um__isnull=False)
    unvollstaendig.filter(erledigt_von__isnull=True).update(erledigt_von=F("gestellt_von"))
    unvollstaendig.filter(erledigt_um__lt=F("gestellt_um")).update(erledigt_um=F("gestellt_um"))


class Migration(migrations.Migration):
    dependencies = [("beratung", "0008_beratung_geplant_und_vereinbart")]

    operations = [migrations.RunPython(setze_stand, migrations.RunPython.noop)]
