"""Small maps for tests: squares in place of outlines."""

from kommunen.models import Kartenflaeche, Kartenlinie


def make_flaeche(x=1000, y=1000, seite=200, **felder):
    """A square around `x`, `y` on the stored sheet, of a `kommune` or a `kreis`."""
    halbe = seite // 2
    return Kartenflaeche.objects.create(
        pfad=f"M{x - halbe} {y - halbe}l{seite} 0 0 {seite}-{seite} 0z",
        x=x, y=y, radius=halbe,
        links=x - halbe, oben=y - halbe, rechts=x + halbe, unten=y + halbe,
        **felder,
    )  # fmt: skip


def make_linien():
    for art in Kartenlinie.Art:
        Kartenlinie.objects.create(art=art, pfad="M0 0l9000 6000")
