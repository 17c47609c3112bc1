"""Who may open the pages of the coordinators."""

from asskomm.konten.personalseiten import nur_personal_mit

from .verfahren.zulassung import RECHT

verlangt_koordination = nur_personal_mit(RECHT)
