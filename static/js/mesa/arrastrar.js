/**
 * Mover puntos del orden del día arrastrando su asa. Los botones «Subir» y «Bajar» hacen lo mismo con
 * el teclado; por eso el asa no recibe foco.
 *
 * Cada `li[data-punto]` dice su `data-padre` y su nivel (clase `agenda__punto--N`). Al soltar se usa la
 * misma forma de los botones, con `hacia=lugar`, `padre` y `lugar`.
 */

import { crear } from "./dom.js";

const NIVELES = 3;
const SANGRIA = 40; // píxeles que hay que correr a la derecha para pasar al siguiente nivel
const MARCAS = ["agenda__punto--antes", "agenda__punto--despues", "agenda__punto--dentro"];
const preparadas = new WeakSet();

/** Pone el asa a cada punto que se puede mover. */
export function prepararArrastre() {
  for (const punto of document.querySelectorAll("[data-agenda] li[data-mover]")) {
    if (preparadas.has(punto)) continue;
    preparadas.add(punto);
    const asa = crear("span", { class: "agenda__asa", "aria-hidden": "true", title: "Arrastrar" }, "⠿");
    asa.addEventListener("pointerdown", (evento) => empezar(evento, punto, asa));
    punto.prepend(asa);
  }
}

/** Nivel de un punto: 0, 1 o 2. */
export const nivelDe = (punto) => Number(punto.className.match(/agenda__punto--(\d)/)?.[1] ?? 0);

/** El punto y todo lo que cuelga de él viajan juntos. */
function ramaDe(punto) {
  const rama = [punto];
  let otro = punto.nextElementSibling;
  while (otro && nivelDe(otro) > nivelDe(punto)) {
    rama.push(otro);
    otro = otro.nextElementSibling;
  }
  return rama;
}

function empezar(evento, punto, asa) {
  if (evento.button !== 0) return;
  evento.preventDefault();
  asa.setPointerCapture(evento.pointerId);
  const rama = ramaDe(punto);
  const otros = [...punto.parentElement.querySelectorAll("li[data-punto]")].filter((uno) => !rama.includes(uno));
  const viaje = { punto, rama, otros, equis: evento.clientX, destino: null };
  const fin = new AbortController();
  const terminar = (mover) => {
    fin.abort();
    limpiar(viaje);
    if (mover && viaje.destino) enviar(punto, viaje.destino);
  };
  const opciones = { signal: fin.signal };
  for (const uno of rama) uno.classList.add("agenda__punto--arrastrado");
  asa.addEventListener("pointermove", (e) => seguir(viaje, e), opciones);
  asa.addEventListener("pointerup", () => terminar(true), opciones);
  asa.addEventListener("pointercancel", () => terminar(false), opciones);
  addEventListener("keydown", (e) => e.key === "Escape" && terminar(false), opciones);
}

function seguir(viaje, evento) {
  const indice = viaje.otros.findIndex((uno) => evento.clientY < mitad(uno));
  const hueco = indice < 0 ? viaje.otros.length : indice;
  const corrido = Math.round((evento.clientX - viaje.equis) / SANGRIA);
  viaje.destino = destinoEn(viaje, hueco, nivelDe(viaje.punto) + corrido);
  marcar(viaje, hueco);
}

function mitad(punto) {
  const { top, height } = punto.getBoundingClientRect();
  return top + height / 2;
}

/** Padre y lugar que tendría el punto en ese hueco, con el nivel más cercano al que se pide. */
function destinoEn({ punto, rama, otros }, hueco, nivelPedido) {
  const altura = Math.max(...rama.map(nivelDe)) - nivelDe(punto);
  const arriba = otros[hueco - 1];
  const minimo = otros[hueco] ? nivelDe(otros[hueco]) : 0;
  const maximo = Math.min(arriba ? nivelDe(arriba) + 1 : 0, NIVELES - 1 - altura);
  if (maximo < minimo) return null;
  const nivel = Math.min(Math.max(nivelPedido, minimo), maximo);
  const previos = otros.slice(0, hueco);
  const padre = nivel ? previos.findLast((uno) => nivelDe(uno) === nivel - 1).dataset.punto : "";
  return { nivel, padre, lugar: previos.filter((uno) => uno.dataset.padre === padre).length + 1 };
}

function marcar({ otros, destino }, hueco) {
  quitarMarcas(otros);
  if (!destino) return;
  const padre = otros.find((uno) => uno.dataset.punto === destino.padre);
  padre?.classList.add("agenda__punto--dentro");
  if (hueco < otros.length) otros[hueco].classList.add("agenda__punto--antes");
  else otros.at(-1)?.classList.add("agenda__punto--despues");
}

function quitarMarcas(puntos) {
  for (const uno of puntos) uno.classList.remove(...MARCAS);
}

function limpiar({ rama, otros }) {
  quitarMarcas(otros);
  for (const uno of rama) uno.classList.remove("agenda__punto--arrastrado");
}

function enviar(punto, { padre, lugar }) {
  const forma = formaDe(punto);
  for (const [nombre, valor] of Object.entries({ hacia: "lugar", padre, lugar })) {
    forma.append(crear("input", { type: "hidden", name: nombre, value: valor }));
  }
  forma.requestSubmit();
}

function formaDe(punto) {
  return [...punto.querySelectorAll("form")].find((forma) => forma.getAttribute("action") === punto.dataset.mover);
}
