"""Which version of a registration a page showed, as its form sends it back."""


def lies_version(getippt: str) -> int:
    """0, which no registration has, for anything but a number."""
    ist_zahl = getippt.isascii() and getippt.isdecimal() and len(getippt) < 10
    return int(getippt) if ist_zahl else 0
