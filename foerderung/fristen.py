"""Days that the law counts: delivery of a notice, objection, Bestandskraft.

Pure functions: every day is an argument, and so is every number of days or months, because the
rule set of the case holds it. A day is a calendar day in Saxony (Europe/Berlin).
"""

from datetime import date

from asskomm.monate import monate_nach
from asskomm.werktage import TAG, naechster_werktag


def fristende(letzter: date) -> date:
    """The last day of a period that is computed to end on `letzter`.

    Saturday, Sunday and public holiday give way to the next working day: § 31 Abs. 3 VwVfG,
    § 193 BGB; before the court § 57 Abs. 2 VwGO with § 222 Abs. 2 ZPO.
    """
    return naechster_werktag(letzter)


# --- How a notice becomes known --------------------------------------------------


def bekannt_am(abruf: date) -> date:
    """The day on which a notice fetched on the day `abruf` counts as known.

    The day after (§ 41 Abs. 2a VwVfG), working day or not: that is no period.
    """
    return abruf + TAG


def abruf_bis(benachrichtigung: date, tage: int) -> date:
    """The last day on which a notice can be fetched: `tage` days from the notification on.

    § 41 Abs. 2a VwVfG: not fetched within ten days of its dispatch, provision ends. The
    end is a period's end and moves off a weekend (§ 31 Abs. 1 and 3 VwVfG).
    """
    return fristende(benachrichtigung + tage * TAG)


def zugegangen_am(aufgabe: date, tage: int) -> date:
    """The day on which a letter posted on `aufgabe` counts as known in Germany.

    § 41 Abs. 2 VwVfG: the fourth day after posting since 2025, the third before. Whether a
    weekend moves this day is disputed. It stays: a suit within the period shown is in time
    either way.
    """
    return aufgabe + tage * TAG


# --- Objection and Bestandskraft ---------------------------------------------------


def rechtsbehelf_bis(bekannt: date, monate: int) -> date:
    """The last day on which the notice can be taken to court, until 24:00.

    One month from the day it is known (§ 74 Abs. 1 VwGO; § 57 Abs. 2 VwGO, § 222 ZPO).
    """
    return fristende(monate_nach(bekannt, monate))


def bestandskraft_am(
    bekannt: date, rechtsbehelf: date, verzicht: date | None = None, klage_ende: date | None = None
) -> date:
    """The first day on which nobody can take the notice to court any more.

    That is the day after the end of the period, or the day of the waiver, if it is earlier. A
    waiver on the day of retrieval counts from the day on which the notice is known: before
    it, there is nothing to waive (§ 43 Abs. 1 VwVfG). A suit puts it off until the day on which
    it is withdrawn or finally dismissed (§§ 92, 121 VwGO); within the period the Kommune
    can sue again.
    """
    ohne_verzicht = rechtsbehelf + TAG
    if klage_ende is not None:
        return max(ohne_verzicht, klage_ende)
    if verzicht is None:
        return ohne_verzicht
    return min(ohne_verzicht, max(verzicht, bekannt))
