"""Two people cannot be one: by no door, for none of the kinds."""

from datetime import UTC, datetime

import pytest

from asskomm.konten import handlungen, vieraugen
from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from tests.factories import make_konto, make_vertretung
from tests.protokoll.hilfen import sql, zugleich
from tests.verwaltung.formulare import adresse, fehler, sende
from tests.verwaltung.personal import angemeldet

from .arten import ZEITRAUM
from .hilfen import verboten

pytestmark = pytest.mark.thorough

UM = datetime(2026, 11, 22, 10, tzinfo=UTC)


def versuche():
    """How often the log says that somebody tried to approve what is their own."""
    return Eintrag.objects.filter(handlung=handlungen.EIGENE_FREIGABE_VERSUCHT.schluessel).count()


def schritt(art, vorschlag, pfad="genehmigen"):
    return adresse(art.modell, pfad, vorschlag.pk)


def letzter(art):
    """The newest proposal; the administrators of the test have got their role by others."""
    return art.modell.objects.latest("pk")


def zeile(vorschlag):
    return type(vorschlag).objects.values().get(pk=vorschlag.pk)


def bleibt_offen(art, vorschlag):
    vorschlag.refresh_from_db()
    return vorschlag.ergebnis == "offen" and not art.wirkungen(vorschlag)


# --- The lawful way -----------------------------------------------------------


def test_one_proposes_in_the_form_and_another_approves(art, erste, zweite):
    antwort = sende(erste, art.modell, **art.formular())
    vorschlag = letzter(art)
    assert antwort.url == adresse(art.modell, "change", vorschlag.pk)
    assert vorschlag.vorgeschlagen_von == erste.konto
    assert "Genehmigen" in zweite.get(antwort.url).content.decode()
    assert zweite.get(schritt(art, vorschlag)).status_code == 200
    assert bleibt_offen(art, vorschlag), "a look at the page decides nothing"
    assert zweite.post(schritt(art, vorschlag)).url == antwort.url
    vorschlag.refresh_from_db()
    assert (vorschlag.ergebnis, vorschlag.entschieden_von) == ("genehmigt", zweite.konto)
    assert art.wirkungen(vorschlag) == 1
    assert "Zweite Person" in erste.get(antwort.url).content.decode()


def test_the_other_refuses_with_a_reason_that_the_log_keeps(art, erste, zweite):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    ohne_grund = zweite.post(schritt(art, vorschlag, "ablehnen"), {"grund": " "})
    assert ohne_grund.status_code == 200
    assert ohne_grund.context["form"].errors
    assert bleibt_offen(art, vorschlag)
    zweite.post(schritt(art, vorschlag, "ablehnen"), {"grund": "Der Nachweis fehlt."})
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == "abgelehnt"
    assert not art.wirkungen(vorschlag)
    seite = erste.get(adresse(art.modell, "change", vorschlag.pk)).content.decode()
    assert "Der Nachweis fehlt." in seite


def test_who_proposed_takes_it_back_and_nobody_else(art, erste, zweite):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    assert zweite.post(schritt(art, vorschlag, "zurueckziehen")).status_code == 403
    assert bleibt_offen(art, vorschlag)
    erste.post(schritt(art, vorschlag, "zurueckziehen"))
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == "zurueckgezogen"


def test_a_form_sent_twice_is_one_proposal(art, erste):
    ziel = adresse(art.modell, "add")
    vorher = art.modell.objects.count()
    marke = erste.get(ziel).context["adminform"].form["formularmarke"].value()
    daten = art.formular() | {"formularmarke": marke}
    assert erste.post(ziel, daten).url == erste.post(ziel, daten).url
    assert art.modell.objects.count() == vorher + 1


def test_a_proposal_needs_a_reason(art, erste):
    vorher = art.modell.objects.count()
    antwort = sende(erste, art.modell, **art.formular() | {"begruendung": " "})
    assert "begruendung" in fehler(antwort)
    assert art.modell.objects.count() == vorher


# --- By form, address and replay ------------------------------------------------


