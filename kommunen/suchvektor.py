"""Full text of a record for the search: folded like names, then stemmed as German.

The vector is computed by the database and stored, so that no way of writing a record can
forget it. What a person typed must be folded (`falte`) before it is compared.
"""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

KONFIGURATION = "german"
NAME = "suchvektor"


class Suchtext(models.Func):
    """Folded text as separate words, without the targets of Markdown links.

    PostgreSQL would take "Städte/Gemeinden" for a file, lpr@smi.sachsen.de for one word and
    2019-2020 for a negative number, so these signs become spaces. The Mediopunkt of plain
    language vanishes. A change here needs a migration that builds the columns anew.
    """

    template = (
        r"translate(regexp_replace(falte(%(expressions)s), '\]\([^)]*\)', ' ', 'g'),"
        r" '/.@-_+·', '      ')"
    )
    output_field = models.TextField()


class Suchvektor(models.GeneratedField):
    """The search vector of a model: the fields `a` weigh most, then `b`, then `c`."""

    def __init__(self, **kwargs):
        if gewichte := [(g.upper(), kwargs.pop(g)) for g in ("a", "b", "c") if g in kwargs]:
            kwargs["expression"] = self._ausdruck(gewichte)
        kwargs |= {"output_field": SearchVectorField(), "db_persist": True}
        super().__init__(**kwargs)

    @staticmethod
    def _ausdruck(gewichte):
        erster, *weitere = [
            SearchVector(*[Suchtext(feld) for feld in felder], config=KONFIGURATION, weight=gewicht)
            for gewicht, felder in gewichte
        ]
        ausdruck = erster
        for vektor in weitere:
            ausdruck = ausdruck + vektor
        return ausdruck
