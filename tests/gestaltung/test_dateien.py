"""Style sheets and templates keep the rules of the house."""

import re

import pytest

from . import quellen

RAHMEN = (quellen.VORLAGEN / "base.html").read_text(encoding="utf-8")
# Set by a script, so neither a template nor Python names it.
IM_SKRIPT = {"assk-zeichenzahl"}

alle_vorlagen = pytest.mark.parametrize("vorlage", quellen.vorlagen(), ids=quellen.kennung)
alle_stile = pytest.mark.parametrize("stil", quellen.eigene_stile(), ids=quellen.kennung)


def lies(pfad):
    return pfad.read_text(encoding="utf-8")


def ohne_vorlagenkommentare(text):
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)


@alle_vorlagen
def test_template_has_nothing_inline(vorlage):
    text = lies(vorlage)
    assert not re.search(r"\sstyle\s*=|<style\b|\son\w+\s*=\s*[\"']|javascript:", text)
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag


@alle_vorlagen
def test_template_loads_nothing_from_elsewhere(vorlage):
    assert not re.search(
        r"<(?:link|script|img|iframe|use)\b[^>]*(?:href|src)=[\"']https?:", lies(vorlage)
    )


@alle_vorlagen
def test_short_comments_stay_on_one_line(vorlage):
    """Django prints a {# comment #} that runs over two lines."""
    for stelle in re.finditer(r"{#", lies(vorlage)):
        rest = lies(vorlage)[stelle.start() :]
        assert "#}" in rest.split("\n", 1)[0]


@alle_vorlagen
def test_components_get_only_what_they_are_given(vorlage):
    if vorlage.parent.name == "kern":
        return
    for aufruf in re.findall(
        r'{% include "components/[^%]*%}', ohne_vorlagenkommentare(lies(vorlage))
    ):
        assert aufruf.rstrip(" %}").endswith(" only"), aufruf


@pytest.mark.parametrize(
    "komponente", sorted((quellen.VORLAGEN / "components").glob("*.html")), ids=lambda p: p.stem
)
def test_component_is_used_and_explains_itself(komponente):
    name = f"components/{komponente.name}"
    python = (quellen.WURZEL / "asskomm").rglob("*.py")
    fundorte = [*quellen.vorlagen(), *python]
    assert any(f'"{name}"' in lies(datei) for datei in fundorte if datei != komponente)
    assert lies(komponente).startswith(("{# ", "{% comment %}"))


@alle_stile
def test_only_tokens_carry_colour_values(stil):
    if stil.name in quellen.OHNE_RAHMEN | {"tokens.css"}:
        return
    assert not re.search(
        r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", quellen.ohne_kommentare(lies(stil))
    )


@alle_stile
def test_important_is_kept_for_print_and_the_hidden_helper(stil):
    stellen = [
        zeile for zeile in lies(stil).splitlines() if "!important" in zeile and "/*" not in zeile
    ]
    if stil.name == "base.css":
        assert stellen == ["  position: absolute !important;"]
    elif stil.name != "druck.css":
        assert stellen == []


def test_every_style_sheet_is_linked_in_the_frame_tokens_first_print_last():
    verlinkt = re.findall(r'{% static "css/([^"]+)" %}', RAHMEN)
    assert set(verlinkt) == {stil.name for stil in quellen.eigene_stile()} - quellen.OHNE_RAHMEN
    assert verlinkt[:2] == ["tokens.css", "base.css"]
    assert verlinkt[-1] == "druck.css"


def in_vorlagen():
    return "\n".join(ohne_vorlagenkommentare(lies(vorlage)) for vorlage in quellen.vorlagen())


def in_python():
    apps = ("asskomm", "kommunen", "beratung", "foerderung", "fortbildung")
    return "\n".join(lies(datei) for app in apps for datei in (quellen.WURZEL / app).rglob("*.py"))


def in_stilen():
    return "\n".join(quellen.ohne_kommentare(lies(stil)) for stil in quellen.eigene_stile())


def test_every_class_in_a_template_has_a_style():
    definiert = set(re.findall(r"\.(assk-[a-z0-9_-]+)", in_stilen()))
    benutzt = set(re.findall(r"\bassk-[a-z0-9_-]+(?![\w{-])", in_vorlagen()))
    # A name that ends in "--" is completed by a variable.
    assert {name for name in benutzt if not name.endswith("-")} - definiert == set()


def test_every_style_has_a_class_in_a_template():
    definiert = set(re.findall(r"\.(assk-[a-z0-9_-]+)", in_stilen()))
    texte = in_vorlagen() + in_python()
    anfaenge = tuple(re.findall(r"\b(assk-[a-z0-9_-]+--){{", texte))
    unbenutzt = {name for name in definiert if name not in texte and not name.startswith(anfaenge)}
    assert sorted(unbenutzt - IM_SKRIPT) == []


def test_signs_in_use_are_those_of_the_sprite():
    from asskomm.portal.templatetags import gestaltung

    vorhanden = set(
        re.findall(r'<symbol id="([\w-]+)"', lies(quellen.STATIC / "img" / "icons.svg"))
    )
    in_python = lies(quellen.WURZEL / "asskomm" / "portal" / "kontext.py")
    benutzt = set(re.findall(r'{% zeichen "([\w-]+)"', in_vorlagen()))
    benutzt |= {bild for _, bild in [*gestaltung.BEDEUTUNG.values(), gestaltung.NEUTRAL]}
    benutzt |= {name for name in vorhanden if f'"{name}"' in in_python}
    assert benutzt == vorhanden