def test_own_proposal_has_no_button_and_its_page_says_why(art, erste):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    seite = erste.get(adresse(art.modell, "change", vorschlag.pk)).content.decode()
    assert schritt(art, vorschlag) not in seite
    assert schritt(art, vorschlag, "ablehnen") not in seite
    assert vieraugen.ZWEITE_PERSON in seite
    antwort = erste.get(schritt(art, vorschlag))
    assert antwort.status_code == 403
    assert vieraugen.ZWEITE_PERSON in antwort.content.decode()
    assert not versuche(), "to look is no attempt"


@pytest.mark.django_db(transaction=True)
def test_own_approval_is_refused_and_the_attempt_stays_in_the_log(art):
    erste = angemeldet(make_konto(["Administration"]))
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    antwort = erste.post(schritt(art, vorschlag))
    assert antwort.status_code == 403
    assert vieraugen.ZWEITE_PERSON in antwort.content.decode()
    assert bleibt_offen(art, vorschlag)
    eintrag = Eintrag.objects.get(handlung=handlungen.EIGENE_FREIGABE_VERSUCHT.schluessel)
    assert eintrag.nummer, "committed and chained"
    assert (eintrag.durch_id, eintrag.gegenstand_nummer) == (erste.konto.pk, str(vorschlag.pk))


def test_nobody_approves_what_is_about_themselves(art, erste, zweite):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto, **{art.person: zweite.konto})
    vorher = art.wirkungen(vorschlag)
    assert zweite.post(schritt(art, vorschlag)).status_code == 403
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == "offen"
    assert art.wirkungen(vorschlag) == vorher
    assert versuche() == 1


def test_a_replayed_approval_changes_nothing_and_is_no_error_page(art, erste, zweite):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    ziel = schritt(art, vorschlag)
    assert zweite.post(ziel).status_code == 302
    entschieden = zeile(vorschlag)
    for client, status in ((zweite, 409), (erste, 403)):
        assert client.post(ziel).status_code == status
    for pfad in ("ablehnen", "zurueckziehen"):
        erste.post(schritt(art, vorschlag, pfad), {"grund": "Doch nicht"})
        zweite.post(schritt(art, vorschlag, pfad), {"grund": "Doch nicht"})
    assert zeile(vorschlag) == entschieden
    assert art.wirkungen(letzter(art)) == 1


def test_an_old_page_says_that_it_is_decided(art, erste, zweite):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    erste.post(schritt(art, vorschlag, "zurueckziehen"))
    for antwort in (zweite.get(schritt(art, vorschlag)), zweite.post(schritt(art, vorschlag))):
        assert antwort.status_code == 409
        assert vieraugen.SCHON_ENTSCHIEDEN in antwort.content.decode()


def test_the_admin_neither_edits_nor_deletes(art, erste, zweite):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    vorher = zeile(vorschlag)
    daten = {"ergebnis": "genehmigt", "entschieden_von": zweite.konto.pk, "_save": "1"}
    for client in (erste, zweite):
        assert client.post(adresse(art.modell, "change", vorschlag.pk), daten).status_code == 403
        assert (
            client.post(adresse(art.modell, "delete", vorschlag.pk), {"post": "yes"}).status_code
            == 403
        )
        client.post(
            adresse(art.modell), {"action": "delete_selected", "_selected_action": vorschlag.pk}
        )
    assert zeile(vorschlag) == vorher


def test_what_a_form_must_not_say_is_not_heard(art, erste, zweite):
    sende(
        erste, art.modell, **art.formular(), ergebnis="genehmigt",
        vorgeschlagen_von=zweite.konto.pk, entschieden_von=zweite.konto.pk,
    )  # fmt: skip
    vorschlag = letzter(art)
    assert (vorschlag.ergebnis, vorschlag.vorgeschlagen_von) == ("offen", erste.konto)
    assert vorschlag.entschieden_von is None


@pytest.mark.parametrize("rolle", ["Redaktion", "Sachbearbeitung", "Prüfung", "Fortbildung"])
@pytest.mark.parametrize("pfad", ["genehmigen", "ablehnen"])
def test_without_the_right_nobody_decides(art, erste, rolle, pfad):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    client = angemeldet(make_konto([rolle]))
    for antwort in (
        client.get(schritt(art, vorschlag, pfad)),
        client.post(schritt(art, vorschlag, pfad), {"grund": "Einfach so"}),
    ):
        assert antwort.status_code in (403, 404)
    assert bleibt_offen(art, vorschlag)


