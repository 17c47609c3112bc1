"""The catalogue of the datasets after DCAT-AP.de 3.0, for data portals that collect them."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from asskomm.beispielmarke import BEISPIELMARKE

from ..kontext import KONTAKT, PORTAL_LANGNAME, PORTAL_NAME
from ..zahlen.kennzahlen import PROGRAMMSTART
from .datensaetze import DATENSAETZE
from .datensatz import (
    AUSGEGEBEN_AM,
    HERAUSGEBER,
    LIZENZ_DCAT,
    Datensatz,
    Format,
    voll,
)

DCATAP = Namespace("http://data.europa.eu/r5r#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"

SACHSEN = URIRef("http://dcat-ap.de/def/politicalGeocoding/stateKey/14")
EBENE_LAND = URIRef("http://dcat-ap.de/def/politicalGeocoding/Level/state")
DATENBEREITSTELLER = URIRef("http://dcat-ap.de/def/contributors/freistaatSachsen")
LANDESBEHOERDE = URIRef("http://purl.org/adms/publishertype/RegionalAuthority")
DEUTSCH = URIRef(f"{EU}language/DEU")
OEFFENTLICH = URIRef(f"{EU}access-right/PUBLIC")
UNREGELMAESSIG = URIRef(f"{EU}frequency/IRREG")
# rdflib knows the second edition of DCAT, the property is of the third.
DCAT_VERSION = URIRef(f"{DCAT}version")
VERFUEGBAR = URIRef(f"{EU}planned-availability/AVAILABLE")
PRAEFIXE = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "vcard": VCARD,
    "dcatde": DCATDE,
    "dcatap": DCATAP,
}

# Ending of the address: how rdflib calls the form, media type. JSON is UTF-8 without saying so.
FORMEN = {
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("xml", "application/rdf+xml; charset=utf-8"),
}


def katalogtext(endung: str, geaendert: dict[str, date]) -> str:
    """The catalogue as text; `geaendert` names the last change of each dataset.

    Kept until one of them changes: what else decides are the settings.
    """
    return _katalogtext(
        FORMEN[endung][0], tuple(geaendert.items()), settings.BASE_URL, settings.BEISPIELDATEN
    )


@lru_cache(maxsize=4)
def _katalogtext(form, geaendert, _base_url, _beispieldaten):
    graph = katalog(dict(geaendert))
    if form != "json-ld":
        return graph.serialize(format=form)
    kontext = {name: str(raum) for name, raum in PRAEFIXE.items()}
    inhalt = json.loads(graph.serialize(format=form, context=kontext))
    return json.dumps(_geordnet(inhalt), ensure_ascii=False, indent=1, sort_keys=True)


def _geordnet(teil):
    """Lists in a fixed order: rdflib's differs from process to process, and so would the ETag."""
    if isinstance(teil, dict):
        return {name: _geordnet(wert) for name, wert in teil.items()}
    if isinstance(teil, list):
        return sorted(map(_geordnet, teil), key=lambda t: json.dumps(t, sort_keys=True))
    return teil


def katalog(geaendert: dict[str, date]) -> Graph:
    """The catalogue as a graph. Every node has an address, so that it is the same each time."""
    graph = Graph(store="SimpleMemory")  # keeps the order, see `_geordnet`
    for name, raum in PRAEFIXE.items():
        graph.bind(name, raum)
    seite = voll(reverse("portal:daten"))
    stelle, postfach = URIRef(f"{seite}#herausgeber"), URIRef(f"{seite}#kontakt")
    katalog_ = URIRef(f"{seite}#katalog")
    _trage_ein(
        graph,
        stelle,
        (RDF.type, FOAF.Agent),
        (FOAF.name, _deutsch(HERAUSGEBER)),
        (FOAF.homepage, URIRef(voll(reverse("portal:start")))),
        (DCTERMS.type, LANDESBEHOERDE),
    )
    _trage_ein(
        graph,
        postfach,
        (RDF.type, VCARD.Kind),
        (RDF.type, VCARD.Organization),
        (VCARD.fn, Literal("Geschäftsstelle des Landespräventionsrates Sachsen")),
        (VCARD.hasEmail, URIRef(f"mailto:{KONTAKT}")),
    )
    _trage_ein(graph, SACHSEN, (RDF.type, DCTERMS.Location))
    _trage_ein(
        graph,
        katalog_,
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, _deutsch(_mit_marke(f"Offene Daten von {PORTAL_NAME}"))),
        (DCTERMS.description, _deutsch(f"Offene Daten der {PORTAL_LANGNAME} ({PORTAL_NAME}).")),
        (DCTERMS.publisher, stelle),
        (DCTERMS.language, DEUTSCH),
        (DCTERMS.license, URIRef(LIZENZ_DCAT)),
        (DCTERMS.spatial, SACHSEN),
        (DCTERMS.issued, Literal(AUSGEGEBEN_AM)),
        (DCTERMS.modified, Literal(max(geaendert.values()))),
        (FOAF.homepage, URIRef(seite)),
        (DCAT.themeTaxonomy, URIRef(f"{EU}data-theme")),
        *((DCAT.dataset, _knoten(d)) for d in DATENSAETZE.values()),
    )
    for datensatz in DATENSAETZE.values():
        _datensatz(graph, datensatz, stelle, postfach, geaendert[datensatz.kennung])
    return graph


