/**
 * Soltar documentos sobre `form[data-soltar]` los pone en su campo de archivo y envía la forma.
 * Si el campo admite uno solo y se soltaron varios, se envían uno tras otro.
 */

import { crear } from "./dom.js";

const preparadas = new WeakSet();
const ENCIMA = "soltar--encima";
/** Documentos que esperan turno, por dirección: la forma cambia con cada envío. */
const filas = new Map();

/** Prepara las zonas que aún no escuchan y sigue con los documentos que esperan. */
export function prepararSoltar() {
  for (const forma of document.querySelectorAll("form[data-soltar]")) {
    if (preparadas.has(forma)) continue;
    preparadas.add(forma);
    escuchar(forma);
    seguir(forma);
  }
}

function escuchar(forma) {
  forma.prepend(crear("p", { class: "soltar__frase" }, "Suelta aquí los documentos y se agregan al momento."));
  const zona = forma.closest("details") ?? forma;
  zona.addEventListener("dragover", (evento) => alPasar(evento, zona, forma));
  zona.addEventListener("dragleave", (evento) => zona.contains(evento.relatedTarget) || forma.classList.remove(ENCIMA));
  zona.addEventListener("drop", (evento) => alSoltar(evento, forma));
}

const traeArchivos = (evento) => evento.dataTransfer?.types.includes("Files");

function alPasar(evento, zona, forma) {
  if (!traeArchivos(evento)) return;
  evento.preventDefault();
  evento.dataTransfer.dropEffect = "copy";
  if (zona.localName === "details") zona.open = true;
  forma.classList.add(ENCIMA);
}

function alSoltar(evento, forma) {
  if (!traeArchivos(evento)) return;
  evento.preventDefault();
  forma.classList.remove(ENCIMA);
  const campo = forma.querySelector("input[type=file]");
  const archivos = [...evento.dataTransfer.files];
  filas.set(forma.action, campo.multiple ? [archivos] : archivos.map((archivo) => [archivo]));
  seguir(forma);
}

function seguir(forma) {
  const fila = filas.get(forma.action);
  if (!fila?.length || document.querySelector("#mesa .resumen-errores")) return filas.delete(forma.action);
  const traslado = new DataTransfer();
  for (const archivo of fila.shift()) traslado.items.add(archivo);
  forma.querySelector("input[type=file]").files = traslado.files;
  return setTimeout(() => forma.isConnected && forma.requestSubmit(), 0);
}
