// Shows the sums of the plan while somebody types, and adds rows in place. Both are what the server does, only earlier:
// it computes everything again with each saving.

const form = document.querySelector("[data-plan]");

if (form) {
  const LEER = "–";
  const euro = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" });

  // Hundredths, or NaN for what the server would refuse.
  const lies = (text) => {
    const t = text.trim().replace(/\s*(€|euro|eur)$/i, "");
    if (!/^(\d+|\d{1,3}([.\u00a0\u202f\u2009 ]\d{3})+)(,\d{1,2})?$/.test(t)) {
      return NaN;
    }
    const [ganz, nach = ""] = t.split(",");
    return Number(ganz.replace(/\D/g, "") + nach.padEnd(2, "0"));
  };
  const produkt = (a, b) => Math.floor((a * b + 50) / 100);
  const zeige = (feld, cent) => {
    if (feld) {
      feld.textContent = Number.isNaN(cent) ? LEER : euro.format(cent / 100);
    }
  };
  const satz = Math.round(Number(form.dataset.stundensatz) * 100);

  const betrag = (zeile, gruppe) => {
    const wert = (name) => zeile.querySelector(`[name$="-${name}"]`)?.value ?? "";
    if (wert("art") === "investiv") {
      return NaN;
    }
    if (gruppe === "sach") {
      return produkt(lies(wert("anzahl")), lies(wert("einzelbetrag")));
    }
    return wert("art") === "arbeit" ? produkt(lies(wert("stunden")), satz) : lies(wert("betrag"));
  };

  const rechne = () => {
    const summen = {};
    for (const gruppe of form.querySelectorAll("[data-gruppe]")) {
      const name = gruppe.dataset.gruppe;
      summen[name] = 0;
      for (const zeile of gruppe.querySelectorAll("[data-zeile]")) {
        const cent = betrag(zeile, name);
        zeige(zeile.querySelector("[data-summe]"), cent);
        summen[name] += cent || 0;
      }
      gruppe.querySelector("[data-ohne]")?.remove();
      zeige(gruppe.querySelector("[data-gruppensumme]"), summen[name]);
    }
    for (const name of ["eigenmittel", "zuwendung"]) {
      summen[name] = [...form.querySelectorAll(`[name^="${name}_"]`)].reduce((s, f) => s + (lies(f.value) || 0), 0);
    }
    const eigen = summen.eigenleistung;
    summen.ausgaben = summen.personal + summen.sach + eigen;
    summen.finanzierung = summen.eigenmittel + eigen + summen.drittmittel + summen.zuwendung;
    const fehlt = summen.ausgaben - summen.finanzierung;
    for (const feld of form.querySelectorAll("[data-posten]")) {
      const name = feld.dataset.posten;
      if (name === "differenz") {
        const rest = euro.format(Math.abs(fehlt) / 100);
        feld.textContent = fehlt > 0 ? `Es fehlen ${rest}` : fehlt < 0 ? `Es sind ${rest} zu viel` : "Stimmt überein";
      } else if (name === "anteil") {
        feld.textContent = "nach dem Speichern";
      } else {
        zeige(feld, summen[name]);
      }
      feld.parentElement.classList.remove("assk-bilanz__abweichung");
    }
  };

  const fuegeAn = (gruppe) => {
    const tabelle = gruppe.querySelector("table");
    const rumpf = tabelle.querySelector("[data-zeilen]");
    const stelle = rumpf.rows.length ? Number(rumpf.lastElementChild.querySelector("[name]").name.split("-")[1]) + 1 : 0;
    const html = gruppe.querySelector("template").innerHTML;
    rumpf.insertAdjacentHTML("beforeend", html.replaceAll("__stelle__", stelle).replaceAll("__nr__", rumpf.rows.length + 1));
    tabelle.hidden = false;
    rumpf.lastElementChild.querySelector("input, select").focus();
  };

  form.addEventListener("input", rechne);
  form.addEventListener("click", (ereignis) => {
    const knopf = ereignis.target.closest("button[name=neu]");
    if (knopf) {
      ereignis.preventDefault();
      fuegeAn(knopf.closest("[data-gruppe]"));
    }
  });
}
