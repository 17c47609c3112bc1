"""What can happen to a mail, in the words of the Protokoll."""

from asskomm.protokoll.handlungen import Handlung

ANGEHALTEN = Handlung("post.angehalten", "E-Mail angehalten")
FREIGEGEBEN = Handlung("post.freigegeben", "E-Mail freigegeben")
ERNEUT_GESENDET = Handlung("post.erneut_gesendet", "E-Mail erneut gesendet")
FEHLGESCHLAGEN = Handlung("post.fehlgeschlagen", "E-Mail nicht zustellbar")
ZURUECKGEKOMMEN = Handlung("post.zurueckgekommen", "E-Mail zurückgekommen")
ERLEDIGT = Handlung("post.erledigt", "Nicht zugestellte E-Mail als erledigt vermerkt")
