"""Text folded for search and sorting: ä = ae = a, ß = ss, Sorbian letters without marks.

`falte` (Python, for what a person typed) and the SQL function `falte` (for what is stored)
do the same; a test compares them. Folded text is only compared, never shown.
"""

import unicodedata

from django.db import models

_VON = "äöüÄÖÜáàâãåčćçďéèêëěíìîïłńňñóòôõőŕřśšşťúùûűůýźżžÁÀÂÃÅČĆÇĎÉÈÊËĚÍÌÎÏŁŃŇÑÓÒÔÕŐŔŘŚŠŞŤÚÙÛŰŮÝŹŻŽ"
_NACH = "aouaouaaaaacccdeeeeeiiiilnnnooooorrssstuuuuuyzzzaaaaacccdeeeeeiiiilnnnooooorrssstuuuuuyzzz"
_TABELLE = str.maketrans(_VON, _NACH)
_UMSCHRIFTEN = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def sortierform(text: str) -> str:
    """Sort as DIN 5007-1 does: ä as a, ß as ss; two-letter forms stay two letters."""
    gefaltet = unicodedata.normalize("NFC", text).translate(_TABELLE).lower()
    return gefaltet.replace("ß", "ss")


def falte(text: str) -> str:
    """Fold for comparison: lower case, umlauts and their two-letter forms become one vowel."""
    gefaltet = sortierform(text)
    for lang, kurz in _UMSCHRIFTEN:
        gefaltet = gefaltet.replace(lang, kurz)
    return gefaltet


class Falte(models.Func):
    """`falte` in the database."""

    function = "falte"
    output_field = models.TextField()


class Sortierform(models.Func):
    """`sortierform` in the database."""

    function = "sortierform"
    output_field = models.TextField()


# Each body stands alone: a function that calls another by its bare name cannot be restored
# by pg_dump, which empties the search path. "ẞ" is lowered by hand, for databases whose
# locale knows only ASCII.
_SORTIERFORM = (
    f"replace(replace(lower(translate(klartext, '{_VON}', '{_NACH}')), 'ẞ', 'ß'), 'ß', 'ss')"
)

SQL_FUNKTIONEN = f"""
CREATE FUNCTION sortierform(klartext text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT {_SORTIERFORM}
$$;
CREATE FUNCTION falte(klartext text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT replace(replace(replace({_SORTIERFORM}, 'ae', 'a'), 'oe', 'o'), 'ue', 'u')
$$;
"""
SQL_FUNKTIONEN_ZURUECK = """
DROP FUNCTION IF EXISTS falte(text);
DROP FUNCTION IF EXISTS sortierform(text);
"""
