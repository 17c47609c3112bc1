"""The catalogue: valid after DCAT-AP.de, the same in both forms, and true about the portal.

`dcat_ap_de.ttl` states the obligations of the specification. Whoever has the shapes that GovData
publishes names their folder in DCAT_AP_DE_SHAPES, and they are asked too; nothing is downloaded.
"""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from asskomm.portal.offene_daten.datensaetze import DATENSAETZE
from asskomm.portal.offene_daten.katalog import DCATDE, katalogtext
from tests.factories import make_rat

pytestmark = pytest.mark.django_db
FORMEN = {"jsonld": "json-ld", "rdf": "xml"}
EIGENE = Path(__file__).with_name("dcat_ap_de.ttl")
VEROEFFENTLICHTE = os.environ.get("DCAT_AP_DE_SHAPES", "")
LIZENZ = URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")


@pytest.fixture
def lies(client):
    def lies(endung="rdf"):
        antwort = client.get(f"/daten/katalog.{endung}")
        assert antwort.status_code == 200
        return Graph().parse(data=antwort.content, format=FORMEN[endung])

    return lies


def pruefe(graph, formen):
    return validate(graph, shacl_graph=formen, inference="none", advanced=True)


@pytest.mark.parametrize("endung", FORMEN)
def test_the_catalogue_is_valid(lies, endung):
    gueltig, _, bericht = pruefe(lies(endung), Graph().parse(EIGENE))
    assert gueltig, bericht


@pytest.mark.parametrize(
    "eigenschaft",
    [
        DCTERMS.title, DCTERMS.publisher, DCTERMS.license, DCTERMS.modified, DCTERMS.spatial,
        DCTERMS["format"], DCAT.contactPoint, DCAT.accessURL, DCAT.theme,
        DCATDE.licenseAttributionByText, DCATDE.politicalGeocodingLevelURI,
    ],
)  # fmt: skip
def test_without_one_of_the_obligations_it_would_not_be(lies, eigenschaft):
    graph = lies()
    graph.remove((None, eigenschaft, None))
    gueltig, _, _ = pruefe(graph, Graph().parse(EIGENE))
    assert not gueltig


@pytest.mark.skipif(not VEROEFFENTLICHTE, reason="DCAT_AP_DE_SHAPES names no folder of shapes")
def test_the_published_shapes_agree(lies):
    formen = Graph()
    for datei in Path(VEROEFFENTLICHTE).glob("*.ttl"):
        formen.parse(datei)
    graph = lies()
    for wert in set(graph.objects()):
        if schema := _vokabular(str(wert)):
            graph.add((wert, SKOS.inScheme, URIRef(schema)))
    gueltig, _, bericht = pruefe(graph, formen)
    assert gueltig, bericht


def _vokabular(adresse):
    """The vocabulary of a term by the rule of its address; the vocabularies lie on the web."""
    for schema in (
        "http://publications.europa.eu/resource/authority/", "http://dcat-ap.de/def/contributors/",
        "http://dcat-ap.de/def/licenses/", "http://dcat-ap.de/def/politicalGeocoding/Level/",
    ):  # fmt: skip
        if adresse.startswith(schema):
            tiefer = adresse.removeprefix(schema).partition("/")[0]
            return f"{schema}{tiefer}" if "authority" in schema else schema.rstrip("/")
    return "http://purl.org/adms/publishertype/1.0" if "/publishertype/" in adresse else ""


def test_both_forms_say_the_same(client, lies):
    assert isomorphic(lies("jsonld"), lies("rdf"))
    assert client.get("/daten/katalog.jsonld")["Content-Type"] == "application/ld+json"
    assert client.get("/daten/katalog.rdf")["Content-Type"] == "application/rdf+xml; charset=utf-8"


def test_every_dataset_is_in_it_with_files_that_are_what_it_says(client, lies):
    graph = lies()
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == len(DATENSAETZE)
    verteilungen = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(verteilungen) == sum(len(d.formate) for d in DATENSAETZE.values())
    for verteilung in verteilungen:
        for eigenschaft in (DCAT.downloadURL, DCAT.accessURL):
            ziel = str(graph.value(verteilung, eigenschaft))
            antwort = client.get(ziel.removeprefix("http://testserver"))
            assert antwort.status_code == 200, ziel
            if eigenschaft == DCAT.downloadURL:
                medientyp = str(graph.value(verteilung, DCAT.mediaType))
                assert medientyp.endswith(f"/{antwort['Content-Type'].partition(';')[0]}")
        assert graph.value(verteilung, DCTERMS.license) == LIZENZ
    for satz in graph.subjects(RDF.type, DCAT.Dataset):
        seite = str(graph.value(satz, FOAF.page)).removeprefix("http://testserver")
        assert client.get(seite).status_code == 200


def test_modified_is_the_day_of_the_last_change(lies):
    eintrag = make_rat().history.first()
    eintrag.history_date = timezone.make_aware(timezone.datetime(2027, 3, 1, 12))
    eintrag.save()
    graph = lies()
    raete = URIRef("http://testserver/daten/praeventionsraete/#datensatz")
    assert graph.value(raete, DCTERMS.modified) == Literal(date(2027, 3, 1))
    (katalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert graph.value(katalog, DCTERMS.modified) == Literal(date(2027, 3, 1))


def test_the_demo_names_itself(lies, settings):
    settings.BEISPIELDATEN = True
    graph = lies()
    for art in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution):
        for knoten in graph.subjects(RDF.type, art):
            assert str(graph.value(knoten, DCTERMS.title)).startswith("Beispieldaten: ")


def test_no_person_is_named_as_contact(lies):
    graph = lies()
    postfaecher = {str(wert) for wert in graph.objects() if str(wert).startswith("mailto:")}
    assert postfaecher == {"mailto:lpr@smi.sachsen.de"}


@pytest.mark.thorough
def test_every_process_writes_the_same_text():
    """Else the ETag would change from one worker to the other."""
    texte = {_text_in_neuem_prozess(saat) for saat in ("1", "2")}
    assert len(texte) == 1


def _text_in_neuem_prozess(saat):
    skript = (
        "import django; django.setup()\n"
        "from datetime import date\n"
        "from asskomm.portal.offene_daten.katalog import DATENSAETZE, FORMEN, katalogtext\n"
        "tage = dict.fromkeys(DATENSAETZE, date(2026, 11, 23))\n"
        "print([katalogtext(endung, tage) for endung in FORMEN])"
    )
    umgebung = os.environ | {"PYTHONHASHSEED": saat}
    ergebnis = subprocess.run(
        [sys.executable, "-c", skript], env=umgebung, capture_output=True, text=True, check=True
    )
    return ergebnis.stdout


def test_it_is_built_once_for_a_state_of_the_data(lies):
    tage = dict.fromkeys(DATENSAETZE, date(2026, 11, 23))
    assert katalogtext("rdf", tage) is katalogtext("rdf", dict(tage))
    assert "2026-11-24" in katalogtext("rdf", tage | {"kommunen": date(2026, 11, 24)})
