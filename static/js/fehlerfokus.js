// Moves the focus to the list of errors after a form came back, and from its entries to the fields.
// Without this script the form's action ends in #fehler and the entries are plain links, which does the same.

const uebersicht = document.querySelector("[data-fehlerfokus]");

if (uebersicht) {
  uebersicht.focus();
  uebersicht.addEventListener("click", (ereignis) => {
    const ziel = ereignis.target.closest("a[href^='#']");
    const feld = ziel && document.getElementById(ziel.hash.slice(1));
    if (!feld) {
      return;
    }
    ereignis.preventDefault();
    // Show the label too, not only the control.
    (feld.closest("fieldset, .kern-form-input, .kern-form-check") ?? feld).scrollIntoView({ block: "start" });
    feld.focus({ preventScroll: true });
  });
}
