"""Mails about members of a Kommune. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: kommune (its name), for the review also kennung and anzahl
MITGLIED_BEENDET = Vorlage("mitglied_beendet", "Ihre Mitgliedschaft ist beendet: {kommune}")
MITGLIED_ROLLE = Vorlage("mitglied_rolle", "Ihre Rollen haben sich geändert: {kommune}")
ROLLEN_PRUEFEN = Vorlage("rollen_pruefen", "Prüfen Sie, wer für {kommune} handelt")
