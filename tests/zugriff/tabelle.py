"""Who meets what at every address of the portal: the table to check by eye.

    .    the page itself (200)          an   to the login, and back to this page afterwards
    an*  to the login, and from there not back to this page, which is part of signing in
    403  the right is missing           404  as if it were not there
    405  only by a form (POST)          ->   on to another page

One answer alone is the answer for everybody. The pages of the admin that every model has (list,
add, change, delete, history) follow the table of roles in tests/verwaltung/test_rollen.py; here
stand all others. A new address without a line fails the test.

Kommune and case in the addresses are those of `lesen` to `verwaltung`; `fremd` is Verwaltung of
another Kommune, `ohne` has an account and no Kommune, `coach` accompanies Kommune and nobody else.
"""

PERSONEN = (
    "anonym", "ohne", "fremd", "lesen", "bearbeitung", "zeichnung", "verwaltung",
    "redaktion", "sachbearbeitung", "pruefung", "leitung", "fortbildung", "administration",
    "coach",
)  # fmt: skip

SEITEN = """
# What everybody may read
portal:start                                     .
portal:zahlen                                    .
portal:veroeffentlichte-zahlen                   .
portal:kennzahl                                  .
portal:kennzahl-csv                              .
portal:kennzahl-json                             .
portal:daten                                     .
portal:katalog                                   .
portal:datensatz                                 .
portal:datensatz-aktuell                         .
portal:datensatz-datei                           .
portal:datensatz-spalten                         .
portal:meldungen                                 .
portal:feed                                      .
portal:meldung                                   .
portal:meldung-bild                              .
portal:kommentieren                              .
portal:kommentar-eingegangen                     .
portal:termine                                   .
portal:termine-ics                               .
portal:termin                                    .
portal:termin-ics                                .
portal:suche                                     .
portal:glossar                                   .
portal:robots                                    .
portal:sitemap                                   .
portal:security                                  .
portal:barriere-melden                           .
portal:barriere-eingegangen                      .
portal:seite                                     .
kommunen:liste                                   .
kommunen:csv                                     .
kommunen:kommune                                 .
kommunen:raete                                   .
kommunen:rat                                     .
foerderung:projekte                              .
foerderung:eignung                               .
foerderung:regeln                                .
portal:favicon                                   ->

# Courses: also the pages that open with a personal link; `ohne` is the person who registered
fortbildung:kurse                                .
fortbildung:durchgang                            .
fortbildung:durchgang-ics                        .
fortbildung:anmelden                             .
fortbildung:anmeldung-unterwegs                  .
fortbildung:anmeldung-geloescht                  .
fortbildung:anmeldung-link                       .
fortbildung:zustimmung                           .
fortbildung:zertifikat-pruefen                   .
fortbildung:zertifikat-link                      .
fortbildung:befragung                            .
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
fortbildung:meine                                an    .     .     .     .     .     .     .     .     .     .     .     .     .
fortbildung:anmeldung                            an    .     404   404   404   404   404   404   404   404   404   404   404   404
fortbildung:zertifikat                           an    .     404   404   404   404   404   404   404   404   404   404   404   404
fortbildung:koordination                         an    404   404   404   404   404   404   404   404   404   404   .     404   404
fortbildung:koordination-durchgang               an    404   404   404   404   404   404   404   404   404   404   .     404   404
fortbildung:koordination-xlsx                    an    404   404   404   404   404   404   404   404   404   404   .     404   404
fortbildung:koordination-anmeldung               an    404   404   404   404   404   404   404   404   404   404   .     404   404
fortbildung:koordination-kurstag                 an    404   404   404   404   404   404   404   404   404   404   .     404   404
fortbildung:koordination-liste                   an    404   404   404   404   404   404   404   404   404   404   .     404   404
fortbildung:koordination-zertifikat              an    404   404   404   404   404   404   404   404   404   404   .     404   404

# The worklist and the Fallakte of the LPR
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
foerderung:arbeitsvorrat                         an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:arbeitsvorrat-csv                     an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte                              an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-antrag                       an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-fassung                      an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-plan                         an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-unterlagen                   an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-formal                       an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-fachlich                     an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-nachforderung                an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-vermerke                     an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-verlauf                      an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-wiedervorlage                an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-befangenheit                 an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-zustaendigkeit               an    404   404   404   404   404   404   404   .     403   .     404   404   404
foerderung:fallakte-formal-oeffnen               an    404   404   404   404   404   404   404   .     403   403   404   404   404
foerderung:fallakte-nachforderung-zuruecknehmen  an    404   404   404   404   404   404   404   .     403   403   404   404   404
foerderung:fallakte-gutachten-neu                an    404   404   404   404   404   404   404   403   .     403   404   404   404
foerderung:fallakte-fachlich-abschliessen        an    404   404   404   404   404   404   404   403   .     403   404   404   404
foerderung:fallakte-fachlich-oeffnen             an    404   404   404   404   404   404   404   403   .     403   404   404   404
foerderung:fallakte-uebernehmen                  an    404   404   404   404   404   404   404   ->    403   403   404   404   404

# What is to be paid back; a payment on it has come in
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
foerderung:rueckforderung                        an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:akte-rueckforderung                   an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-rueckzahlung-stornieren          an    404   404   404   404   404   404   404   403   403   403   404   404   404

# Receipts and proof of use of a running grant; one version is in
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
foerderung:nachweis-belege                       an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:nachweis-beleg-neu                    an    404   404   403   .     403   403   404   404   404   404   404   404   404
foerderung:nachweis-beleg                        an    404   404   403   .     403   403   404   404   404   404   404   404   404
foerderung:nachweis-beleg-loeschen               an    404   404   403   .     403   403   404   404   404   404   404   404   404
foerderung:nachweis-belege-xlsx                  an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:nachweis-belegtabelle                 an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:nachweis-belege-uebernehmen           an    404   404   403   ->    403   403   404   404   404   404   404   404   404
foerderung:nachweis                              an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:nachweis-bericht                      an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:nachweis-eingang-pdf                  an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:nachweis-pdf                          an    404   404   .     .     .     .     404   404   404   404   404   404   404

# Changes of a running project, and money passed on
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
foerderung:aenderungen                           an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:aenderung-melden                      an    404   404   ->    .     .     ->    404   404   404   404   404   404   404
foerderung:aenderung-zurueckziehen               an    404   404   ->    ->    ->    ->    404   404   404   404   404   404   404
foerderung:weiterleitungen                       an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:weiterleitung-beenden                 an    404   404   ->    .     .     ->    404   404   404   404   404   404   404
foerderung:akte-aenderungen                      an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-aenderung                        an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-aenderung-schritt                an    404   404   404   404   404   404   404   ->    ->    ->    404   404   404

# Bank data, requests for money, payouts and payments; the grant is final, the payout waits for its check
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
foerderung:bankverbindung                        an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:bankverbindung-bestaetigen            an    404   404   403   403   ->    403   404   404   404   404   404   404   404
foerderung:bankverbindung-verwerfen              an    404   404   403   ->    ->    403   404   404   404   404   404   404   404
foerderung:auszahlungen                          an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:auszahlung-anfordern                  an    404   404   403   403   ->    403   404   404   404   404   404   404   404
foerderung:auszahlung-zurueckziehen              an    404   404   403   403   ->    403   404   404   404   404   404   404   404
foerderung:akte-auszahlungen                     an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-auszahlung                       an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-auszahlung-bankdaten             an    404   404   404   404   404   404   404   ->    403   403   404   404   404
foerderung:akte-auszahlung-schritt               an    404   404   404   404   404   404   404   ->    ->    ->    404   404   404
foerderung:zahlungen                             an    404   404   404   404   404   404   404   403   403   .     404   404   404
foerderung:zahlungen-anordnen                    an    404   404   404   404   404   404   404   403   403   ->    404   404   404
foerderung:zahlungsdatei                         an    404   404   404   404   404   404   404   403   403   ->    404   404   404
foerderung:zahlungen-einlesen                    an    404   404   404   404   404   404   404   403   403   ->    404   404   404
foerderung:zahlungen-uebernehmen                 an    404   404   404   404   404   404   404   403   403   ->    404   404   404
foerderung:zahlung-klaeren                       an    404   404   404   404   404   404   404   403   403   .     404   404   404

# Advice: pages of the Kommune and of the coordinators
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
beratung:analysen                                an    404   404   .     .     .     .     404   404   404   404   404   404   404
beratung:analyse                                 an    404   404   .     .     .     .     404   404   404   404   404   404   404
beratung:empfehlung                              an    404   404   .     .     .     .     404   404   404   404   404   404   404
beratung:beratungen                              an    404   404   .     .     .     .     404   404   404   404   404   404   404
beratung:beratungsanfrage                        an    404   404   .     .     .     .     404   404   404   404   404   404   404
beratung:beratungstermin-ics                     an    404   404   .     .     .     .     404   404   404   404   404   404   404
beratung:beratungsschritt                        405
beratung:beratung-arbeitsvorrat                  an    404   404   404   404   404   404   404   .     404   404   404   404   404
beratung:beratung-anfrage                        an    404   404   404   404   404   404   404   .     404   404   404   404   404
beratung:beratung-aufnehmen                      an    404   404   404   404   404   404   404   .     404   404   404   404   404
beratung:beratung-festhalten                     an    404   404   404   404   404   404   404   .     404   404   404   404   404

# Signature, submission and what follows; the application is a draft, in Zeichnung or submitted
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
foerderung:antrag-pruefen                        an    404   404   .     .     .     .     404   404   404   404   404   404   404
# Where somebody else can sign, there is no paper to sign
foerderung:antrag-erklaerung-pdf                 an    404   404   403   404   403   403   404   404   404   404   404   404   404
foerderung:antrag-zeichnen                       an    404   404   403   403   .     403   404   404   404   404   404   404   404
foerderung:antrag-zeichnung-ablehnen             an    404   404   403   403   .     403   404   404   404   404   404   404   404
foerderung:antrag-zurueckholen                   an    404   404   403   .     403   403   404   404   404   404   404   404   404
foerderung:antrag-zurueckziehen                  an    404   404   403   403   .     403   404   404   404   404   404   404   404
foerderung:antrag-einwilligung                   an    404   404   403   .     .     403   404   404   404   404   404   404   404
foerderung:antrag-eingang                        an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:antrag-eingang-pdf                    an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:antrag-pdf                            an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:antrag-vergleich                      an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:antrag-nachforderung                  an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:fallakte-vergleich                    an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:fallakte-antrag-pdf                   an    404   404   404   404   404   404   404   .     .     .     404   404   404

# Notices: of the Kommune, and in the Fallakte
foerderung:bescheid                              an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:bescheid-pdf                          an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:bescheid-anlage                       an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:bescheid-verzicht                     an    404   404   403   403   .     403   404   404   404   404   404   404   404
foerderung:bescheid-abrufen                      an    404   404   ->    ->    ->    ->    404   404   404   404   404   404   404
foerderung:bescheid-empfang                      an    404   404   ->    ->    ->    ->    404   404   404   404   404   404   404
foerderung:akte-bescheide                        an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-bescheid-pdf                     an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-bescheid-anlage                  an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-bescheid-post                    an    404   404   404   404   404   404   404   ->    403   403   404   404   404
foerderung:akte-bescheid-anschrift               an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-bescheid-zugang                  an    404   404   404   404   404   404   404   ->    403   403   404   404   404
foerderung:akte-bescheid-zugang-bestritten       an    404   404   404   404   404   404   404   ->    403   403   404   404   404
foerderung:akte-bescheid-klage                   an    404   404   404   404   404   404   404   .     403   403   404   404   404
foerderung:akte-bescheid-verzicht                an    404   404   404   404   404   404   404   .     403   403   404   404   404
foerderung:akte-bescheid-ausgang                 an    404   404   404   404   404   404   404   ->    403   403   404   404   404
foerderung:akte-bescheid-streichen               an    404   404   404   404   404   404   404   ->    403   403   404   404   404
foerderung:akte-neu-entscheiden                  an    404   404   404   404   404   404   404   ->    403   403   404   404   404

# Check of a proof, its result, the end of a case; the proof waits for its check
foerderung:akte-nachweis                         an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-nachweis-beleg                   an    404   404   404   404   404   404   404   403   .     403   404   404   404
foerderung:akte-nachweis-pruefen                 an    404   404   404   404   404   404   404   403   .     403   404   404   404
foerderung:akte-nachweis-zurueckgeben            an    404   404   404   404   404   404   404   .     403   403   404   404   404
foerderung:akte-nachweis-oeffnen                 an    404   404   404   404   404   404   404   403   ->    403   404   404   404
foerderung:akte-abschluss                        an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:akte-abschluss-schritt                an    404   404   404   404   404   404   404   ->    ->    ->    404   404   404
foerderung:nachweis-ergebnis                     an    404   404   .     .     .     .     404   404   404   404   404   404   404

# Samples of proofs of use
foerderung:stichproben                           an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:stichprobe                            an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:stichprobe-csv                        an    404   404   404   404   404   404   404   .     .     .     404   404   404

# Recommendation and decision in the Fallakte; the preview of a notice with gaps names them (409)
foerderung:haushalt                              an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:empfehlung                            an    404   404   404   404   404   404   404   .     403   403   404   404   404
foerderung:empfehlung-zuruecknehmen              an    404   404   404   404   404   404   404   .     403   403   404   404   404
foerderung:entscheidung                          an    404   404   404   404   404   404   404   .     .     .     404   404   404
foerderung:vorschlagen                           an    404   404   404   404   404   404   404   .     403   403   404   404   404
foerderung:bescheidvorschau                      an    404   404   404   404   404   404   404   409   409   409   404   404   404
foerderung:entscheidung-genehmigen               an    404   404   404   404   404   404   404   ->    ->    ->    404   404   404
foerderung:entscheidung-ablehnen                 an    404   404   404   404   404   404   404   403   403   ->    404   404   404
foerderung:entscheidung-zurueckziehen            an    404   404   404   404   404   404   404   ->    403   403   404   404   404

# Signing in
konten:abgemeldet                                .
konten:passwort-vergessen                        .
konten:passwort-neu                              .
konten:sitzung                                   .
account_login                                    .     ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
account_logout                                   ->    .     .     .     .     .     .     .     .     .     .     .     .     .
mfa_authenticate                                 an*   ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_login_webauthn                               an*   ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
# An invitation for somebody else: who is signed in is told so
konten:einladung                                 .     403   403   403   403   403   403   403   403   403   403   403   403   403

# One's own account; `ohne` has no second factor yet, the others confirm themselves first (->)
konten:konto                                     an    .     .     .     .     .     .     .     .     .     .     .     .     .
konten:ueberall-abmelden                         an    405   405   405   405   405   405   405   405   405   405   405   405   405
datenschutz:auskunft                             an    .     .     .     .     .     .     .     .     .     .     .     .     .
account_change_password                          an    .     .     .     .     .     .     .     .     .     .     .     .     .
account_reauthenticate                           an    403   ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_reauthenticate                               an    403   .     .     .     .     .     .     .     .     .     .     .     .
mfa_reauthenticate_webauthn                      an    403   ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_index                                        an    .     .     .     .     .     .     .     .     .     .     .     .     .
mfa_activate_totp                                an    .     ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_add_webauthn                                 an    .     ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_generate_recovery_codes                      an    .     ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_deactivate_totp                              an    404   ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_edit_webauthn                                an    404   ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_remove_webauthn                              an    404   ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->    ->
mfa_view_recovery_codes                          an    404   404   404   404   404   404   404   404   404   404   404   404   404

# For a Kommune
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
bereich:start                                    an    .     ->    ->    ->    ->    ->    .     .     .     .     .     .     ->
bereich:kommune                                  an    404   404   .     .     .     .     404   404   404   404   404   404   404
mitglieder:liste                                 an    404   404   .     .     .     .     404   404   404   404   404   404   404
mitglieder:verlassen                             an    404   404   .     .     .     .     404   404   404   404   404   404   404
mitglieder:einladen                              an    404   404   403   403   403   .     404   404   404   404   404   404   404
mitglieder:pruefen                               an    404   404   403   403   403   .     404   404   404   404   404   404   404
mitglieder:rollen                                an    404   404   403   403   403   .     404   404   404   404   404   404   404
mitglieder:beenden                               an    404   404   403   403   403   .     404   404   404   404   404   404   404
# What the portal says about the council of the Kommune; everybody reads, Bearbeitung confirms
puls:liste                                       an    404   404   .     .     .     .     404   404   404   404   404   404   404
puls:rat                                         an    404   404   .     .     .     .     404   404   404   404   404   404   404
puls:korrigieren                                 an    404   404   403   .     403   403   404   404   404   404   404   404   404

# Coaching: from the request to the proposal; the coach is the one who is proposed
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
beratung:coaching-anfragen                       an    404   404   .     .     .     .     404   404   404   404   404   404   404
beratung:coachinganfrage                         an    404   404   .     .     .     .     404   ->    404   404   404   404   404
beratung:coachvorschlag                          an    404   404   .     .     .     .     404   ->    404   404   404   404   .
beratung:tafel                                   an    404   404   404   404   404   404   404   .     404   404   404   404   404
beratung:coaches                                 an    404   404   404   404   404   404   404   .     404   404   404   404   404
beratung:vermitteln                              an    404   404   404   404   404   404   404   .     404   404   404   404   404
beratung:vorschlagen                             an    404   404   404   404   404   404   404   .     404   404   404   404   404

# Engagements: the coach is the one who leads it
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
beratung:begleitungen                            an    404   .     .     .     .     .     404   .     404   404   404   404   .
beratung:begleitung                              an    404   404   .     .     .     .     404   .     404   404   404   404   .
beratung:kontakt                                 an    404   404   .     .     .     .     404   .     404   404   404   404   .
beratung:vereinbarung                            an    404   404   403   403   403   403   404   .     404   404   404   404   .
beratung:vertretung                              an    404   404   403   403   403   403   404   .     404   404   404   404   403
beratung:sitzung-neu                             an    404   404   403   403   403   403   404   403   404   404   404   404   .
beratung:sitzung                                 an    404   404   .     .     .     .     404   .     404   404   404   404   .
beratung:sitzung-aendern                         an    404   404   403   403   403   403   404   403   404   404   404   404   .
beratung:sitzung-stornieren                      an    404   404   403   403   403   403   404   403   404   404   404   404   .
beratung:schritt                                 405
beratung:erweiterung                             an    404   404   403   403   403   403   404   .     404   404   404   404   .
beratung:wechsel                                 an    404   404   403   403   403   403   404   .     404   404   404   404   403
beratung:abschluss                               an    404   404   403   403   403   403   404   .     404   404   404   404   .
# Of an engagement that another coach led and that ended a year ago
beratung:nachfrage                               an    404   404   403   .     403   403   404   .     404   404   404   404   404
beratung:wirkungen                               an    404   404   404   404   404   404   404   .     404   404   404   404   404
beratung:wirkung                                 an    404   404   404   404   404   404   404   .     404   404   404   404   404

# A draft of the Kommune
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
foerderung:antrag-neu                            an    404   404   403   .     403   403   404   404   404   404   404   404   404
foerderung:antrag                                an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:antrag-ansehen                        an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:antrag-beratung                       an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:antrag-schritt                        an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:antrag-anlagen                        an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:anlage                                an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:anlage-entfernen                      an    404   404   403   ->    403   403   404   404   404   404   404   404   404
foerderung:anlage-zurueckholen                   an    404   404   403   ->    403   403   404   404   404   404   404   404   404
foerderung:antrag-plan                           an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:plan-tabelle                          an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:plan-xlsx                             an    404   404   .     .     .     .     404   404   404   404   404   404   404
foerderung:plan-uebernehmen                      an    404   404   403   ->    403   403   404   404   404   404   404   404   404

# The Verwaltung of the LPR: pages that belong to no single model
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
admin:index                                      an    403   403   403   403   403   403   .     .     .     .     .     .     403
admin:app_list                                   an    403   403   403   403   403   403   .     .     .     .     .     .     403
admin:aenderungen                                an    403   403   403   403   403   403   .     .     .     .     .     .     403
admin:jsi18n                                     an    403   403   403   403   403   403   .     .     .     .     .     .     403
admin:password_change_done                       an    403   403   403   403   403   403   ->    ->    ->    ->    ->    ->    403
admin:view_on_site                               an    403   403   403   403   403   403   ->    ->    ->    ->    ->    ->    403
admin:password_change                            an    403   403   403   403   403   403   ->    ->    ->    ->    ->    ->    403
admin:login                                      an*   403   403   403   403   403   403   ->    ->    ->    ->    ->    ->    403
admin:logout                                     ->    ->    ->    ->    ->    ->    ->    .     .     .     .     .     .     ->
admin:autocomplete                               an    403   403   403   403   403   403   403   403   403   403   403   403   403

# Pages beside the five of each model
#                                                anony ohne  fremd lesen bearb zeich verw  redak sachb pruef leit  fortb admin coach
admin:protokoll_eintrag_export                   an    403   403   403   403   403   403   405   405   405   405   405   405   403
admin:protokoll_eintrag_history                  an    403   403   403   403   403   403   404   404   404   404   404   404   403
admin:post_briefkasten                           an    403   403   403   403   403   403   403   404   403   404   403   404   403
admin:post_brief                                 an    403   403   403   403   403   403   403   404   403   404   403   404   403
admin:konten_konto_einladung-erneut              an    403   403   403   403   403   403   403   403   403   403   403   409   403
admin:konten_konto_einladung-widerrufen          an    403   403   403   403   403   403   403   403   403   403   403   409   403
admin:konten_konto_ueberall-abmelden             an    403   403   403   403   403   403   403   403   403   403   403   .     403
admin:konten_konto_deaktivieren                  an    403   403   403   403   403   403   403   403   403   403   403   .     403
admin:konten_konto_aktivieren                    an    403   403   403   403   403   403   403   403   403   403   403   409   403
admin:konten_rollenvergabe_genehmigen            an    403   403   403   403   403   403   403   403   403   .     403   .     403
admin:konten_rollenvergabe_ablehnen              an    403   403   403   403   403   403   403   403   403   .     403   .     403
admin:konten_rollenvergabe_zurueckziehen         an    403   403   403   403   403   403   403   403   403   403   403   403   403
admin:konten_zweitfaktorverlust_genehmigen       an    403   403   403   403   403   403   403   403   403   403   403   .     403
admin:konten_zweitfaktorverlust_ablehnen         an    403   403   403   403   403   403   403   403   403   403   403   .     403
admin:konten_zweitfaktorverlust_zurueckziehen    an    403   403   403   403   403   403   403   403   403   403   403   403   403
# Whom it represents sees a Vertretung too; for others of the LPR it is not there
admin:konten_vertretung_changelist               an    403   403   403   403   403   403   403   403   .     .     403   .     403
admin:konten_vertretung_change                   an    403   403   403   403   403   403   403   403   .     .     403   .     403
admin:konten_vertretung_history                  an    403   403   403   403   403   403   404   404   .     .     404   .     403
admin:konten_vertretung_genehmigen               an    403   403   403   403   403   403   404   404   403   .     404   .     403
admin:konten_vertretung_ablehnen                 an    403   403   403   403   403   403   404   404   403   .     404   .     403
admin:konten_vertretung_zurueckziehen            an    403   403   403   403   403   403   404   404   403   403   404   403   403
admin:konten_vertretung_beenden                  an    403   403   403   403   403   403   404   404   409   409   404   409   403
admin:kommunen_bestellung_genehmigen             an    403   403   403   403   403   403   403   403   403   403   403   .     403
admin:kommunen_bestellung_ablehnen               an    403   403   403   403   403   403   403   403   403   403   403   .     403
admin:kommunen_bestellung_zurueckziehen          an    403   403   403   403   403   403   403   403   403   403   403   403   403
# A draft with gaps: Sachbearbeitung keeps it, the Leitung would release it
admin:foerderung_regelwerk_freigeben             an    403   403   403   403   403   403   403   403   403   409   403   403   403
admin:foerderung_regelwerk_neue-version          an    403   403   403   403   403   403   403   409   403   403   403   403   403
admin:kommunen_ratskorrektur_uebernehmen         an    403   403   403   403   403   403   403   .     403   403   403   403   403
admin:kommunen_ratskorrektur_ablehnen            an    403   403   403   403   403   403   403   .     403   403   403   403   403
# A coach without an open invitation
admin:beratung_coach_einladung-erneut            an    403   403   403   403   403   403   403   409   403   403   403   403   403
admin:beratung_coach_einladung-widerrufen        an    403   403   403   403   403   403   403   409   403   403   403   403   403
admin:beratung_kontingenterweiterung_genehmigen  an    403   403   403   403   403   403   403   403   403   .     403   403   403
admin:beratung_kontingenterweiterung_ablehnen    an    403   403   403   403   403   403   403   403   403   .     403   403   403
admin:beratung_kontingenterweiterung_zurueckziehen  an  403  403   403   403   403   403   403   403   403   403   403   403   403
admin:datenschutz_verzeichnis_export             an    403   403   403   403   403   403   405   405   405   405   405   405   403
admin:datenschutz_loeschlauf_genehmigen          an    403   403   403   403   403   403   403   403   403   .     403   .     403
admin:datenschutz_loeschlauf_ablehnen            an    403   403   403   403   403   403   403   403   403   .     403   .     403
admin:datenschutz_loeschlauf_zurueckziehen       an    403   403   403   403   403   403   403   403   403   403   403   403   403
admin:datenschutz_aufbewahrungssperre_aufheben   an    403   403   403   403   403   403   403   403   403   .     403   .     403
# A record without a document (404); a picture
admin:kommunen_kooperationsvereinbarung_dokument an    403   403   403   403   403   403   404   404   404   404   403   404   403
admin:portal_meldung_bild                        an    403   403   403   403   403   403   .     .     403   .     403   403   403
"""
