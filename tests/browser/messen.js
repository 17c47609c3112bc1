// What the checks measure in a page. Every function returns a list of findings in words; empty means good.
(() => {
  const BEDIENBAR =
    'a[href], button, input:not([type="hidden"]), select, textarea, summary, iframe, [tabindex], [contenteditable="true"]';

  const sichtbar = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.getClientRects().length > 0;

  // Hidden from the eye on purpose: .assk-unsichtbar and its like, the skip link while it waits, the trap for robots.
  const verborgen = (element) => {
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      const stil = getComputedStyle(e);
      if (stil.position === "absolute") {
        const kasten = e.getBoundingClientRect();
        const weg = kasten.bottom + scrollY <= 0 || kasten.right + scrollX <= 0;
        if (stil.clipPath.startsWith("inset(50%") || stil.clip === "rect(0px, 0px, 0px, 0px)" || weg) {
          return true;
        }
      }
    }
    return false;
  };

  const imRollkasten = (element) => {
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth) {
        return true;
      }
    }
    return false;
  };

  const kurz = (element) => {
    const klasse = element.getAttribute("class");
    const name = element.localName + (element.id ? `#${element.id}` : "") + (klasse ? `.${klasse.trim().split(/\s+/).join(".")}` : "");
    const text = (element.getAttribute("aria-label") || element.innerText || element.value || element.textContent || "")
      .trim()
      .replace(/\s+/g, " ")
      .slice(0, 40);
    return text ? `${name} „${text}“` : name;
  };

  // Boxes that people see as boxes: text that sticks out of them is cut or covers its neighbour.
  const KASTEN = '.kern-btn, .assk-chip, button, summary, [class*="kachel"] > li, .assk-kasten, .kern-alert';

  const texte = function* () {
    const lauf = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const bereich = document.createRange();
    for (let knoten = lauf.nextNode(); knoten; knoten = lauf.nextNode()) {
      const element = knoten.parentElement;
      if (!knoten.data.trim() || element.closest("svg, script, style, noscript, option") || !sichtbar(element)) {
        continue;
      }
      bereich.selectNodeContents(knoten);
      const kaesten = [...bereich.getClientRects()].filter((k) => k.width > 0.5);
      if (kaesten.length && !verborgen(element)) {
        yield [knoten.data.trim().slice(0, 40), element, kaesten];
      }
    }
  };

  // Lines of one text may touch; more than that makes both unreadable.
  const decken = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;

  const ueberlauf = () => {
    const befunde = [];
    const breite = document.documentElement.clientWidth;
    const ganz = document.scrollingElement;
    if (ganz.scrollWidth > breite) {
      const schuld = [...document.body.querySelectorAll("*")]
        .filter((e) => sichtbar(e) && !verborgen(e) && !imRollkasten(e) && e.getBoundingClientRect().right > breite + 1)
        .slice(-3)
        .map(kurz);
      befunde.push(`page is ${ganz.scrollWidth} px wide instead of ${breite} px: ${schuld.join(" | ")}`);
    }
    for (const e of document.body.querySelectorAll("*")) {
      const stil = getComputedStyle(e);
      const zuBreit = () => e.scrollWidth > e.clientWidth + 1;
      const quer = /hidden|clip/.test(stil.overflowX) && zuBreit();
      const hoch = /hidden|clip/.test(stil.overflowY) && e.scrollHeight > e.clientHeight + 1;
      const rollt = /auto|scroll/.test(stil.overflowX) && zuBreit();
      // innerText takes longest, so it is asked for where there is something to find.
      if (!(quer || hoch || rollt) || e.closest("svg") || !sichtbar(e) || e.matches("select, input, textarea") || verborgen(e) || !e.innerText?.trim()) {
        continue;
      }
      if (quer || hoch) {
        befunde.push(`cut off: ${kurz(e)}`);
      }
      if (rollt && e.tabIndex < 0 && !stationen().some((station) => e.contains(station))) {
        befunde.push(`scrolls, but not by keyboard: ${kurz(e)}`);
      }
    }
    const alle = [...texte()].filter(([, element]) => !imRollkasten(element));
    for (const [text, element, kaesten] of alle) {
      if (kaesten.some((k) => k.left < -1 || k.right > breite + 1)) {
        befunde.push(`text sticks out of the page: „${text}“ in ${kurz(element)}`);
      }
      const kasten = element.closest(KASTEN);
      if (kasten && getComputedStyle(kasten).display !== "inline") {
        const rand = kasten.getBoundingClientRect();
        if (kaesten.some((k) => k.left < rand.left - 1 || k.right > rand.right + 1)) {
          befunde.push(`text sticks out of its box: „${text}“ in ${kurz(kasten)}`);
        }
      }
    }
    // From top to bottom: below the end of a text no other one lies on it.
    const lage = alle.map(([text, element, kaesten]) => ({
      text,
      element,
      kaesten,
      oben: Math.min(...kaesten.map((k) => k.top)),
      unten: Math.max(...kaesten.map((k) => k.bottom)),
    }));
    lage.sort((a, b) => a.oben - b.oben);
    lage.forEach((a, nummer) => {
      for (let i = nummer + 1; i < lage.length && lage[i].oben < a.unten; i++) {
        const b = lage[i];
        if (a.kaesten.some((eins) => b.kaesten.some((zwei) => decken(eins, zwei)))) {
          befunde.push(`text on text: „${a.text}“ and „${b.text}“ in ${kurz(b.element)}`);
        }
      }
    });
    return befunde;
  };

  // Controls in DOM order as Tab should visit them. Of a group of radios only one takes part.
  const stationen = () =>
    [...document.querySelectorAll(BEDIENBAR)].filter((e) => {
      if (e.tabIndex < 0 || e.disabled || !sichtbar(e) || e.closest("[inert]")) {
        return false;
      }
      if (e.matches("summary") && e.parentElement.querySelector("summary") !== e) {
        return false;
      }
      if (e.matches('input[type="radio"]')) {
        const gruppe = [...(e.form ?? document).querySelectorAll('input[type="radio"]')].filter((r) => r.name === e.name);
        return e === (gruppe.find((r) => r.checked) ?? gruppe[0]);
      }
      return true;
    });

  let reihe = [];

  const beginneTabben = () => {
    scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    reihe = stationen();
    return reihe.map(kurz);
  };

  // The ring stands at the control itself, or at the ::after that makes a whole tile its hit area.
  const ring = (element) =>
    [null, "::after", "::before"].some((teil) => {
      const stil = getComputedStyle(element, teil);
      return stil.outlineStyle !== "none" && parseFloat(stil.outlineWidth) >= 2 && !/, 0\)$/.test(stil.outlineColor);
    });

  // Where the focus is: number in the row of controls (-1 for none), and what is wrong there.
  const fokus = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) {
      return { nummer: null, name: "", befunde: [] };
    }
    const befunde = [];
    if (!ring(element)) {
      befunde.push(`no focus ring: ${kurz(element)}`);
    }
    const k = element.getBoundingClientRect();
    const [breite, hoehe] = [document.documentElement.clientWidth, innerHeight];
    // Of a text area the browser shows the line with the cursor.
    const passt = k.height <= hoehe && !element.matches("textarea");
    const drin = k.left >= -1 && k.right <= breite + 1 && (passt ? k.top >= -1 && k.bottom <= hoehe + 1 : k.top < hoehe - 24 && k.bottom > 24);
    if (!drin) {
      befunde.push(`focus outside the viewport: ${kurz(element)} (${Math.round(k.top)} to ${Math.round(k.bottom)} px)`);
    }
    const mitte = element.getClientRects()[0];
    const oben = document.elementFromPoint(mitte.left + mitte.width / 2, mitte.top + mitte.height / 2);
    if (drin && oben && !element.closest("svg") && !element.contains(oben) && !oben.contains(element) && !element.labels?.[0]?.contains(oben)) {
      befunde.push(`focus covered: ${kurz(element)} by ${kurz(oben)}`);
    }
    return { nummer: reihe.indexOf(element), name: kurz(element), befunde };
  };

  // In running text: the link shares its line with words that are no link, or stands in prose.
  const imFliesstext = (element) => {
    if (!element.matches("a") || getComputedStyle(element).display !== "inline") {
      return false;
    }
    const block = element.closest("p, li, dd, dt, td, th, figcaption, caption, blockquote, h1, h2, h3, div");
    const kopie = block.cloneNode(true);
    for (const rest of kopie.querySelectorAll("a, button, svg")) {
      rest.remove();
    }
    return /[\p{L}\p{N}]/u.test(kopie.textContent) || Boolean(element.closest(".assk-text"));
  };

  // Areas of the map are as large as the land; the list and the filter beside it offer the same.
  const ziele = () =>
    stationen()
      .filter((e) => !e.closest("svg") && !e.matches(".assk-sprung") && !imFliesstext(e) && e.matches("a, button, input, select, textarea, summary"))
      .map((e) => {
        const felder = [e, ...(e.labels ?? [])].map((teil) => teil.getBoundingClientRect());
        const [breite, hoehe] = [Math.max(...felder.map((k) => k.width)), Math.max(...felder.map((k) => k.height))];
        return [e, breite, hoehe];
      })
      .filter(([, breite, hoehe]) => breite < 24 || hoehe < 24)
      .map(([e, breite, hoehe]) => `${Math.round(breite * 10) / 10} × ${Math.round(hoehe * 10) / 10} px: ${kurz(e)}`);

  const aufbau = (verlangt) => {
    const befunde = [];
    const ueberschriften = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(sichtbar);
    const h1 = ueberschriften.filter((h) => h.localName === "h1");
    if (h1.length !== 1) {
      befunde.push(`${h1.length} headings of level 1`);
    }
    if (ueberschriften[0] && ueberschriften.findIndex((h) => h.localName === "h1") > 0) {
      befunde.push(`before the H1 stands ${kurz(ueberschriften[0])}`);
    }
    let ebene = 0;
    for (const h of ueberschriften) {
      const neu = Number(h.localName[1]);
      if (neu > ebene + 1) {
        befunde.push(`level skipped: ${kurz(h)} after level ${ebene}`);
      }
      if (!h.innerText.trim()) {
        befunde.push(`empty heading: ${kurz(h)}`);
      }
      ebene = neu;
    }
    const kennungen = [...document.querySelectorAll("[id]")].map((e) => e.id);
    for (const kennung of new Set(kennungen.filter((k, i) => !k || kennungen.indexOf(k) !== i))) {
      befunde.push(`id twice or empty: „${kennung}“`);
    }
    for (const [merkmal, trennung] of [["for", ""], ["aria-labelledby", " "], ["aria-describedby", " "], ["aria-controls", " "]]) {
      for (const e of document.querySelectorAll(`[${merkmal}]`)) {
        for (const ziel of trennung ? e.getAttribute(merkmal).split(trennung) : [e.getAttribute(merkmal)]) {
          if (!document.getElementById(ziel)) {
            befunde.push(`${merkmal} leads nowhere: „${ziel}“ at ${kurz(e)}`);
          }
        }
      }
    }
    for (const e of document.querySelectorAll('a[href^="#"]')) {
      const ziel = decodeURIComponent(e.hash.slice(1));
      if (!ziel || !document.getElementById(ziel)) {
        befunde.push(`link leads nowhere: ${kurz(e)} to „${e.getAttribute("href")}“`);
      }
    }
    if (document.documentElement.lang !== "de") {
      befunde.push(`lang is „${document.documentElement.lang}“`);
    }
    for (const e of document.querySelectorAll("nav, [role='navigation']")) {
      const name = e.getAttribute("aria-label") || document.getElementById(e.getAttribute("aria-labelledby"))?.innerText;
      if (!name?.trim()) {
        befunde.push(`nav without a name: ${kurz(e)}`);
      }
    }
    const namen = [...document.querySelectorAll("nav")].filter(sichtbar).map((e) => e.getAttribute("aria-label") || document.getElementById(e.getAttribute("aria-labelledby"))?.innerText);
    for (const name of new Set(namen.filter((n, i) => namen.indexOf(n) !== i))) {
      befunde.push(`two navs are called „${name}“`);
    }
    for (const [wahl, anzahl] of Object.entries(verlangt)) {
      const gefunden = [...document.querySelectorAll(wahl)].filter(sichtbar).length;
      if (gefunden !== anzahl) {
        befunde.push(`${wahl}: ${gefunden} instead of ${anzahl}`);
      }
    }
    return befunde;
  };

  // Names of the table heads that are printed, and navigation that still stands on the paper.
  const druckbild = () => ({
    h1: document.querySelector("h1").innerText,
    koepfe: [...document.querySelectorAll("main th")]
      .filter((e) => sichtbar(e) && !verborgen(e))
      .map((e) => [...e.childNodes].filter((teil) => !teil.matches?.(".assk-unsichtbar")).map((teil) => teil.textContent.trim()).join(" ")),
    navigation: [...document.querySelectorAll("nav, .assk-sprung, .assk-nav, form[role='search']")].filter(sichtbar).map(kurz),
  });

  globalThis.messen = { ueberlauf, stationen, beginneTabben, fokus, ziele, aufbau, druckbild, kurz };
})();