# --- By deputy ------------------------------------------------------------------


def vertritt(vertreter, vertretener):
    make_vertretung(vertreter=vertreter, vertretener=vertretener, **ZEITRAUM)


def test_a_deputy_does_not_approve_the_own_proposal_in_the_name_of_another(art, zweite):
    vertreterin = make_konto(is_staff=True)
    vertritt(vertreterin, zweite.konto)
    client = angemeldet(vertreterin)
    sende(client, art.modell, **art.formular())
    vorschlag = art.modell.objects.get(ergebnis="offen")
    assert vorschlag.vorgeschlagen_von == vertreterin
    assert client.post(schritt(art, vorschlag)).status_code == 403
    assert bleibt_offen(art, vorschlag)
    assert versuche() == 1


def vertretung_von(*vertretene, name="Veit Vertretung"):
    """Somebody who has the right only as the deputy of these people, signed in."""
    person = make_konto(is_staff=True, name=name)
    for vertretener in vertretene:
        vertritt(person, vertretener)
    return angemeldet(person)


def scheitert(art, vorschlag, client, satz, fuer=None):
    """Neither the page nor the POST lets the person approve, and the attempt is in the log."""
    seite = client.get(adresse(art.modell, "change", vorschlag.pk)).content.decode()
    assert schritt(art, vorschlag) not in seite
    assert satz in seite
    liste = client.get(adresse(art.modell), {"wartet": "mich"}).content.decode()
    assert adresse(art.modell, "change", vorschlag.pk) not in liste
    for antwort in (client.get(schritt(art, vorschlag)), client.post(schritt(art, vorschlag))):
        assert antwort.status_code == 403
        assert satz in antwort.content.decode()
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == "offen"
    eintrag = Eintrag.objects.get(handlung=handlungen.EIGENE_FREIGABE_VERSUCHT.schluessel)
    assert (eintrag.durch, eintrag.fuer) == (client.konto, fuer)


def test_a_deputy_does_not_approve_what_the_represented_proposed(art, zweite):
    client = vertretung_von(zweite.konto)
    vorschlag = art.vorschlag(vorgeschlagen_von=zweite.konto)
    scheitert(art, vorschlag, client, vieraugen.VERTRETENE_PERSON, zweite.konto)
    antwort = client.post(schritt(art, vorschlag, "ablehnen"), {"grund": "Doch nicht"})
    assert antwort.status_code == 403
    assert bleibt_offen(art, vorschlag)


def test_nor_what_is_about_the_represented(art, erste, zweite):
    client = vertretung_von(zweite.konto)
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto, **{art.person: zweite.konto})
    scheitert(art, vorschlag, client, vieraugen.VERTRETENE_PERSON, zweite.konto)


def test_nor_as_the_deputy_of_somebody_else_as_well(art, erste, zweite):
    client = vertretung_von(erste.konto, zweite.konto)
    vorschlag = art.vorschlag(vorgeschlagen_von=zweite.konto)
    scheitert(art, vorschlag, client, vieraugen.VERTRETENE_PERSON, zweite.konto)


def test_the_represented_does_not_approve_what_a_deputy_proposed(art, zweite):
    client = vertretung_von(zweite.konto)
    sende(client, art.modell, **art.formular())
    vorschlag = art.modell.objects.get(ergebnis="offen")
    assert vorschlag.vorgeschlagen_von == client.konto
    assert vorschlag.vorgeschlagen_fuer == zweite.konto
    scheitert(art, vorschlag, zweite, vieraugen.ZWEITE_PERSON)
    seite = zweite.get(adresse(art.modell, "change", vorschlag.pk)).content.decode()
    assert "Veit Vertretung, in Vertretung für Zweite Person" in seite


def test_two_deputies_of_one_person_are_not_two(art, zweite):
    sende(vertretung_von(zweite.konto), art.modell, **art.formular())
    vorschlag = art.modell.objects.get(ergebnis="offen")
    andere = vertretung_von(zweite.konto, name="Andere Vertretung")
    scheitert(art, vorschlag, andere, vieraugen.VERTRETENE_PERSON, zweite.konto)


