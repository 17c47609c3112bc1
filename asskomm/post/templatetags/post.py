from django import template
from django.template.defaultfilters import stringfilter

from asskomm.post.vorlagen import umbrochen

register = template.Library()
register.filter("umbrochen", stringfilter(umbrochen))
