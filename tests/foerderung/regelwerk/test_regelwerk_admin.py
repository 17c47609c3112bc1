"""Rule sets in the admin: a draft is checked value by value, a released version only read."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from foerderung.models import TEILE, Bescheidanlage, Regel, Regelwerk, Textbaustein
from foerderung.regelwerk import verfahren
from tests.factories import make_konto, make_regelwerk
from tests.verwaltung.formulare import adresse, fehler, formulardaten, meldungen, sende

pytestmark = pytest.mark.thorough

JETZT = datetime(2026, 11, 22, 9, tzinfo=UTC)
S = Regel.Schluessel


@pytest.fixture
def entwurf(geliefert):
    """A draft with everything, begun from the delivered version."""
    return verfahren.neue_version(geliefert, durch=make_konto(["Sachbearbeitung"]))


def seite(regelwerk):
    return adresse(Regelwerk, "change", regelwerk.pk)


def zeile(client, regelwerk, modell, **wie):
    """The prefix of the row in the form: "regeln-6"."""
    antwort = client.get(seite(regelwerk))
    for inline in antwort.context["inline_admin_formsets"]:
        if inline.opts.model is modell:
            for form in inline.formset.initial_forms:
                if all(getattr(form.instance, name) == wert for name, wert in wie.items()):
                    return form.prefix
    raise AssertionError(f"no row {wie}")


def test_sachbearbeitung_changes_a_value_of_a_draft(sachbearbeitung, entwurf):
    vorne = zeile(sachbearbeitung, entwurf, Regel, schluessel=S.HOECHSTSATZ)
    antwort = sende(sachbearbeitung, Regelwerk, entwurf.pk, **{f"{vorne}-wert": "87,5"})
    assert antwort.status_code == 302
    regel = entwurf.regeln.get(schluessel=S.HOECHSTSATZ)
    assert regel.wert == Decimal("87.5")
    assert regel.history.first().history_user == sachbearbeitung.konto


@pytest.mark.parametrize(
    ("schluessel", "eingabe", "satz"),
    [
        (S.HOECHSTSATZ, "100,01", "Möglich sind 0 bis 100 Prozent."),
        (S.HOECHSTSATZ, "", "Geben Sie den Wert dieser Regel an (Prozent)."),
        (S.HOECHSTSATZ, "-1", "Möglich sind 0 bis 100 Prozent."),
        (S.ABRUF_TAGE, "9,5", "Geben Sie eine ganze Zahl an, zum Beispiel 12."),
        (S.PUNKTE_HOECHSTENS, "0", "Möglich sind 1 bis 100."),
        (S.RECHTSBEHELF_MONATE, "0", "Möglich sind 1 bis 120 Monate."),
        (S.ABRUF_TAGE, "9999999999", "Möglich sind 1 bis 3.650 Tage."),
        (S.UNTERGRENZE, "zehntausend", "Geben Sie eine Zahl an, zum Beispiel 12,5."),
    ],
)
def test_a_wrong_value_is_named_at_its_field(sachbearbeitung, entwurf, schluessel, eingabe, satz):
    vorher = entwurf.regeln.get(schluessel=schluessel).wert
    vorne = zeile(sachbearbeitung, entwurf, Regel, schluessel=schluessel)
    antwort = sende(
        sachbearbeitung, Regelwerk, entwurf.pk, **{f"{vorne}-wert": eingabe, "gilt_ab": "01.01.2028"}
    )  # fmt: skip
    assert satz in fehler(antwort)[f"{vorne}-wert"]
    assert f'value="{eingabe}"' in antwort.content.decode() or not eingabe
    entwurf.refresh_from_db()
    assert entwurf.regeln.get(schluessel=schluessel).wert == vorher
    assert entwurf.gilt_ab.year == 2023  # nothing of the form is saved


def test_a_hundred_percent_is_still_a_rate(sachbearbeitung, entwurf):
    vorne = zeile(sachbearbeitung, entwurf, Regel, schluessel=S.HOECHSTSATZ)
    assert sende(sachbearbeitung, Regelwerk, entwurf.pk, **{f"{vorne}-wert": "100"}).status_code == 302  # fmt: skip


def test_the_unit_of_a_rule_the_portal_reckons_with_is_fixed(sachbearbeitung, entwurf):
    vorne = zeile(sachbearbeitung, entwurf, Regel, schluessel=S.HOECHSTSATZ)
    antwort = sende(
        sachbearbeitung, Regelwerk, entwurf.pk,
        **{f"{vorne}-einheit": "euro", f"{vorne}-wert": "150"},
    )  # fmt: skip
    assert fehler(antwort)[f"{vorne}-wert"] == ["Diese Regel hat die Einheit Prozent."]


def test_the_same_rule_twice_is_refused_in_words(sachbearbeitung, entwurf):
    vorne = zeile(sachbearbeitung, entwurf, Regel, schluessel=S.IN_SACHSEN)
    antwort = sende(
        sachbearbeitung, Regelwerk, entwurf.pk, **{f"{vorne}-schluessel": S.HOECHSTSATZ,
                                                   f"{vorne}-wert": "90", f"{vorne}-einheit": "prozent"}
    )  # fmt: skip
    assert fehler(antwort)
    assert entwurf.regeln.filter(schluessel=S.IN_SACHSEN).exists()


def test_an_unknown_placeholder_is_named_at_the_text(sachbearbeitung, entwurf):
    vorne = zeile(sachbearbeitung, entwurf, Textbaustein, schluessel="zweck")
    antwort = sende(
        sachbearbeitung, Regelwerk, entwurf.pk, **{f"{vorne}-text": "Für {projekt} und {titel}."}
    )
    assert fehler(antwort)[f"{vorne}-text"][0].startswith("Kein Platzhalter: {projekt}.")


def test_two_people_on_one_draft_do_not_overwrite_each_other_unseen(anmelden, entwurf):
    erste, zweite = anmelden("Sachbearbeitung"), anmelden("Sachbearbeitung")
    vorne = zeile(erste, entwurf, Regel, schluessel=S.HOECHSTSATZ)
    alt = formulardaten(zweite.get(seite(entwurf)))
    sende(erste, Regelwerk, entwurf.pk, **{f"{vorne}-wert": "80"})
    antwort = zweite.post(seite(entwurf), alt | {f"{vorne}-wert": "70"})
    assert "wurde der Datensatz geändert" in " ".join(fehler(antwort)[""])
    assert entwurf.regeln.get(schluessel=S.HOECHSTSATZ).wert == Decimal("80")


# --- Released -----------------------------------------------------------------


def test_a_released_version_has_no_fields_but_the_remark(sachbearbeitung, geliefert):
    antwort = sachbearbeitung.get(seite(geliefert))
    assert list(antwort.context["adminform"].form.fields) == ["bemerkung"]
    assert all(not i.has_change_permission for i in antwort.context["inline_admin_formsets"])
    inhalt = antwort.content.decode()
    assert verfahren.BLEIBT in inhalt
    assert "2.027" not in inhalt
    assert ">2027<" in inhalt


def test_unconfirmed_values_are_marked_in_words(sachbearbeitung, geliefert):
    inhalt = sachbearbeitung.get(seite(geliefert)).content.decode()
    offen = sum(
        modell.objects.filter(regelwerk=geliefert, bestaetigt=False).count()
        for modell in TEILE
        if hasattr(modell, "bestaetigt")
    )
    assert inhalt.count(">nicht bestätigt</span>") == offen > 40


def test_the_remark_on_a_released_version_can_still_be_changed(sachbearbeitung, geliefert):
    assert sende(sachbearbeitung, Regelwerk, geliefert.pk, bemerkung="Geprüft").status_code == 302
    geliefert.refresh_from_db()
    assert geliefert.bemerkung == "Geprüft"


def test_what_was_typed_while_somebody_released_it_is_shown_with_the_reason(
    sachbearbeitung, leitung, entwurf
):
    vorne = zeile(sachbearbeitung, entwurf, Regel, schluessel=S.HOECHSTSATZ)
    daten = formulardaten(sachbearbeitung.get(seite(entwurf)))
    gib_frei(leitung, entwurf)
    antwort = sachbearbeitung.post(
        seite(entwurf), daten | {"bezeichnung": "Mein neuer Name", f"{vorne}-wert": "81"}
    )
    assert verfahren.BLEIBT in " ".join(fehler(antwort)[""])
    inhalt = antwort.content.decode()
    assert "Mein neuer Name" in inhalt
    assert 'value="81"' in inhalt
    assert entwurf.regeln.get(schluessel=S.HOECHSTSATZ).wert == Decimal("90")


def test_smuggled_rows_do_not_change_a_released_version(sachbearbeitung, geliefert):
    regel = geliefert.regeln.first()
    antwort = sachbearbeitung.post(
        seite(geliefert),
        {"bemerkung": "x", "regeln-TOTAL_FORMS": "1", "regeln-INITIAL_FORMS": "1",
         "regeln-0-id": regel.pk, "regeln-0-text": "Anders", "_stand": "0"},
    )  # fmt: skip
    assert antwort.status_code in (200, 302)
    regel.refresh_from_db()
    assert regel.text != "Anders"


@pytest.mark.parametrize("teil", sorted({*TEILE} - {Bescheidanlage}, key=str))
def test_the_database_refuses_changes_to_a_released_version(geliefert, teil):
    eine = teil.objects.filter(regelwerk=geliefert).first()
    for tue in (eine.save, eine.delete):
        with pytest.raises(IntegrityError, match="freigegebenes Regelwerk"), transaction.atomic():
            tue()


# --- Steps --------------------------------------------------------------------


def schritt(regelwerk, name):
    return adresse(Regelwerk, name, regelwerk.pk)


def gib_frei(client, regelwerk, gesehen=None, **weiteres):
    daten = {"gesehen": verfahren.stand(regelwerk) if gesehen is None else gesehen}
    return client.post(schritt(regelwerk, "freigeben"), daten, **weiteres)


def test_leitung_releases_a_whole_draft(leitung, entwurf):
    antwort = gib_frei(leitung, entwurf, follow=True)
    assert "freigegeben" in meldungen(antwort)[0]
    entwurf.refresh_from_db()
    assert entwurf.freigegeben_von == leitung.konto
    assert Eintrag.objects.filter(handlung="regelwerk.freigegeben").count() == 1


def test_sachbearbeitung_does_not_release(sachbearbeitung, entwurf):
    assert gib_frei(sachbearbeitung, entwurf).status_code == 403
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.gib_frei(
            entwurf, durch=sachbearbeitung.konto, um=JETZT, gesehen=verfahren.stand(entwurf)
        )
    entwurf.refresh_from_db()
    assert not entwurf.ist_freigegeben


def test_releasing_twice_says_so(leitung, entwurf):
    gib_frei(leitung, entwurf)
    zweite = gib_frei(leitung, entwurf)
    assert zweite.status_code == 409
    assert verfahren.SCHON_FREIGEGEBEN in zweite.content.decode()


def test_what_somebody_changed_meanwhile_is_not_released_unseen(leitung, entwurf):
    """The button carries what its page showed; the page that asks hands it on."""
    seite = leitung.get(adresse(Regelwerk, "change", entwurf.pk)).content.decode()
    (knopf,) = re.findall(r'href="([^"]*/freigeben/[^"]*)"', seite)
    frage = leitung.get(knopf).content.decode()
    (gesehen,) = re.findall(r'name="gesehen" value="([^"]*)"', frage)
    assert gesehen == verfahren.stand(entwurf)
    regel = entwurf.regeln.first()
    regel.text = "Anders"
    regel.save()
    for alt in (gesehen, ""):
        antwort = gib_frei(leitung, entwurf, gesehen=alt)
        assert antwort.status_code == 409
        assert verfahren.INZWISCHEN_GEAENDERT in antwort.content.decode()
    entwurf.refresh_from_db()
    assert not entwurf.ist_freigegeben
    assert gib_frei(leitung, entwurf).status_code == 302


def test_a_draft_with_gaps_is_not_released_and_says_what_is_missing(leitung):
    entwurf = make_regelwerk(freigegeben=False)
    antwort = gib_frei(leitung, entwurf)
    assert antwort.status_code == 409
    inhalt = antwort.content.decode()
    assert "Die Regel „Antragsfrist“ fehlt." in inhalt
    assert "Der Textbaustein „rechtsbehelf“ fehlt." in inhalt
    entwurf.refresh_from_db()
    assert not entwurf.ist_freigegeben


def test_rate_and_own_share_over_100_together_are_a_gap(entwurf):
    assert verfahren.luecken(entwurf) == []
    entwurf.regeln.filter(schluessel=S.EIGENANTEIL).update(wert=Decimal("10.01"))
    assert verfahren.luecken(entwurf) == [
        "Höchstsatz und Eigenanteil ergeben zusammen mehr als 100 Prozent."
    ]


@pytest.mark.parametrize(
    ("schluessel", "erlaubt", "zu_viel", "satz"),
    [
        (S.HOECHSTSATZ, ["0", "90"], [], "Möglich sind 0 bis 100 Prozent."),
        (S.ABRUF_TAGE, ["1", "3650"], ["0", "3651"], "Möglich sind 1 bis 3.650 Tage."),
        (S.RECHTSBEHELF_MONATE, ["1", "120"], ["0", "121"], "Möglich sind 1 bis 120 Monate."),
        (S.GUTACHTEN_MINDESTENS, ["1", "100"], ["0", "101"], "Möglich sind 1 bis 100."),
        (
            S.ERSTATTUNG_UNTER,
            ["0", "999999999.99"],
            ["1000000000"],
            "Möglich sind 0 bis 999.999.999,99 Euro.",
        ),
    ],
)
def test_a_value_nobody_can_reckon_with_is_a_gap(entwurf, schluessel, erlaubt, zu_viel, satz):
    regel = entwurf.regeln.filter(schluessel=schluessel)
    for wert in erlaubt:
        regel.update(wert=Decimal(wert))
        assert verfahren.luecken(entwurf) == []
    for wert in zu_viel:
        regel.update(wert=Decimal(wert))
        assert verfahren.luecken(entwurf) == [f"{regel.get()}: {satz}"]


def test_a_new_version_is_a_whole_copy_and_the_old_one_stays(sachbearbeitung, geliefert):
    antwort = sachbearbeitung.post(schritt(geliefert, "neue-version"), follow=True)
    assert "als Entwurf angelegt" in meldungen(antwort)[0]
    neu = Regelwerk.objects.get(vorgaenger=geliefert)
    assert neu.bezeichnung == f"{geliefert.bezeichnung} (Version 2)"
    assert not neu.ist_freigegeben
    assert neu.import_schluessel is None
    for teil in TEILE:
        ohne = ("id", "regelwerk")
        felder = [f.attname for f in teil._meta.fields if f.name not in ohne]
        zeilen = [list(teil.objects.filter(regelwerk=r).values_list(*felder)) for r in (geliefert, neu)]  # fmt: skip
        assert zeilen[0] == zeilen[1], teil
    assert Eintrag.objects.filter(handlung="regelwerk.version_angelegt").count() == 1


def test_a_second_click_makes_no_second_version(sachbearbeitung, geliefert):
    sachbearbeitung.post(schritt(geliefert, "neue-version"))
    zweite = sachbearbeitung.post(schritt(geliefert, "neue-version"))
    assert zweite.status_code == 409
    assert "schon angelegt" in zweite.content.decode()
    assert Regelwerk.objects.count() == 2


def test_the_third_version_counts_on(leitung, sachbearbeitung, geliefert):
    zweite = verfahren.neue_version(geliefert, durch=sachbearbeitung.konto)
    verfahren.gib_frei(zweite, durch=leitung.konto, um=JETZT, gesehen=verfahren.stand(zweite))
    dritte = verfahren.neue_version(zweite, durch=sachbearbeitung.konto)
    assert dritte.bezeichnung.endswith("Stand 31.05.2023 (Version 3)")


def test_a_draft_is_no_ground_for_a_version(sachbearbeitung, entwurf):
    assert sachbearbeitung.post(schritt(entwurf, "neue-version")).status_code == 409


# --- Deleting -----------------------------------------------------------------


def test_a_released_version_is_not_deleted(sachbearbeitung, geliefert):
    antwort = sachbearbeitung.post(
        adresse(Regelwerk, "delete", geliefert.pk), {"post": "yes"}, follow=True
    )
    assert meldungen(antwort) == [
        "Löschen ist nicht möglich: Ein freigegebenes Regelwerk bleibt, wie es ist."
    ]
    assert Regelwerk.objects.filter(pk=geliefert.pk).exists()


def test_nor_by_the_action_of_the_list(sachbearbeitung, geliefert):
    antwort = sachbearbeitung.post(
        adresse(Regelwerk),
        {"action": "delete_selected", "_selected_action": [geliefert.pk], "post": "yes"},
        follow=True,
    )
    assert "Ein freigegebenes Regelwerk bleibt" in antwort.content.decode()
    assert Regelwerk.objects.filter(pk=geliefert.pk).exists()


def test_a_draft_can_be_deleted_with_its_rows(sachbearbeitung, entwurf):
    antwort = sachbearbeitung.post(adresse(Regelwerk, "delete", entwurf.pk), {"post": "yes"})
    assert antwort.status_code == 302
    assert not Regelwerk.objects.filter(pk=entwurf.pk).exists()


def test_the_list_costs_the_same_for_one_and_three(
    sachbearbeitung, geliefert, django_assert_num_queries
):
    sachbearbeitung.get(adresse(Regelwerk))
    with CaptureQueriesContext(connection) as eine:
        sachbearbeitung.get(adresse(Regelwerk))
    make_regelwerk()
    make_regelwerk(freigegeben=False)
    with django_assert_num_queries(len(eine)):
        sachbearbeitung.get(adresse(Regelwerk))
