// Passkeys: asks the browser for one and sends its answer with the form. The section is hidden until this script shows it.

const WORTE = {
  InvalidStateError: "Auf diesem Gerät gibt es für Ihr Konto schon einen Passkey.",
  SecurityError: "Passkeys gehen nur unter dem Namen des Portals, nicht unter einer Nummer wie 127.0.0.1.",
};
const SONST = "Das hat nicht geklappt oder wurde abgebrochen. Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.";

const lade = async (adresse) => {
  const antwort = await fetch(adresse, { headers: { Accept: "application/json" } });
  return (await antwort.json()).request_options;
};

const frage = async (art, { publicKey }) =>
  art === "neu"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });

for (const bereich of document.querySelectorAll("[data-passkey]")) {
  const form = bereich.querySelector("form");
  const fehler = bereich.querySelector("[data-passkey-fehler]");
  const { passkey, optionen, quelle } = bereich.dataset;

  form.addEventListener("submit", async (ereignis) => {
    ereignis.preventDefault();
    fehler.textContent = "";
    try {
      const schluessel = await frage(passkey, optionen ? JSON.parse(optionen) : await lade(quelle));
      form.querySelector("[data-passkey-antwort]").value = JSON.stringify(schluessel);
      form.submit();
    } catch (grund) {
      fehler.textContent = WORTE[grund.name] ?? SONST;
    }
  });
  bereich.hidden = !window.PublicKeyCredential?.parseCreationOptionsFromJSON;
}
