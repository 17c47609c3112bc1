// Saves a section of a draft by itself: 20 seconds after the last key, and on leaving a field that was changed. Only the line
// with the time changes. The server keeps what was typed, right or wrong; without this script the buttons do the same.

const NACH_MS = 20_000;
const ANSAGE_MS = 60_000;
const OHNE_VERBINDUNG = "Nicht gespeichert – keine Verbindung. Ihre Eingaben bleiben auf dieser Seite.";
const form = document.querySelector("form[data-entwurf]");

if (form) {
  const zeile = document.querySelector("[data-entwurf-stand]");
  const ansage = document.createElement("p");
  let uhr;
  let lauf = Promise.resolve();
  let laeuft = false;
  let gespeichert = form.dataset.entwurf === "offen" ? "" : stand();
  let gesendet = false;
  let angesagt = 0;

  // Announced at most once a minute, failures at once.
  ansage.className = "assk-unsichtbar";
  ansage.setAttribute("role", "status");
  zeile.removeAttribute("role");
  zeile.after(ansage);

  function stand() {
    const daten = new FormData(form);
    daten.delete("gesehen");
    daten.delete("csrfmiddlewaretoken");
    return new URLSearchParams(daten).toString();
  }

  function zeige(text, fehler) {
    const wort = document.createElement("span");
    wort.textContent = text;
    zeile.replaceChildren(wort);
    zeile.toggleAttribute("data-fehler", fehler);
    if (fehler || Date.now() - angesagt > ANSAGE_MS) {
      angesagt = Date.now();
      ansage.textContent = text;
    }
  }

  async function speichere() {
    clearTimeout(uhr);
    const jetzt = stand();
    if (jetzt === gespeichert || gesendet) {
      return;
    }
    const daten = new FormData(form);
    daten.append("automatisch", "1");
    laeuft = true;
    try {
      const antwort = await fetch(form.action.split("#")[0], {
        method: "POST",
        body: new URLSearchParams(daten),
        redirect: "manual",
      });
      const version = antwort.headers.get("X-Stand");
      if (antwort.ok && version) {
        gespeichert = jetzt;
        form.elements.gesehen.value = version;
        zeige(await antwort.text(), false);
      } else if (antwort.type === "opaqueredirect") {
        zeige("Nicht gespeichert – Sie sind nicht mehr angemeldet. Speichern Sie, und melden Sie sich wieder an.", true);
      } else if (antwort.headers.get("Content-Type")?.startsWith("text/plain")) {
        zeige(await antwort.text(), true);
      } else {
        zeige("Nicht gespeichert. Ihre Eingaben bleiben auf dieser Seite.", true);
      }
    } catch {
      zeige(OHNE_VERBINDUNG, true);
    } finally {
      laeuft = false;
    }
  }

  // One after the other, so that a page never meets its own saving.
  function nacheinander() {
    lauf = lauf.then(speichere);
    return lauf;
  }

  form.addEventListener("input", () => {
    clearTimeout(uhr);
    uhr = setTimeout(nacheinander, NACH_MS);
  });
  form.addEventListener("change", nacheinander);
  form.addEventListener("submit", (ereignis) => {
    clearTimeout(uhr);
    if (laeuft) {
      ereignis.preventDefault();
      lauf.then(() => form.requestSubmit(ereignis.submitter ?? undefined));
      return;
    }
    gesendet = true;
  });
  window.addEventListener("pageshow", () => {
    gesendet = false;
  });
  window.addEventListener("beforeunload", (ereignis) => {
    if (!gesendet && stand() !== gespeichert) {
      ereignis.preventDefault();
    }
  });
}
