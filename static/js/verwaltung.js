// What an autocomplete of the admin shows has no label of its own: it gets that of the field it serves.
function nameDesFelds(element) {
  const auswahl = element.closest(".select2-container")?.parentElement?.querySelector("select");
  const label = auswahl && document.querySelector(`label[for="${auswahl.id}"]`);
  return label?.textContent.replace(/:\s*$/, "").trim() || auswahl?.getAttribute("aria-label") || "";
}

function benenne() {
  // A button directly in a list is no entry of it, and every entry has its own.
  for (const alles of document.querySelectorAll("ul > .select2-selection__clear")) {
    alles.remove();
  }
  for (const suche of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const name = nameDesFelds(suche);
    suche.setAttribute("aria-label", name ? `${name} suchen` : "Suchen");
  }
  for (const gewaehlt of document.querySelectorAll(".select2-selection__rendered[role]")) {
    const wert = gewaehlt.getAttribute("title") || "nichts gewählt";
    gewaehlt.setAttribute("aria-label", `${nameDesFelds(gewaehlt)}: ${wert}`);
  }
  for (const auswahl of document.querySelectorAll(".select2-selection[role=combobox]")) {
    const liste = auswahl.getAttribute("aria-owns");
    if (liste) {
      auswahl.setAttribute("aria-controls", liste);
    } else {
      auswahl.removeAttribute("aria-controls");
    }
  }
}

new MutationObserver(benenne).observe(document.documentElement, { childList: true, subtree: true });
document.addEventListener("DOMContentLoaded", benenne);
