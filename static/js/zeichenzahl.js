// Counts down the characters left in a text area. The limit itself stands in the hint, so nothing is lost without the script.

// Like the server: one per character, a line break is one too.
const laenge = (text) => [...text].length;

const worte = (rest) => {
  const zahl = Math.abs(rest).toLocaleString("de-DE");
  return rest < 0 ? `${zahl} Zeichen zu viel` : `noch ${zahl} Zeichen`;
};

for (const huelle of document.querySelectorAll("[data-zeichenzahl]")) {
  const feld = huelle.querySelector("textarea");
  const grenze = Number(huelle.dataset.zeichenzahl);
  const anzeige = document.createElement("p");
  const ansage = document.createElement("p");
  let warten;

  anzeige.className = "assk-zeichenzahl";
  anzeige.setAttribute("aria-hidden", "true");
  ansage.className = "assk-unsichtbar";
  ansage.setAttribute("role", "status");
  huelle.append(anzeige, ansage);

  // The browser would cut pasted text without a word.
  feld.removeAttribute("maxlength");

  const zeige = () => {
    anzeige.textContent = worte(grenze - laenge(feld.value));
  };

  feld.addEventListener("input", () => {
    zeige();
    clearTimeout(warten);
    // Announced in pauses only; at every key it would drown what is typed.
    warten = setTimeout(() => {
      ansage.textContent = anzeige.textContent;
    }, 1500);
  });
  zeige();
}
