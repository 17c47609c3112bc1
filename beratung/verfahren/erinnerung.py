"""The one considerate reminder to the contact person of an engagement (F34)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.verfahren import protokolliere

from .. import handlungen, vorlagen
from ..models import Coachingschritt, Mandat, Niederschrift, Sitzung, Stufe, Zustaendig

ABSTAND = timedelta(days=14)


def zu_erinnern(am: date) -> QuerySet[Mandat]:
    """Running engagements whose Kommune has left something lying and may be told so on `am`.

    Something lies when a step of the Kommune is unopened or past its day, or a shared text unread.
    It may be told 14 days after the last reminder, and only when 14 whole days have gone by since
    the newest step and the newest shared text. After the agreed end nobody is reminded, and
    without a contact person there is nobody to remind: that is a task for the coordinators.
    """
    frisch = am - ABSTAND
    gueltig = Q(sitzung__mandat=OuterRef("pk"), sitzung__storniert_um__isnull=True)
    liegend = Coachingschritt.objects.offen().filter(
        Q(geoeffnet_um__isnull=True) | Q(bis__lt=am),
        sitzung__mandat=OuterRef("pk"),
        wer=Zustaendig.KOMMUNE,
    )
    neue_schritte = Coachingschritt.objects.filter(gueltig, angelegt_um__date__gte=frisch)
    neue_texte = Niederschrift.objects.filter(
        gueltig, stufe=Stufe.GETEILT, verfasst_um__date__gte=frisch
    )
    return (
        Mandat.objects.laufend()
        .filter(Q(erinnert_am__isnull=True) | Q(erinnert_am__lte=frisch), ende_geplant__gte=am)
        .filter(Exists(liegend) | Exists(Sitzung.objects.ungelesen().filter(mandat=OuterRef("pk"))))
        .exclude(Exists(neue_schritte))
        .exclude(Exists(neue_texte))
        .exclude(pk__in=Mandat.objects.ohne_ansprechperson().values("pk"))
    )


@transaction.atomic
def erinnere(mandat: Mandat, am: date) -> bool:
    """Write the mail, which holds only the link; False when meanwhile there is no reason to."""
    gesperrt = Mandat.objects.select_for_update(no_key=True).filter(pk=mandat.pk)
    list(gesperrt.values_list("pk"))
    if not zu_erinnern(am).filter(pk=mandat.pk).update(erinnert_am=am):
        return False
    mandat = Mandat.objects.select_related("ansprechperson").get(pk=mandat.pk)
    stelle_ein(
        vorlagen.COACHING_ERINNERUNG,
        an=mandat.ansprechperson,
        gegenstand=mandat,
        angaben={"mandat": str(mandat.pk)},
    )
    protokolliere(handlungen.ERINNERT, mandat, durch=None)
    return True
