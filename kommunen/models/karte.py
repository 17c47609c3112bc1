"""The geometry of the map."""

from django.db import models
from django.db.models import Q

from .gebiet import Kommune, Kreis


class Kartenflaeche(models.Model):
    """The outline of a Kommune or a Kreis in map units (sheet 9000 × 6720, y down).

    `pfad` is an SVG path in whole units. `x`, `y` is a point inside, `radius` the largest
    circle around it. Source: BKG VG250-EW, dl-de/by-2-0, changed.
    """

    kommune = models.OneToOneField(Kommune, models.CASCADE, null=True, related_name="kartenflaeche")
    kreis = models.OneToOneField(Kreis, models.CASCADE, null=True, related_name="kartenflaeche")
    pfad = models.TextField()
    x = models.IntegerField()
    y = models.IntegerField()
    radius = models.IntegerField()
    links = models.IntegerField()
    oben = models.IntegerField()
    rechts = models.IntegerField()
    unten = models.IntegerField()

    class Meta:
        verbose_name = "Kartenfläche"
        verbose_name_plural = "Kartenflächen"
        constraints = [
            models.CheckConstraint(
                name="kartenflaeche_kommune_oder_kreis",
                condition=Q(kommune__isnull=False, kreis__isnull=True)
                | Q(kommune__isnull=True, kreis__isnull=False),
            )
        ]

    def __str__(self):
        return f"Fläche: {self.kommune or self.kreis}"


class Kartenlinie(models.Model):
    """A kind of boundary line of the map as one SVG path, each boundary drawn once."""

    class Art(models.TextChoices):
        LAND = "landesgrenze", "Landesgrenze"
        KREISE = "kreisgrenzen", "Kreisgrenzen"
        GEMEINDEN = "gemeindegrenzen", "Gemeindegrenzen"

    art = models.CharField(max_length=20, choices=Art, unique=True)
    pfad = models.TextField()

    class Meta:
        verbose_name = "Kartenlinie"
        verbose_name_plural = "Kartenlinien"

    def __str__(self):
        return self.get_art_display()
