/** El informe trimestral que se llena solo con escribir, y el botón que inserta lo que ya consta. */

import "../reportes/reporte.js";

/** Agrega el dato al final del apartado y lo deja guardarse; si ya está, solo lleva a él. */
function alInsertar(evento) {
  const boton = evento.target.closest("[data-insertar]");
  if (!boton) return;
  evento.preventDefault();
  const area = document.getElementById(`${boton.dataset.insertar}-texto`);
  const { texto } = boton.dataset;
  if (!area.value.includes(texto)) {
    area.value = [area.value.trim(), texto].filter(Boolean).join("\n\n");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.focus();
  area.scrollIntoView({ block: "center" });
}

document.addEventListener("click", alInsertar);