def test_a_deputy_with_the_right_acts_in_the_own_right(art, erste, zweite):
    """Even where the represented has proposed."""
    vertritt(zweite.konto, erste.konto)
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    assert zweite.post(schritt(art, vorschlag)).status_code == 302
    vorschlag.refresh_from_db()
    assert (vorschlag.entschieden_von, vorschlag.entschieden_fuer) == (zweite.konto, None)
    assert art.wirkungen(vorschlag) == 1


def test_a_deputy_approves_as_the_own_person_what_a_third_proposed(art, erste, zweite):
    client = vertretung_von(zweite.konto)
    vertreterin = client.konto
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    liste = client.get(adresse(art.modell), {"wartet": "mich"}).content.decode()
    assert adresse(art.modell, "change", vorschlag.pk) in liste
    seite = client.get(schritt(art, vorschlag)).content.decode()
    assert "Sie entscheiden in Vertretung für Zweite Person." in seite
    assert client.post(schritt(art, vorschlag)).status_code == 302
    vorschlag.refresh_from_db()
    assert vorschlag.entschieden_von == vertreterin
    assert vorschlag.entschieden_fuer == zweite.konto
    eintrag = Eintrag.objects.get(handlung=handlungen.VORSCHLAG_GENEHMIGT.schluessel)
    assert (eintrag.durch, eintrag.fuer) == (vertreterin, zweite.konto)


def test_the_represented_does_not_approve_the_own_proposal_either(art, erste, zweite):
    vertritt(zweite.konto, erste.konto)
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    assert erste.post(schritt(art, vorschlag)).status_code == 403
    assert bleibt_offen(art, vorschlag)


def test_who_has_the_right_already_acts_in_nobodys_name(art, erste, zweite):
    vertritt(zweite.konto, erste.konto)
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto)
    zweite.post(schritt(art, vorschlag))
    eintrag = Eintrag.objects.get(handlung=handlungen.VORSCHLAG_GENEHMIGT.schluessel)
    assert (eintrag.durch, eintrag.fuer) == (zweite.konto, None)


# --- By direct call, ORM and SQL --------------------------------------------------


def test_procedures_refuse_the_proposer_and_the_affected(art, erste, zweite):
    vorschlag = art.vorschlag(vorgeschlagen_von=erste.konto, **{art.person: zweite.konto})
    vorher = art.wirkungen(vorschlag)
    for konto in (erste.konto, zweite.konto):
        with pytest.raises(EigeneFreigabe):
            art.genehmige(vorschlag, durch=konto, um=UM)
    with pytest.raises(EigeneFreigabe):
        vieraugen.genehmige(vorschlag, durch=erste.konto, um=UM)
    with pytest.raises(EigeneFreigabe):
        vieraugen.lehne_ab(vorschlag, durch=erste.konto, um=UM, grund="Doch nicht")
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == "offen"
    assert art.wirkungen(vorschlag) == vorher


def _save(art, vorschlag, felder):
    for name, wert in felder.items():
        setattr(vorschlag, name, wert)
    vorschlag.save()


def _update(art, vorschlag, felder):
    art.modell.objects.filter(pk=vorschlag.pk).update(**felder)


def _bulk_update(art, vorschlag, felder):
    for name, wert in felder.items():
        setattr(vorschlag, name, wert)
    art.modell.objects.bulk_update([vorschlag], list(felder))


def _sql(art, vorschlag, felder):
    spalten = ", ".join(f"{art.modell._meta.get_field(name).column} = %s" for name in felder)
    werte = [getattr(wert, "pk", wert) for wert in felder.values()]
    tabelle = art.modell._meta.db_table
    sql(f"UPDATE {tabelle} SET {spalten} WHERE id = %s", *werte, vorschlag.pk)


WEGE = pytest.mark.parametrize("weg", [_save, _update, _bulk_update, _sql])


def genehmigt_durch(konto):
    return {"ergebnis": "genehmigt", "entschieden_von": konto, "entschieden_um": UM}


