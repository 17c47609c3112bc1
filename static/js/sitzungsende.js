// Five minutes before the session ends, a dialog asks whether to go on. Other windows may have used the session since,
// so the server is asked first. Without this script typed text survives the end all the same.

const VORHER_S = 5 * 60;
const dialog = document.querySelector("[data-sitzungsende]");

if (dialog) {
  const form = dialog.querySelector("form");
  const rest = dialog.querySelector("[data-sitzungsende-rest]");
  const { adresse } = dialog.dataset;
  let uhr;

  const warte = (sekunden) => {
    clearTimeout(uhr);
    uhr = setTimeout(frage, Math.max(0, sekunden - VORHER_S) * 1000);
  };

  const frage = async () => {
    const sekunden = await lies(fetch(adresse));
    if (sekunden > VORHER_S + 5) {
      warte(sekunden);
      return;
    }
    const minuten = Math.ceil(sekunden / 60);
    rest.textContent =
      minuten > 0
        ? `Ihre Sitzung endet in ${minuten === 1 ? "einer Minute" : `${minuten} Minuten`}.`
        : "Ihre Sitzung ist beendet. Was Sie eingegeben haben, bleibt beim Absenden erhalten.";
    form.hidden = minuten <= 0;
    if (!dialog.open) {
      dialog.showModal();
    }
    if (minuten > 0) {
      clearTimeout(uhr);
      uhr = setTimeout(frage, Math.min(60, sekunden + 1) * 1000);
    }
  };

  const lies = async (antwort) => {
    try {
      return (await (await antwort).json()).sekunden;
    } catch {
      return VORHER_S; // no connection: better a warning too early
    }
  };

  form.addEventListener("submit", async (ereignis) => {
    ereignis.preventDefault();
    const sekunden = await lies(fetch(adresse, { method: "POST", body: new FormData(form) }));
    if (sekunden > VORHER_S) {
      dialog.close();
      warte(sekunden);
    } else {
      frage();
    }
  });

  dialog.querySelector("[data-sitzungsende-zu]").addEventListener("click", () => dialog.close());
  warte(Number(dialog.dataset.sekunden));
}
