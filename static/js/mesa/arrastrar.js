/**
 * Mover puntos del orden del día arrastrando su asa. Los botones «Subir» y «Bajar» hacen lo mismo con
 * el teclado; por eso el asa no recibe foco.
 *
 * Cada `li[data-punto]` dice su `data-padre` y su nivel (clase `agenda__punto--N`). El punto conserva su
 * nivel mientras no se corra con claridad hacia un lado; un hueco a su sangría dice dónde va a quedar.
 */

import { crear } from "./dom.js";
import { anunciarMovido, mover } from "./movido.js";

const NIVELES = 3;
const SANGRIA = 40; // píxeles que hay que correr a un lado por cada nivel
const CAMBIO = 24; // píxeles de distancia que pesa quedar un nivel más afuera de lo pedido
const preparadas = new WeakSet();

/** Pone el asa a cada punto que se puede mover y, si se acaba de mover uno, dice cómo quedó. */
export function prepararArrastre() {
  for (const punto of document.querySelectorAll("[data-agenda] li[data-mover]")) {
    if (preparadas.has(punto)) continue;
    preparadas.add(punto);
    const asa = crear("span", { class: "agenda__asa", "aria-hidden": "true", title: "Arrastrar" }, "⠿");
    asa.addEventListener("pointerdown", (evento) => empezar(evento, punto, asa));
    punto.prepend(asa);
  }
  anunciarMovido();
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
  const viaje = nuevoViaje(punto, evento.clientX);
  const fin = new AbortController();
  const terminar = (suelta) => {
    fin.abort();
    limpiar(viaje);
    if (suelta && viaje.destino) mover(punto, viaje.destino);
  };
  const opciones = { signal: fin.signal };
  asa.addEventListener("pointermove", (e) => seguir(viaje, e), opciones);
  asa.addEventListener("pointerup", () => terminar(true), opciones);
  asa.addEventListener("pointercancel", () => terminar(false), opciones);
  addEventListener("keydown", (e) => e.key === "Escape" && terminar(false), opciones);
}

/** Las alturas se miden al empezar: el hueco que se abre después no las mueve. */
function nuevoViaje(punto, equis) {
  const rama = ramaDe(punto);
  const otros = [...punto.parentElement.querySelectorAll("li[data-punto]")].filter((uno) => !rama.includes(uno));
  const cajas = otros.map((uno) => uno.getBoundingClientRect()).map(({ top, bottom }) => ({ top: top + scrollY, bottom: bottom + scrollY }));
  for (const uno of rama) uno.classList.add("agenda__punto--arrastrado");
  return { punto, rama, otros, cajas, equis, destino: null, hueco: crear("li", { "aria-hidden": "true" }) };
}

function seguir(viaje, { clientX, pageY }) {
  const corrido = Math.trunc((clientX - viaje.equis) / SANGRIA);
  viaje.destino = destinoEn(viaje, pageY, nivelDe(viaje.punto) + corrido);
  marcar(viaje);
}

/** Cada lugar posible: tras cuántos de los otros, en qué nivel y a qué distancia de la altura dada. */
function lugaresPosibles({ punto, rama, otros, cajas }, altura) {
  const fondo = NIVELES - 1 - (Math.max(...rama.map(nivelDe)) - nivelDe(punto));
  const lugares = [];
  for (let indice = 0; indice <= otros.length; indice += 1) {
    const minimo = otros[indice] ? nivelDe(otros[indice]) : 0;
    const maximo = Math.min(indice ? nivelDe(otros[indice - 1]) + 1 : 0, fondo);
    const lejos = Math.max((cajas[indice - 1]?.bottom ?? -Infinity) - altura, altura - (cajas[indice]?.top ?? Infinity), 0);
    for (let nivel = minimo; nivel <= maximo; nivel += 1) lugares.push({ indice, nivel, lejos });
  }
  return lugares;
}

/** El lugar más cercano; nunca más adentro de lo que se pidió al correrlo. */
function destinoEn(viaje, altura, nivelPedido) {
  const pedido = Math.max(0, nivelPedido);
  const costo = ({ lejos, nivel }) => lejos + (pedido - nivel) * CAMBIO;
  const [mejor] = lugaresPosibles(viaje, altura)
    .filter(({ nivel }) => nivel <= pedido)
    .sort((uno, otro) => costo(uno) - costo(otro));
  if (!mejor) return null;
  const previos = viaje.otros.slice(0, mejor.indice);
  const padre = mejor.nivel ? previos.findLast((uno) => nivelDe(uno) === mejor.nivel - 1).dataset.punto : "";
  return { ...mejor, padre, lugar: previos.filter((uno) => uno.dataset.padre === padre).length + 1 };
}

function marcar({ hueco, otros, punto, destino }) {
  hueco.remove();
  if (!destino) return;
  const { indice, nivel, padre } = destino;
  hueco.className = `agenda__hueco agenda__hueco--${nivel}`;
  hueco.textContent = nivel ? `dentro de «${tituloDe(otros.find((uno) => uno.dataset.punto === padre))}»` : "en el primer nivel";
  if (indice < otros.length) otros[indice].before(hueco);
  else punto.parentElement.append(hueco);
}

const tituloDe = (punto) => punto.querySelector(".agenda__texto > span").textContent.trim();

function limpiar({ rama, hueco }) {
  hueco.remove();
  for (const uno of rama) uno.classList.remove("agenda__punto--arrastrado");
}
