"""Plans as they are typed, and rules to hold them against."""

from decimal import Decimal

from foerderung.plan.lesen import lies
from foerderung.plan.rechnung import Obergrenze, Planregel, Planregeln, rechne
from foerderung.plan.verstoesse import pruefe


def regel(nummer, wert=None):
    return Planregel(nummer, f"Titel {nummer}", "", None if wert is None else Decimal(wert))


REGELN = Planregeln(
    hoechstsatz=regel("R7", 90),
    eigenanteil=regel("R8", 10),
    untergrenze=regel("R9", 10_000),
    erstattung_unter=regel("R17", 20_000),
    keine_investitionen=regel("R5"),
    finanzierung_ausgeglichen=regel("R6"),
    personalobergrenze=regel("R10"),
    stundensatz_eigenleistung=regel("R18", "14.60"),
    keine_doppelfoerderung=regel("R15"),
    obergrenzen={
        (2027, "beruf"): Obergrenze(7, 3, Decimal("56000.00")),
        (2027, "fachhochschule"): Obergrenze(11, 3, Decimal("74000.00")),
        (2028, "fachhochschule"): Obergrenze(11, 3, Decimal("76000.00")),
    },
    ausnahmegruende={"bedarf": "Rasche Reaktion", "ereignis": "Örtliche Ereignisse"},
)


def personal(**anders):
    zeile = {
        "aufgabe": "Koordination",
        "qualifikation": "fachhochschule",
        "entgeltgruppe": "11",
        "stufe": "3",
        "stellenanteil": "50",
        "jahr": "2027",
        "monate": "12",
        "betrag": "31.450,00",
    }
    return zeile | anders


def sach(**anders):
    zeile = {
        "wofuer": "Raummiete",
        "art": "miete",
        "jahr": "2027",
        "anzahl": "1",
        "einzelbetrag": "1.000,00",
    }
    return zeile | anders


def eigenleistung(**anders):
    zeile = {
        "wofuer": "Jugendhaus",
        "art": "sachmittel",
        "jahr": "2027",
        "stunden": "",
        "betrag": "500,00",
        "bewertung": "Übliche Miete",
    }
    return zeile | anders


def drittmittel(**anders):
    return {
        "von_wem": "Sparkasse",
        "jahr": "2027",
        "stand": "zugesagt",
        "betrag": "100,00",
    } | anders


def eingaben(zeilen=None, *, eigenmittel="0,00", zuwendung="1,00", **weitere_felder):
    felder = {"eigenmittel_2027": eigenmittel, "zuwendung_2027": zuwendung, **weitere_felder}
    return {"felder": felder, "zeilen": zeilen or {}}


def ausgeglichen(betrag, eigen, zuwendung, **weitere_felder):
    """One expenditure and how it is paid for."""
    return eingaben(
        {"sach": [sach(einzelbetrag=betrag)]},
        eigenmittel=eigen,
        zuwendung=zuwendung,
        **weitere_felder,
    )


def gelesen(angaben, jahre=(2027,)):
    return lies(angaben, jahre)


def gerechnet(angaben, jahre=(2027,), regeln=REGELN):
    return rechne(gelesen(angaben, jahre).plan, regeln)


def verletzt(angaben, jahre=(2027,), regeln=REGELN):
    """[(number of the rule, name of the field, sentence)]"""
    plan = gelesen(angaben, jahre).plan
    return [
        (verstoss.regel.nummer, verstoss.ort.name, verstoss.satz)
        for verstoss in pruefe(plan, rechne(plan, regeln), regeln)
    ]


def fehler(angaben, jahre=(2027,)):
    return {eintrag.ort.name: eintrag.satz for eintrag in gelesen(angaben, jahre).fehler}
