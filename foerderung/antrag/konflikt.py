"""Two people have saved the same section: both texts, a choice for each field and group (F4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from .getippt import gelesener_abdruck, hat_abdruck, verschieden
from .lesbar import Paar

MEINE, ANDERE = "meine", "andere"


@dataclass(frozen=True)
class Stelle:
    """One field or group in which the two differ; `wahl` is whose text is chosen, if any."""

    name: str
    titel: str
    meine: str
    andere: str
    wahl: str
    fehler: bool

    @property
    def ziel(self) -> str:
        """Id of the first choice."""
        return f"id_wahl_{self.name}_0"


def stellen(
    post: QueryDict,
    meine: Mapping,
    andere: Mapping,
    texte: Callable[[Mapping], Mapping[str, Paar]],
    offen: Sequence[str] = (),
) -> Iterator[Stelle]:
    """In the order of the page; what only one of the two has changed is chosen already."""
    strittig = verschieden(meine, andere)
    abdruck = gelesener_abdruck(post.get("abdruck", ""))
    fremde = texte(andere)
    for name, (titel, text) in texte(meine).items():
        if name not in strittig:
            continue
        if hat_abdruck(meine, name, abdruck):
            wahl = ANDERE
        elif hat_abdruck(andere, name, abdruck):
            wahl = MEINE
        else:
            wahl = post.get(f"wahl_{name}", "")
        yield Stelle(name, titel, text, fremde[name][1], wahl, name in offen)


def uebernimm_wahl(post: QueryDict, meine: Mapping[str, dict], andere: Mapping) -> list[str]:
    """Put into `meine` what was chosen of the other text; names where a choice is still missing."""
    gefragt, offen = post.getlist("strittig"), []
    for name in verschieden(meine, andere):
        wahl = post.get(f"wahl_{name}")
        if name not in gefragt or wahl == MEINE:
            continue
        if wahl != ANDERE:
            offen.append(name)
            continue
        for teil, inhalte in meine.items():
            inhalte.pop(name, None)
            if name in andere.get(teil, {}):
                inhalte[name] = andere[teil][name]
    return offen