@pytest.mark.django_db
@WEGE
def test_the_database_refuses_the_proposer(jede_art, weg):
    person, konto = make_konto(), make_konto(is_staff=True)
    vorschlag = jede_art.vorschlag(vorgeschlagen_von=person, **jede_art.betrifft(konto))
    verboten(f"{jede_art}_zwei_personen", lambda: weg(jede_art, vorschlag, genehmigt_durch(person)))
    abgelehnt = genehmigt_durch(person) | {"ergebnis": "abgelehnt"}
    verboten(f"{jede_art}_zwei_personen", lambda: weg(jede_art, vorschlag, abgelehnt))
    weg(jede_art, vorschlag, genehmigt_durch(make_konto()))  # another person may


@pytest.mark.django_db
@WEGE
def test_the_database_refuses_the_affected(art, weg):
    person = make_konto(is_staff=True)
    vorschlag = art.vorschlag(**{art.person: person})
    verboten(
        f"{art}_nicht_durch_{art.person}", lambda: weg(art, vorschlag, genehmigt_durch(person))
    )


@pytest.mark.django_db
@WEGE
def test_the_database_refuses_the_represented(jede_art, weg):
    """Whoever is represented takes part, on either side; a third person may be represented."""
    person, vertretene, dritte = make_konto(), make_konto(), make_konto()
    vorschlag = jede_art.vorschlag(
        vorgeschlagen_von=person,
        vorgeschlagen_fuer=vertretene,
        **jede_art.betrifft(make_konto(is_staff=True)),
    )
    for durch, fuer in (
        (vertretene, None),
        (dritte, person),
        (dritte, vertretene),
        (dritte, dritte),
    ):
        for ergebnis in ("genehmigt", "abgelehnt"):
            felder = genehmigt_durch(durch) | {"entschieden_fuer": fuer, "ergebnis": ergebnis}
            verboten(
                f"{jede_art}_auch_in_vertretung",
                lambda felder=felder: weg(jede_art, vorschlag, felder),
            )
    weg(jede_art, vorschlag, genehmigt_durch(dritte) | {"entschieden_fuer": make_konto()})


@pytest.mark.django_db
@WEGE
def test_the_database_refuses_the_deputy_of_the_affected(art, weg):
    person = make_konto(is_staff=True)
    vorschlag = art.vorschlag(**{art.person: person})
    felder = genehmigt_durch(make_konto()) | {"entschieden_fuer": person}
    verboten(f"{art}_nicht_durch_{art.person}", lambda: weg(art, vorschlag, felder))


@pytest.mark.django_db
@WEGE
def test_in_whose_deputyship_somebody_acted_stays(jede_art, weg):
    vorschlag = jede_art.vorschlag(
        vorgeschlagen_fuer=make_konto(), **jede_art.betrifft(make_konto(is_staff=True))
    )
    fuer = {"vorgeschlagen_fuer": None}
    verboten("vieraugen_bleibt", lambda: weg(jede_art, vorschlag, fuer))
    vorschlag.refresh_from_db()
    _update(jede_art, vorschlag, genehmigt_durch(make_konto()) | {"entschieden_fuer": make_konto()})
    vorschlag.refresh_from_db()
    verboten("vieraugen_bleibt", lambda: weg(jede_art, vorschlag, fuer))
    vorschlag.refresh_from_db()
    verboten("vieraugen_bleibt", lambda: weg(jede_art, vorschlag, {"entschieden_fuer": None}))


@pytest.mark.django_db
def test_who_acts_represents_somebody_else(jede_art):
    person = make_konto()
    verboten(
        f"{jede_art}_auch_in_vertretung",
        lambda: jede_art.vorschlag(vorgeschlagen_von=person, vorgeschlagen_fuer=person),
    )


@pytest.mark.django_db
@WEGE
def test_nobody_becomes_the_proposer_afterwards(jede_art, weg):
    """Else somebody could put the proposal on another name and approve it."""
    person = make_konto()
    vorschlag = jede_art.vorschlag(vorgeschlagen_von=person)
    verboten(
        "vieraugen_bleibt", lambda: weg(jede_art, vorschlag, {"vorgeschlagen_von": make_konto()})
    )
    beides = genehmigt_durch(person) | {"vorgeschlagen_von": make_konto()}
    verboten("vieraugen_bleibt", lambda: weg(jede_art, vorschlag, beides))


