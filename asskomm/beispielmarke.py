"""The word for invented records where no page stands around them: feed and calendar."""

BEISPIELMARKE = "Beispieldaten"


def mit_beispielmarke(titel: str, tatsache) -> str:
    """The title; of an invented record with the word, unless the title says so itself."""
    if not tatsache.ist_beispiel or BEISPIELMARKE.lower() in titel.lower():
        return titel
    return f"{BEISPIELMARKE}: {titel.removeprefix('Beispiel: ')}"
