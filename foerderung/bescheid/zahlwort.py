"""Amounts in German words, as a notice repeats them."""

from decimal import Decimal

EINER = [
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn",
    "neunzehn",
]  # fmt: skip
ZEHNER = [
    "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
]  # fmt: skip
MILLION = 1_000_000
HOECHSTENS = Decimal("999999999.99")


def betrag_in_worten(betrag: Decimal) -> str:
    """Euro and cent in words: "eintausendzweihundert Euro und fünfzig Cent".

    Raises ValueError for less than 0, more than 999.999.999,99 or parts of a cent.
    """
    cent_gesamt = betrag * 100
    if not 0 <= betrag <= HOECHSTENS or cent_gesamt != int(cent_gesamt):
        raise ValueError(betrag)
    euro, cent = divmod(int(cent_gesamt), 100)
    teile = []
    if euro or not cent:
        teile.append(f"{_vor_hauptwort(euro)} Euro")
    if cent:
        teile.append(f"{_vor_hauptwort(cent)} Cent")
    return " und ".join(teile)


def _vor_hauptwort(zahl):
    """One is "ein" before Euro and Cent; as the end of a longer word it stays "eins"."""
    return "ein" if zahl == 1 else _zahl(zahl)


def _zahl(zahl):
    millionen, rest = divmod(zahl, MILLION)
    if not millionen:
        return _bis_million(rest)
    # "eine Million", "einundzwanzig Millionen", but "einhunderteine Millionen".
    wort = _bis_tausend(millionen)
    wort = wort.removesuffix("s") + "e" if wort.endswith("eins") else wort
    wort += " Million" if millionen == 1 else " Millionen"
    return f"{wort} {_bis_million(rest)}" if rest else wort


def _bis_million(zahl):
    tausender, rest = divmod(zahl, 1000)
    if not tausender:
        return _bis_tausend(rest)
    wort = _im_wort(tausender) + "tausend"
    return wort + _bis_tausend(rest) if rest else wort


def _bis_tausend(zahl):
    hunderter, rest = divmod(zahl, 100)
    if not hunderter:
        return _bis_hundert(rest)
    wort = _im_wort(hunderter) + "hundert"
    return wort + _bis_hundert(rest) if rest else wort


def _bis_hundert(zahl):
    if zahl < len(EINER):
        return EINER[zahl]
    zehner, einer = divmod(zahl, 10)
    return f"{_im_wort(einer)}und{ZEHNER[zehner]}" if einer else ZEHNER[zehner]


def _im_wort(zahl):
    """A number with more of the word after it: "eins" loses its s."""
    wort = _bis_tausend(zahl)
    return wort.removesuffix("s") if wort.endswith("eins") else wort