@pytest.mark.django_db
@WEGE
def test_another_than_the_person_that_was_proposed_is_not_approved(art, weg):
    konto = make_konto(is_staff=True)
    vorschlag = art.vorschlag(**{art.person: konto})
    fremd = genehmigt_durch(make_konto()) | {art.person: make_konto(is_staff=True)}
    name = "bestellung_der_person" if str(art) == "bestellung" else "vieraugen_bleibt"
    verboten(name, lambda: weg(art, vorschlag, fremd))


@pytest.mark.django_db
@WEGE
@pytest.mark.parametrize("ergebnis", ["genehmigt", "abgelehnt", "zurueckgezogen"])
def test_what_is_decided_stays(jede_art, weg, ergebnis):
    konto = make_konto(is_staff=True)
    vorschlag = jede_art.vorschlag(**jede_art.betrifft(konto))
    durch = vorschlag.vorgeschlagen_von if ergebnis == "zurueckgezogen" else make_konto()
    _update(jede_art, vorschlag, genehmigt_durch(durch) | {"ergebnis": ergebnis})
    for anders in (
        genehmigt_durch(make_konto()),
        {"ergebnis": "offen", "entschieden_von": None, "entschieden_um": None},
        {"begruendung": "Etwas anderes"},
        {"vorgeschlagen_von": make_konto()},
        {"entschieden_um": datetime(2026, 1, 1, tzinfo=UTC)},
    ):
        vorschlag.refresh_from_db()
        verboten("vieraugen_bleibt", lambda a=anders: weg(jede_art, vorschlag, a))


@pytest.mark.django_db
def test_nothing_begins_decided(jede_art):
    konto = make_konto(is_staff=True)
    vorlage = jede_art.vorschlag(**jede_art.betrifft(konto))
    for felder in (
        genehmigt_durch(make_konto()),
        genehmigt_durch(vorlage.vorgeschlagen_von),
        genehmigt_durch(konto),
    ):
        neu = jede_art.modell(**_werte(vorlage) | felder)
        verboten("vieraugen_bleibt", lambda neu=neu: jede_art.modell.objects.bulk_create([neu]))


def _werte(vorschlag):
    ausser = ("id", "marke", "ergebnis", "entschieden_von", "entschieden_fuer", "entschieden_um")
    return {
        f.name: getattr(vorschlag, f.name) for f in vorschlag._meta.fields if f.name not in ausser
    }


@pytest.mark.django_db
def test_nothing_is_deleted(jede_art):
    konto = make_konto(is_staff=True)
    offen = jede_art.vorschlag(**jede_art.betrifft(konto))
    for loesche in (
        offen.delete,
        lambda: jede_art.modell.objects.all().delete(),
        lambda: jede_art.modell.objects.all()._raw_delete("default"),
    ):
        verboten("vieraugen_bleibt", loesche)
    assert jede_art.modell.objects.filter(pk=offen.pk).exists()


@pytest.mark.django_db
def test_a_text_may_be_deleted_for_data_protection_but_not_rewritten(jede_art):
    vorschlag = jede_art.vorschlag()
    _update(jede_art, vorschlag, {"begruendung": "[gelöscht]"})
    verboten(
        "vieraugen_bleibt", lambda: _update(jede_art, vorschlag, {"begruendung": "Neu erzählt"})
    )


# --- At once ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_exactly_one_wins(art):
    vorschlag = art.vorschlag(vorgeschlagen_von=make_konto())
    personen = [make_konto(["Administration"]) for _ in range(4)]

    def genehmige(person):
        art.genehmige(art.modell.objects.get(pk=vorschlag.pk), durch=person, um=UM)

    gescheitert = zugleich(*(lambda p=p: genehmige(p) for p in personen))
    assert [type(f) for f in gescheitert] == [SchrittNichtMoeglich] * 3
    assert {str(f) for f in gescheitert} == {vieraugen.SCHON_ENTSCHIEDEN}
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == "genehmigt"
    assert art.wirkungen(vorschlag) == 1
    genehmigt = Eintrag.objects.filter(handlung=handlungen.VORSCHLAG_GENEHMIGT.schluessel)
    assert [e.durch_id for e in genehmigt] == [vorschlag.entschieden_von_id]
