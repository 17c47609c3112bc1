"""Full text of a record for the search: folded like names, then stemmed as German.

The vector is computed by the database and stored, so that no way of writing a record can
forget it. What a person typed must be folded (`falte`) before it is compared.
"""

import re

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models

from .faltung import falte

KONFIGURATION = "german"
NAME = "suchvektor"

# PostgreSQL takes every sign beyond ASCII for a letter when its locale is C, and "Städte/Gemeinden"
# for a file, 2019-2020 for a negative number. So all signs that are no letter and no digit are
# named here, in escapes that mean the same to PostgreSQL and to Python.
_TRENNEND = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb"
    r"\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u1680\u2000-\u206f\u20a0-\u20ff"
    r"\u2116-\u2117\u2120-\u2123\u2190-\u245f\u2500-\u2775\u2794-\u2bff\u2e00-\u2e2e\u2e30-\u2e7f"
    r"\u3000-\u3004\u3008-\u3020\u3030\ue000-\uf8ff\ufe00-\ufe6f\ufeff\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\U0001f000-\U0001faff\U000e0000-\U000e01ef"
)
# The Mediopunkt of plain language, soft hyphens, marks and what takes no room stand inside words.
_IM_WORT = r"\u00ad\u00b7\u0300-\u036f\u2027\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff"


def suchworte(text: str) -> list[str]:
    """The words of what a person typed, cut and folded as `Suchtext` does it with the stored text."""
    return re.sub(f"[{_TRENNEND}]+", " ", re.sub(f"[{_IM_WORT}]", "", falte(text))).split()


class Suchtext(models.Func):
    """Folded text as separate words, without the targets of Markdown links.

    A change here needs a migration that builds the columns anew, see `spalten_neu`.
    """

    template = (
        r"regexp_replace(regexp_replace(regexp_replace("
        r"falte(%(expressions)s), '\]\([^)]*\)', ' ', 'g'),"
        rf" '[{_IM_WORT}]', '', 'g'), '[{_TRENNEND}]+', ' ', 'g')"
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


def spalten_neu(app: str, *modelle: str) -> migrations.RunPython:
    """A step of a migration: the columns and their indexes are built by the present `Suchtext`."""

    def baue(apps, schema_editor):
        for modell in (apps.get_model(app, name) for name in modelle):
            feld = modell._meta.get_field(NAME)
            schema_editor.remove_field(modell, feld)
            schema_editor.add_field(modell, feld)
            for index in modell._meta.indexes:
                if index.fields == [NAME]:
                    schema_editor.add_index(modell, index)

    return migrations.RunPython(baue, migrations.RunPython.noop)