def _datensatz(graph, datensatz, stelle, postfach, geaendert):
    knoten, seite = _knoten(datensatz), URIRef(voll(datensatz.get_absolute_url()))
    zeitraum = URIRef(f"{seite}#zeitraum")
    distributionen = {form: URIRef(f"{seite}#{form.endung}") for form in datensatz.formate}
    _trage_ein(
        graph,
        knoten,
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, _deutsch(_mit_marke(datensatz.titel))),
        (DCTERMS.description, _deutsch(_beschreibung(datensatz))),
        (DCTERMS.identifier, Literal(str(knoten))),
        (DCTERMS.publisher, stelle),
        (DCTERMS.creator, stelle),
        (DCAT.contactPoint, postfach),
        (DCTERMS.issued, Literal(AUSGEGEBEN_AM)),
        (DCTERMS.modified, Literal(geaendert)),
        (DCAT_VERSION, Literal(str(datensatz.version))),
        (DCAT.landingPage, seite),
        (FOAF.page, URIRef(voll(datensatz.woerterbuch_url("json")))),
        (DCTERMS.language, DEUTSCH),
        (DCTERMS.accessRights, OEFFENTLICH),
        (DCTERMS.accrualPeriodicity, UNREGELMAESSIG),
        (DCTERMS.spatial, SACHSEN),
        (DCATDE.politicalGeocodingLevelURI, EBENE_LAND),
        (DCATDE.contributorID, DATENBEREITSTELLER),
        (DCATAP.availability, VERFUEGBAR),
        (DCTERMS.temporal, zeitraum),
        *((DCAT.theme, URIRef(f"{EU}data-theme/{thema}")) for thema in datensatz.themen),
        *((DCAT.keyword, _deutsch(wort)) for wort in datensatz.schlagworte),
        *((DCAT.distribution, d) for d in distributionen.values()),
    )
    _trage_ein(
        graph,
        zeitraum,
        (RDF.type, DCTERMS.PeriodOfTime),
        (DCAT.startDate, Literal(PROGRAMMSTART)),
    )
    for form, distribution in distributionen.items():
        _distribution(graph, datensatz, form, distribution, seite, geaendert)


def _distribution(graph, datensatz, form: Format, knoten, seite, geaendert):
    _trage_ein(
        graph,
        knoten,
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, _deutsch(_mit_marke(f"{datensatz.titel} als {form.titel}"))),
        (DCTERMS.description, _deutsch(f"{form.beschreibung}.")),
        (DCAT.accessURL, seite),
        (DCAT.downloadURL, URIRef(voll(datensatz.datei_url(form.endung)))),
        (DCTERMS["format"], URIRef(f"{EU}file-type/{form.dateityp}")),
        (DCAT.mediaType, URIRef(f"{IANA}{form.medientyp}")),
        (DCTERMS.license, URIRef(LIZENZ_DCAT)),
        (DCATDE.licenseAttributionByText, _deutsch(datensatz.namensnennung)),
        (DCTERMS.language, DEUTSCH),
        (DCTERMS.issued, Literal(AUSGEGEBEN_AM)),
        (DCTERMS.modified, Literal(geaendert)),
        (DCATAP.availability, VERFUEGBAR),
    )


def _knoten(datensatz: Datensatz) -> URIRef:
    return URIRef(f"{voll(datensatz.get_absolute_url())}#datensatz")


def _beschreibung(datensatz):
    saetze = [datensatz.beschreibung, *datensatz.hinweise]
    if settings.BEISPIELDATEN:
        saetze.append("Diese Ausgabe enthält erfundene Einträge; sie sind gekennzeichnet.")
    return " ".join(saetze)


def _mit_marke(titel):
    return f"{BEISPIELMARKE}: {titel}" if settings.BEISPIELDATEN else titel


def _deutsch(text):
    return Literal(text, lang="de")


def _trage_ein(graph, knoten, *angaben):
    for eigenschaft, wert in angaben:
        graph.add((knoten, eigenschaft, wert))
