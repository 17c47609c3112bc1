"""Links from forms and pages to the terms of the glossary.

A page names the terms that people meet there, by their `kennung`; a form does so in
`begriffe`, by the names of its fields. Only what the Redaktion publishes becomes a link: a term
that is taken off the website leaves nothing behind. tests/website/test_begriffe.py knows every
place and fails for a term that is not delivered.
"""

from django import template

from ..models import Begriff

register = template.Library()


@register.inclusion_tag("components/begriffe.html", takes_context=True)
def begriffe(context, *kennungen):
    """{% begriffe "zuwendung" "eigenanteil" %}: a question for each term, linked to its answer."""
    bekannt = _veroeffentlichte(context)
    return {"begriffe": [bekannt[kennung] for kennung in kennungen if kennung in bekannt]}


@register.inclusion_tag("components/begriffe.html", takes_context=True)
def begriff_am_feld(context, feld):
    """The same below a field of a form; most fields need none."""
    kennung = getattr(feld.form, "begriffe", {}).get(feld.name)
    return begriffe(context, kennung) if kennung else {"begriffe": []}


def _veroeffentlichte(context):
    """The published terms by `kennung`, read once for the whole page; none without a page."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return {}
    if not hasattr(request, "begriffe"):
        gelesen = Begriff.objects.oeffentlich().only("kennung", "wort")
        request.begriffe = {begriff.kennung: begriff for begriff in gelesen}
    return request.begriffe
