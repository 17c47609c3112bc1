// The search field of an autocomplete has no label of its own: it gets that of the field it serves.
// Loaded in the pages of the admin only.
function benenne(feld) {
  const auswahl = feld.closest(".select2-container")?.parentElement?.querySelector("select");
  const label = auswahl && document.querySelector(`label[for="${auswahl.id}"]`);
  const name = label?.textContent.replace(/:\s*$/, "") || auswahl?.getAttribute("aria-label");
  feld.setAttribute("aria-label", name ? `${name.trim()} suchen` : "Suchen");
}

function benenneAlle() {
  for (const feld of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    benenne(feld);
  }
}

new MutationObserver(benenneAlle).observe(document.documentElement, { childList: true, subtree: true });
document.addEventListener("DOMContentLoaded", benenneAlle);
