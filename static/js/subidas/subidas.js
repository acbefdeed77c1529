/** La forma de subir archivos (`templates/componentes/subida.html`): con este programa, cada archivo va por su lado. */

import { Zona } from "./zona.js";

for (const forma of document.querySelectorAll("form[data-subida]")) {
  if (globalThis.tus?.isSupported) preparar(forma);
}

function preparar(forma) {
  const zona = new Zona(forma);
  forma.querySelector("[data-enviar]").hidden = true;
  zona.entrada.required = false;
  zona.entrada.addEventListener("change", () => zona.elegidos());
  const area = forma.querySelector("[data-zona]");
  area.addEventListener("dragover", (evento) => alPasar(evento, area));
  area.addEventListener("dragleave", (evento) => area.contains(evento.relatedTarget) || encima(area, false));
  area.addEventListener("drop", (evento) => alSoltar(evento, area, zona));
  zona.mostrarPendientes();
  if (zona.entrada.files.length) zona.elegidos(); // se eligieron antes de que llegara este programa
}

const traeArchivos = (evento) => evento.dataTransfer?.types.includes("Files");
const encima = (area, si) => area.classList.toggle("subida__zona--encima", si);

function alPasar(evento, area) {
  if (!traeArchivos(evento)) return;
  evento.preventDefault();
  evento.dataTransfer.dropEffect = "copy";
  encima(area, true);
}

function alSoltar(evento, area, zona) {
  if (!traeArchivos(evento)) return;
  evento.preventDefault();
  encima(area, false);
  zona.agregar(evento.dataTransfer.files);
}
