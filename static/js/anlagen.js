// A file that was chosen and not uploaded is lost when the page is left: the browser asks first.
let gesendet = null;

document.addEventListener("submit", (ereignis) => {
  gesendet = ereignis.target;
});

window.addEventListener("beforeunload", (ereignis) => {
  const felder = [...document.querySelectorAll("input[type=file]")];
  if (felder.some((feld) => feld.value && feld.form !== gesendet)) {
    gesendet = null;
    ereignis.preventDefault();
  }
});
