/**
 * El filtro de la matriz conforme se elige, con la misma regla que `municipios/captura/filtro.py`.
 *
 * La dirección lo recuerda: al recargar, al volver y al guardar sin programa se ve lo mismo. Cambiar una
 * casilla no la quita de la vista; solo cambiar el filtro.
 */

import { descubrir } from "./plegar.js";

const llano = (texto) => texto.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Empieza a filtrar; donde se ve un solo municipio no hay qué filtrar. */
export function prepararFiltro(forma) {
  const filtro = document.querySelector("[data-filtro]");
  if (!filtro?.elements.q) return;
  filtro.addEventListener("input", ({ target }) => target.name !== "al" && aplicar(forma, filtro));
  document.querySelector("[data-quitar]").addEventListener("click", (evento) => {
    evento.preventDefault();
    for (const nombre of ["q", "etapa", "situacion"]) filtro.elements[nombre].value = "";
    aplicar(forma, filtro);
    filtro.elements.q.focus();
  });
}

function aplicar(forma, filtro) {
  const aviso = acotar(filtro);
  const [q, etapa, situacion] = ["q", "etapa", "situacion"].map((nombre) => filtro.elements[nombre].value.trim());
  const palabras = llano(q).split(/\s+/).filter(Boolean);
  const filas = [...forma.querySelectorAll("tbody tr")];
  for (const fila of filas) fila.hidden = !enCurso(fila) && !(nombra(fila, palabras) && esta(fila, situacion, etapa));
  for (const celda of forma.querySelectorAll("[data-etapa]")) celda.hidden = Boolean(etapa) && celda.dataset.etapa !== etapa;
  forma.classList.toggle("matriz--una", Boolean(etapa));
  const visibles = filas.filter((fila) => !fila.hidden);
  if (visibles.length === 1) descubrir(visibles[0]);
  decir(visibles.length, filas.length, Boolean(q || etapa || situacion), aviso);
  recordar(forma, { q, etapa, situacion });
}

/** Solo se ofrecen las situaciones de la etapa que se mira; si se había elegido otra, se quita y se dice. */
function acotar({ elements: { etapa, situacion } }) {
  for (const grupo of situacion.querySelectorAll("optgroup[data-de]")) {
    const { de } = grupo.dataset;
    grupo.hidden = grupo.disabled = Boolean(de && etapa.value) && de !== etapa.value;
  }
  const [elegida] = situacion.selectedOptions;
  const grupo = elegida?.closest("optgroup");
  if (!grupo?.disabled) return "";
  situacion.value = "";
  return `«${elegida.textContent}» es de ${grupo.label}, no de ${etapa.selectedOptions[0].textContent}: ya no se filtra por situación. `;
}

/** Lo que se está guardando o espera una decisión no se esconde. */
const enCurso = (fila) => Boolean(fila.querySelector(".casilla-etapa--error, [aria-busy=true]"));

function nombra(fila, palabras) {
  const nombre = llano(fila.dataset.nombre);
  return palabras.every((palabra) => nombre.includes(palabra));
}

function esta(fila, situacion, etapa) {
  if (!situacion) return true;
  const [cual, de] = situacion.split(":").reverse();
  return [...fila.querySelectorAll("td")].some(({ dataset }) =>
    de ? dataset.etapa === de && dataset.situacion === cual : dataset.avance === cual && (!etapa || dataset.etapa === etapa),
  );
}

function decir(cuantos, de, filtra, aviso) {
  const linea = document.querySelector("[data-cuantos]");
  linea.hidden = !filtra;
  const dicho = cuantos ? `Se muestra${cuantos === 1 ? "" : "n"} ${cuantos} de ${de} municipios.` : "Ningún municipio cumple lo elegido.";
  linea.querySelector("[data-dicho]").textContent = `${aviso}${dicho}`;
}

function recordar(forma, elegido) {
  const direccion = new URL(location.href);
  direccion.searchParams.set("al", forma.dataset.al);
  for (const [nombre, valor] of Object.entries(elegido)) {
    if (valor) direccion.searchParams.set(nombre, valor);
    else direccion.searchParams.delete(nombre);
  }
  history.replaceState(history.state, "", direccion);
  forma.action = `${new URL(forma.action).pathname}${direccion.search}`;
}
