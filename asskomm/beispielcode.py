"""The second factor of the demo accounts: `make code` prints what an authenticator app would show.

The demo accounts open nothing outside the demo mode, so their secret may be public.
"""

import base64
import hmac
import time

GEHEIMNIS = "ASSKOMMBEISPIELKONTENASSKOMMBEIS"
ZEITSCHRITT_S = 30


def code(sekunden: float) -> str:
    """The six digits at `sekunden` since 1970 (RFC 6238: SHA-1, steps of 30 seconds)."""
    schluessel = base64.b32decode(GEHEIMNIS)
    schritt = int(sekunden) // ZEITSCHRITT_S
    summe = hmac.digest(schluessel, schritt.to_bytes(8, "big"), "sha1")
    anfang = summe[-1] & 15
    zahl = int.from_bytes(summe[anfang : anfang + 4], "big") & 0x7FFFFFFF
    return f"{zahl % 1_000_000:06}"


def main():
    jetzt = time.time()
    rest = ZEITSCHRITT_S - int(jetzt) % ZEITSCHRITT_S
    print(f"{code(jetzt)} (noch {rest} Sekunden gültig)")


if __name__ == "__main__":
    main()
