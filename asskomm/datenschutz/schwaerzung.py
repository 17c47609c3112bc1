"""Free text without other people: their names and addresses give way to what they are."""

from __future__ import annotations

import re
from collections import defaultdict

from asskomm.konten.models import Konto
from asskomm.mailadresse import normalform

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
WORT = re.compile(r"\w+")
MINDESTENS = 3


def funktion(konto: Konto) -> str:
    """What another person is called in an access request."""
    if konto.is_staff:
        return "[eine Person des Landespräventionsrates]"
    return "[eine andere Person]"


class Schwaerzung:
    """Replaces the names and addresses of everybody but one person.

    Known are the names of all accounts, written in full; a surname alone is not recognised.
    """

    def __init__(self, konto: Konto):
        self.konto = konto
        self.adressen = {}
        self.namen = defaultdict(list)
        for anderes in (
            Konto.objects.kenntlich().exclude(pk=konto.pk).only("name", "email", "is_staff")
        ):
            self.adressen[anderes.email] = funktion(anderes)
            name = anderes.name.strip().lower()
            erstes = WORT.match(name)
            if erstes and len(name) >= MINDESTENS and name != konto.name.strip().lower():
                self.namen[erstes[0]].append((name, funktion(anderes)))
        for liste in self.namen.values():
            liste.sort(key=lambda paar: -len(paar[0]))

    def __call__(self, text: str) -> str:
        return self._ohne_namen(EMAIL.sub(self._ersatz, text))

    def _ersatz(self, treffer):
        adresse = normalform(treffer[0])
        if adresse == self.konto.email:
            return treffer[0]
        return self.adressen.get(adresse, "[E-Mail-Adresse]")

    def _ohne_namen(self, text):
        klein, teile, ab = text.lower(), [], 0
        if len(klein) != len(text):  # a few letters are two when they are small
            klein = text
        for wort in WORT.finditer(klein):
            if wort.start() < ab:
                continue
            for name, ersatz in self.namen.get(wort[0], ()):
                ende = wort.start() + len(name)
                if klein.startswith(name, wort.start()) and not klein[ende : ende + 1].isalnum():
                    teile += [text[ab : wort.start()], ersatz]
                    ab = ende
                    break
        return "".join([*teile, text[ab:]])
