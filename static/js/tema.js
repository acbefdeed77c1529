/** Recuerda en este navegador si la persona prefiere el portal claro u oscuro. */

const CLAVE = "stl-tema";
const raiz = document.documentElement;

function leer() {
  try {
    return localStorage.getItem(CLAVE) ?? "";
  } catch {
    return ""; // El navegador niega el almacenamiento: manda la preferencia del equipo.
  }
}

function aplicar(tema) {
  if (tema) raiz.dataset.tema = tema;
  else delete raiz.dataset.tema;
}

function guardar(tema) {
  aplicar(tema);
  try {
    if (tema) localStorage.setItem(CLAVE, tema);
    else localStorage.removeItem(CLAVE);
  } catch {
    // Sin almacenamiento la elección dura lo que dure la página.
  }
}

function prepararControl() {
  const control = document.querySelector("[data-control-tema]");
  if (!control) return;
  const lista = control.querySelector("select");
  lista.value = leer();
  lista.addEventListener("change", () => guardar(lista.value));
  control.hidden = false;
}

aplicar(leer());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", prepararControl);
else prepararControl();
