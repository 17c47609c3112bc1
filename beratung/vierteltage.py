"""Quarter days in words: 9 are 2¼ days."""

BRUCH = ("", "¼", "½", "¾")


def vierteltage(anzahl: int) -> str:
    """1 Vierteltag, 9 Vierteltage."""
    return f"{anzahl} {'Vierteltag' if anzahl == 1 else 'Vierteltage'}"


def in_tagen(anzahl: int) -> str:
    """0 -> 0 Tage, 3 -> ¾ Tag, 4 -> 1 Tag, 9 -> 2¼ Tage."""
    ganze, viertel = divmod(anzahl, 4)
    zahl = f"{ganze or ''}{BRUCH[viertel]}" or "0"
    return f"{zahl} {'Tag' if 0 < anzahl <= 4 else 'Tage'}"


def kontingentsatz(gebucht: int, kontingent: int) -> str:
    """How much of a contingent is used, in words; see the tests."""
    von = f"von {kontingent} {'Vierteltag' if kontingent == 1 else 'Vierteltagen'}"
    if not gebucht:
        satz = f"V{von[1:]} ist noch keiner gebucht."
    else:
        verb = "ist" if gebucht == 1 else "sind"
        das = "ist" if gebucht <= 4 else "sind"
        satz = f"{gebucht} {von} {verb} gebucht, das {das} {in_tagen(gebucht)}."
    rest = kontingent - gebucht
    if not rest:
        return f"{satz} Das Kontingent ist ausgeschöpft."
    return f"{satz} Rest: {vierteltage(rest)} ({in_tagen(rest)})."
