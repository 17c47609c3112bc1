"""An error in a few words for the log: the kind and the place, never the text.

The text of an error can hold what a person typed, or an address.
"""

import traceback


def kurz(fehler: BaseException) -> str:
    stelle = traceback.extract_tb(fehler.__traceback__)[-1]
    return f"{type(fehler).__name__} in {stelle.filename}:{stelle.lineno}"
