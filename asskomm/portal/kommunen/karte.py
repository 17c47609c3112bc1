"""The maps as data for the component `karte`: all of Saxony, one Kreis, the place of one Kommune.

Areas come from `Kartenflaeche` and `Kartenlinie`. Numbers are handed over as text, because a
localised number would break the drawing.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from asskomm.formate import zahl
from kommunen.models import VERBUNDARTEN, Kartenflaeche, Kartenlinie, Kommune

from .auswahl import Auswahl
from .bausteine import RAT, beteiligt, beteiligungen
from .pfade import auf_blatt, vereinigt_auf_blatt
from .schilder import Ort, beschrifte
from .verbund import mitglieder

# The stored sheet counts tenths of the units of the state map.
LANDESBLATT, LAND_FAKTOR = "0 0 900 672", 0.1
LANDESBREITE, ABSTAND_NAME = 9000, 80
# The longer side of every Kreis map, so that letters and lines have one size on all of them.
KREISBLATT, KREIS_RAND = 1750, 45
KREIS_SCHRIFT = 68
RAT_LAND, RAT_KREIS = 9, 34
# Cities for orientation: place of the name on the state map, chosen by eye.
STAEDTE = (
    ("Leipzig", 150, 163, "end"),
    ("Chemnitz", 334, 395, "start"),
    ("Dresden", 560, 275, "start"),
    ("Görlitz", 826, 258, "end"),
    ("Plauen", 120, 520, "start"),
    ("Zwickau", 200, 430, "end"),
    ("Bautzen", 700, 215, "start"),
)
LEGENDE_BETEILIGT = {"klasse": "teil", "titel": "beteiligt"}
LEGENDE_RAT = {"klasse": "rat", "titel": "mit Präventionsrat"}


def karte(auswahl: Auswahl, am: date) -> dict:
    """The map beside the list: of the chosen Kreis, else of all Saxony."""
    return kreiskarte(auswahl, am) if auswahl.kreis else landeskarte(auswahl, am)


def landeskarte(auswahl: Auswahl, am: date) -> dict:
    """Saxony: 13 Kreise as links that filter, areas that take part, councils as diamonds.

    Shows the Kommunen of the selection and counts them as the list does.
    """
    kommunen = auswahl.kommunen(am).order_by()
    anzahl = dict(kommunen.values("kreis").annotate(zahl=Count("pk")).values_list("kreis", "zahl"))
    if auswahl.umfasst_unbeteiligte:
        kommunen = kommunen.filter(beteiligt(am))
    beteiligte = list(
        kommunen.filter(kartenflaeche__isnull=False)
        .annotate(hat_rat=Q(pk__in=RAT.kommunen(am)))
        .order_by("ags")
        .values_list("kartenflaeche__pfad", "kartenflaeche__x", "kartenflaeche__y", "hat_rat")
    )
    teile = vereinigt_auf_blatt(tuple(pfad for pfad, *_ in beteiligte), LAND_FAKTOR)
    return {
        "kennung": "karte",
        "ebene": "land",
        "viewbox": LANDESBLATT,
        "titel": "Karte der beteiligten Kommunen in Sachsen",
        "beschreibung": (
            "Die Karte zeigt dieselben Kommunen wie die Liste. "
            "Jeder Landkreis ist ein Link, der Liste und Karte filtert."
        ),
        "flaechen": [
            {
                "pfad": auf_blatt(flaeche.pfad, LAND_FAKTOR),
                "titel": f"{flaeche.kreis.name}: {_kommunen(anzahl.get(flaeche.kreis_id, 0))}",
                "url": auswahl.im_kreis(flaeche.kreis).url,
            }
            for flaeche in _kreisflaechen()
        ],
        "teile": [{"pfad": teile, "klasse": "teil"}] if teile else [],
        "linien": _grenzen(),
        "punkte": [
            {"pfad": _raute(x * LAND_FAKTOR, y * LAND_FAKTOR, RAT_LAND), "klasse": "rat"}
            for _, x, y, hat_rat in beteiligte
            if hat_rat
        ],
        "beschriftungen": [
            {"text": name, "x": str(x), "y": str(y), "anker": anker}
            for name, x, y, anker in STAEDTE
        ],
        "legende": [LEGENDE_BETEILIGT, LEGENDE_RAT],
    }


def kreiskarte(auswahl: Auswahl, am: date) -> dict:
    """The Kreis of the selection: its Kommunen that are in the list and take part are links."""
    kreis = auswahl.kreis
    kommunen = list(
        Kommune.objects.gueltig(am)
        .filter(kreis=kreis, kartenflaeche__isnull=False)
        .annotate(ist_gewaehlt=Q(pk__in=auswahl.kommunen(am).order_by().values("pk")))
        .select_related("kartenflaeche")
        .order_by("sortiername")
    )
    beteiligte = beteiligungen(am, [kommune.pk for kommune in kommunen])
    mit_rat = {schluessel for schluessel, b in beteiligte.items() if RAT in b.bausteine}
    blatt = _Blatt([kommune.kartenflaeche for kommune in kommunen])
    gezeigt = [k for k in kommunen if k.ist_gewaehlt and k.pk in beteiligte]
    return {
        "kennung": "karte",
        "ebene": "kreis",
        "viewbox": blatt.viewbox,
        "titel": f"Karte der beteiligten Kommunen {kreis.ortsangabe}",
        "beschreibung": (
            "Die Karte zeigt dieselben Kommunen wie die Liste. Beteiligte Kommunen sind Links."
        ),
        "flaechen": [
            {
                "pfad": blatt.pfad(kommune.kartenflaeche),
                "titel": f"{kommune}: {_grund(kommune.pk in beteiligte)}",
                "klasse": "rest",
            }
            for kommune in kommunen
            if kommune not in gezeigt
        ]
        + [
            {
                "pfad": blatt.pfad(kommune.kartenflaeche),
                "titel": f"{kommune}{': mit Präventionsrat' if kommune.pk in mit_rat else ''}",
                "url": kommune.get_absolute_url(),
            }
            for kommune in gezeigt
        ],
        "punkte": [
            {"pfad": _raute(*blatt.punkt(kommune.kartenflaeche), RAT_KREIS), "klasse": "rat"}
            for kommune in gezeigt
            if kommune.pk in mit_rat
        ],
        "beschriftungen": beschrifte(
            [
                Ort(
                    # In its own Kreis a name does without "/Erzgeb.".
                    kommune.name.split("/")[0],
                    *blatt.punkt(kommune.kartenflaeche),
                    RAT_KREIS if kommune.pk in mit_rat else 0,
                )
                for kommune in sorted(gezeigt, key=lambda k: k.einwohner or 0, reverse=True)
            ],
            blatt.breite,
            blatt.hoehe,
            KREIS_SCHRIFT,
        ),
        "legende": [LEGENDE_BETEILIGT, LEGENDE_RAT],
        "zurueck": {"titel": "Ganz Sachsen zeigen", "url": auswahl.im_kreis(None).url},
    }


def lagekarte(kommune: Kommune, am: date) -> dict | None:
    """Where a Kommune lies in Saxony; None when the map has no area for it."""
    eigene = _eigene_flaechen(kommune, am)
    if not eigene:
        return None
    return {
        "kennung": "lage",
        "ebene": "lage",
        "viewbox": LANDESBLATT,
        "titel": f"Lage von {kommune} in Sachsen",
        "beschreibung": (
            f"{kommune} liegt {kommune.kreis.ortsangabe}."
            if kommune.kreis
            else "Karte von Sachsen."
        ),
        "flaechen": [
            _eigener_kreis(flaeche)
            if flaeche.kreis_id == kommune.kreis_id
            else {
                "pfad": auf_blatt(flaeche.pfad, LAND_FAKTOR),
                "titel": flaeche.kreis.name,
                "klasse": "rest",
            }
            for flaeche in _kreisflaechen()
        ],
        "teile": [
            {
                "pfad": vereinigt_auf_blatt(tuple(f.pfad for f in eigene), LAND_FAKTOR),
                "klasse": "wahl",
            }
        ],
        "linien": _grenzen(),
        "beschriftungen": [_neben(f, kommune.name) for f in eigene if f.kommune_id == kommune.pk],
    }


def zierkarte(am: date) -> dict:
    """Saxony as decoration, without words: the Kreise and a dot for each Kommune taking part."""
    punkte = (
        Kartenflaeche.objects.filter(
            kommune__in=Kommune.objects.gueltig(am).filter(beteiligt(am)).order_by()
        )
        .order_by("pk")
        .values_list("x", "y")
    )
    return {
        "viewbox": LANDESBLATT,
        "flaechen": [auf_blatt(flaeche.pfad, LAND_FAKTOR) for flaeche in _kreisflaechen()],
        "punkte": [
            {"x": str(round(x * LAND_FAKTOR)), "y": str(round(y * LAND_FAKTOR))} for x, y in punkte
        ],
    }


class _Blatt:
    """A sheet cut to some areas with a margin, scaled so that its longer side is KREISBLATT."""

    def __init__(self, flaechen):
        self.links = min((f.links for f in flaechen), default=0)
        self.oben = min((f.oben for f in flaechen), default=0)
        breite = max((f.rechts for f in flaechen), default=1) - self.links
        hoehe = max((f.unten for f in flaechen), default=1) - self.oben
        nutzbar = KREISBLATT - 2 * KREIS_RAND
        self.faktor = nutzbar / max(breite, hoehe)
        self.breite = round(breite * self.faktor) + 2 * KREIS_RAND
        self.hoehe = round(hoehe * self.faktor) + 2 * KREIS_RAND
        rand = KREIS_RAND / self.faktor
        self.links, self.oben = round(self.links - rand), round(self.oben - rand)

    @property
    def viewbox(self):
        return f"0 0 {self.breite} {self.hoehe}"

    def pfad(self, flaeche):
        return auf_blatt(flaeche.pfad, self.faktor, self.links, self.oben)

    def punkt(self, flaeche):
        return (
            round((flaeche.x - self.links) * self.faktor),
            round((flaeche.y - self.oben) * self.faktor),
        )


def _grund(ist_beteiligt):
    """Why an area of the Kreis map is no link."""
    return "nicht in dieser Auswahl" if ist_beteiligt else "nicht beteiligt"


def _eigener_kreis(flaeche):
    return {
        "pfad": auf_blatt(flaeche.pfad, LAND_FAKTOR),
        "titel": f"{flaeche.kreis.name}: beteiligte Kommunen zeigen",
        "url": Auswahl(kreis=flaeche.kreis).url,
        "aktuell": True,
    }


def _eigene_flaechen(kommune, am):
    """The area of a Gemeinde, of a whole Landkreis, or of all members of a Verbund."""
    if kommune.art == Kommune.Art.LANDKREIS:
        gesucht = Q(kreis=kommune.kreis)
    elif kommune.art in VERBUNDARTEN:
        gesucht = Q(kommune__in=mitglieder(kommune, am).order_by())
    else:
        gesucht = Q(kommune=kommune)
    return list(Kartenflaeche.objects.filter(gesucht).order_by("pk"))


def _kreisflaechen():
    return (
        Kartenflaeche.objects.filter(kreis__isnull=False)
        .select_related("kreis")
        .order_by("kreis__sortiername")
    )


def _neben(flaeche, name):
    """The name beside its area, on the side where Saxony has more room for it."""
    nach_rechts = flaeche.links + flaeche.rechts < LANDESBREITE
    x = flaeche.rechts + ABSTAND_NAME if nach_rechts else flaeche.links - ABSTAND_NAME
    return {
        "text": name,
        "x": str(round(x * LAND_FAKTOR)),
        "y": str(round((flaeche.y + ABSTAND_NAME) * LAND_FAKTOR)),
        "anker": "start" if nach_rechts else "end",
    }


def _grenzen():
    linien = Kartenlinie.objects.exclude(art=Kartenlinie.Art.GEMEINDEN).order_by("art")
    return [auf_blatt(pfad, LAND_FAKTOR) for pfad in linien.values_list("pfad", flat=True)]


def _raute(x, y, halbe):
    return f"M{round(x)} {round(y) - halbe}l{halbe} {halbe}-{halbe} {halbe}-{halbe}-{halbe}z"


def _kommunen(anzahl):
    return "1 Kommune" if anzahl == 1 else f"{zahl(anzahl)} Kommunen"
