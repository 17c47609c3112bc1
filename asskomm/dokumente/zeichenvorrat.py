"""Which characters a TrueType font can show, read from its table `cmap`."""

import struct

SEGMENTE = 4  # the form of the table for the first 65 536 characters of Unicode


def zeichenvorrat(schrift: bytes) -> frozenset[str]:
    """The characters that have a glyph, of the Basic Multilingual Plane."""
    anfang = _tabelle(schrift, b"cmap")
    (anzahl,) = struct.unpack_from(">H", schrift, anfang + 2)
    zeichen = set()
    for nummer in range(anzahl):
        (versatz,) = struct.unpack_from(">I", schrift, anfang + 4 + nummer * 8 + 4)
        (form,) = struct.unpack_from(">H", schrift, anfang + versatz)
        if form == SEGMENTE:
            zeichen |= _segmente(schrift, anfang + versatz)
    return frozenset(zeichen)


def _tabelle(schrift: bytes, name: bytes) -> int:
    (anzahl,) = struct.unpack_from(">H", schrift, 4)
    for nummer in range(anzahl):
        kennung, _, versatz, _ = struct.unpack_from(">4sIII", schrift, 12 + nummer * 16)
        if kennung == name:
            return versatz
    raise ValueError("Die Schrift hat keine Zeichentabelle.")


def _segmente(schrift: bytes, anfang: int) -> set[str]:
    """Format 4: arrays of last and first characters, differences and offsets."""
    anzahl = struct.unpack_from(">H", schrift, anfang + 6)[0] // 2

    def reihe(stelle):
        return struct.unpack_from(f">{anzahl}H", schrift, anfang + stelle)

    letzte, erste = reihe(14), reihe(16 + 2 * anzahl)
    differenz, versatz = reihe(16 + 4 * anzahl), reihe(16 + 6 * anzahl)
    zeichen = set()
    for nummer in range(anzahl):
        for punkt in range(erste[nummer], letzte[nummer] + 1):
            glyphe = punkt
            if versatz[nummer]:
                stelle = 16 + 6 * anzahl + 2 * nummer + versatz[nummer]
                stelle += 2 * (punkt - erste[nummer])
                (glyphe,) = struct.unpack_from(">H", schrift, anfang + stelle)
            if glyphe and (glyphe + differenz[nummer]) % 65536:
                zeichen.add(chr(punkt))
    return zeichen - {"\uffff"}
