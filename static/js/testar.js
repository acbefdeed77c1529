/**
 * Dibujar sobre la página la zona que se testa. Lo dibujado se escribe en las cuatro medidas de la forma
 * y lo medido se dibuja: la forma sola basta, con teclado o sin este programa.
 */

const lienzo = document.querySelector("[data-lienzo]");
const forma = document.querySelector("form[data-zona]");
const nueva = lienzo?.querySelector("[data-nueva]");
const MINIMO = 0.004; // parte de la página: un toque sin arrastrar no es una zona

if (lienzo && forma && nueva) preparar();

function preparar() {
  if (matchMedia("(pointer: coarse)").matches) conElDedo();
  else activar(true);
  forma.querySelector("[data-como]").textContent =
    "Arrastra sobre la página para dibujarla, o escribe sus medidas en porcentajes: 50 es la mitad.";
  lienzo.addEventListener("pointerdown", empezar);
  forma.addEventListener("input", mostrar);
  mostrar();
}

function activar(si) {
  return lienzo.classList.toggle("lienzo--activo", si);
}

/** El dedo también mueve la página: se dibuja solo después de pedirlo. */
function conElDedo() {
  const boton = Object.assign(document.createElement("button"), {
    type: "button",
    className: "boton boton--secundario",
    textContent: "Dibujar con el dedo",
  });
  boton.setAttribute("aria-pressed", "false");
  boton.addEventListener("click", () => boton.setAttribute("aria-pressed", String(activar(!estaActivo()))));
  lienzo.before(boton);
}

function estaActivo() {
  return lienzo.classList.contains("lienzo--activo");
}

function empezar(evento) {
  if (!evento.isPrimary || evento.button !== 0 || !estaActivo()) return;
  evento.preventDefault();
  const inicio = lugar(evento);
  const mover = (otro) => medir(inicio, lugar(otro));
  const terminar = (otro) => {
    lienzo.removeEventListener("pointermove", mover);
    lienzo.removeEventListener("pointerup", terminar);
    lienzo.removeEventListener("pointercancel", terminar);
    if (otro.type === "pointerup") forma.elements.motivo.focus({ preventScroll: true });
  };
  lienzo.setPointerCapture(evento.pointerId);
  lienzo.addEventListener("pointermove", mover);
  lienzo.addEventListener("pointerup", terminar);
  lienzo.addEventListener("pointercancel", terminar);
}

/** Dónde está el puntero, de 0 a 1, sin salirse. */
function lugar(evento) {
  const caja = lienzo.querySelector("img").getBoundingClientRect();
  const dentro = (valor) => Math.min(1, Math.max(0, valor));
  return [dentro((evento.clientX - caja.left) / caja.width), dentro((evento.clientY - caja.top) / caja.height)];
}

function medir([x1, y1], [x2, y2]) {
  const ancho = Math.abs(x2 - x1);
  const alto = Math.abs(y2 - y1);
  if (ancho < MINIMO || alto < MINIMO) return;
  escribir("izquierda", Math.min(x1, x2));
  escribir("arriba", Math.min(y1, y2));
  escribir("ancho", ancho);
  escribir("alto", alto);
  mostrar();
}

function escribir(nombre, parte) {
  forma.elements[nombre].value = (parte * 100).toFixed(1);
}

function leer(nombre) {
  return Number(forma.elements[nombre].value || 0) / 100;
}

function mostrar() {
  nueva.setAttribute("x", leer("izquierda"));
  nueva.setAttribute("y", leer("arriba"));
  nueva.setAttribute("width", Math.max(0, leer("ancho")));
  nueva.setAttribute("height", Math.max(0, leer("alto")));
}
