"""The page frame: what every page carries, without database, session or cookie."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import resolve, reverse

from asskomm.portal import kontext


def seite(vorlage="base.html", adresse="/kommunen/", **daten):
    return render_to_string(vorlage, daten, RequestFactory().get(adresse))


def test_frame_has_its_landmarks_and_names():
    html = seite(pfad=[("Kommunen", "")])
    assert '<html lang="de">' in html
    assert html.index("Zum Inhalt springen") < html.index("<header>")
    assert '<main id="inhalt" tabindex="-1">' in html
    namen = re.findall(r'<nav [^>]*aria-label="([^"]+)"', html)
    assert namen == [
        "Hauptnavigation",
        "Hauptnavigation",
        "Brotkrumen",
        "Fußbereich",
        "Rechtliches",
    ]
    assert len(re.findall(r"<nav\b", html)) == len(namen)
    alle = re.findall(r'\sid="([^"]+)"', html)
    assert len(alle) == len(set(alle))


@pytest.mark.parametrize(
    ("name", "args", "aktuell", "bereich"),
    [
        ("kommunen:liste", [], {"Kommunen": "page"}, ""),
        ("kommunen:kommune", ["14524330"], {"Kommunen": "true"}, "Kommunen"),
        ("kommunen:raete", [], {"Kommunen": "true"}, "Kommunen"),
        ("portal:termine", [], {"Aktuelles": "true"}, "Aktuelles"),
        ("portal:seite", ["foerderung"], {"Förderung": "page"}, ""),
        ("portal:seite", ["impressum"], {}, ""),
        ("portal:start", [], {}, ""),
    ],
)
def test_navigation_shows_where_the_page_is(name, args, aktuell, bereich):
    rahmen = kontext.rahmen(RequestFactory().get(reverse(name, args=args)))
    markiert = {e["titel"]: e["aktuell"] for e in rahmen["navigation"] if e["aktuell"]}
    assert markiert == aktuell
    assert rahmen["bereich"] == bereich


def test_every_link_of_the_frame_has_a_view():
    rahmen = kontext.rahmen(RequestFactory().get("/"))
    links = [*rahmen["navigation"], *rahmen["kopfzeile"], *rahmen["fusszeile"]]
    links += [eintrag for gruppe in rahmen["fussbereich"] for eintrag in gruppe["links"]]
    for eintrag in links:
        assert resolve(eintrag["url"])


def test_title_names_page_section_and_portal():
    html = seite(adresse=reverse("kommunen:raete"))
    titel = f"<title>{kontext.PORTAL_LANGNAME} – Kommunen – ASSKomm</title>"
    assert titel in html


def test_breadcrumbs_end_with_the_page_itself():
    html = seite(pfad=[("Kommunen", "/kommunen/"), ("Zwickau", "")])
    assert (
        '<a href="/kommunen/">Kommunen</a></li><li><span aria-current="page">Zwickau</span>' in html
    )


def test_page_without_path_has_no_breadcrumbs():
    assert "Brotkrumen" not in seite()


@pytest.mark.parametrize("an", [True, False])
def test_demo_mode_shows_on_every_page(an):
    with override_settings(BEISPIELDATEN=an):
        assert ("Dieses Portal zeigt Beispieldaten" in seite()) is an


@pytest.mark.parametrize(
    ("vorlage", "ueberschrift", "daten"),
    [
        ("403.html", "Kein Zugriff auf diese Seite", {}),
        ("403.html", "Das Formular ist abgelaufen", {"abgelaufen": True}),
        ("404.html", "Diese Seite gibt es nicht", {}),
        ("404.html", "Meinten Sie", {"aehnliche": [{"titel": "Döbeln", "url": "/"}]}),
        ("429.html", "Bitte warten Sie", {"form": forms.Form()}),
        (
            "410.html",
            "Ostrau gehört jetzt zu Jahnatal",
            {"kommune": "Ostrau", "nachfolger": "Jahnatal"},
        ),
    ],
)
def test_error_page_says_what_happened_once(vorlage, ueberschrift, daten):
    html = seite(vorlage, **daten)
    assert ueberschrift in html
    assert html.count("<h1>") == 1


@pytest.mark.parametrize("vorlage", ["400.html", "413.html", "500.html", "503.html"])
def test_pages_for_outages_stand_alone(vorlage):
    """They are also served as plain files, so they hold no template language."""
    html = render_to_string(vorlage)
    quelle = (seiten_ordner() / vorlage).read_text(encoding="utf-8")
    assert html == quelle
    assert "{%" not in quelle
    assert kontext.KONTAKT in quelle


def seiten_ordner():
    from .quellen import VORLAGEN

    return VORLAGEN
