/**
 * El reporte que se llena solo con escribir: cada renglón se guarda por su cuenta.
 *
 * Sin JavaScript la página es una sola forma con todos los renglones. Aquí esa forma se parte en una por
 * renglón y cada una queda al cuidado del guardado automático de la mesa (copia en este equipo, reintentos,
 * comparación si otra persona guardó antes).
 */

import { crear } from "../mesa/dom.js";
import { anunciarEntrada, prepararFichas } from "../mesa/ficha.js";
import { hayPendientes, prepararGuardado, vaciarTodo, vigilarGuardado } from "../mesa/guardado.js";

const SIN_GUARDAR =
  ".estado-guardado:is(.estado-guardado--conflicto, .estado-guardado--entrar, .estado-guardado--sin-red, .estado-guardado--pendiente)";

function partir(forma) {
  const ficha = forma.elements.csrfmiddlewaretoken.value;
  const marco = crear("div", { class: forma.className });
  forma.replaceWith(marco);
  marco.append(...forma.childNodes);
  for (const fila of marco.querySelectorAll("[data-fila]")) envolver(fila, ficha);
  marco.querySelector("[data-quedarse]")?.remove();
  const seguir = marco.querySelector("[data-seguir]");
  seguir.type = "button";
  seguir.addEventListener("click", () => alSeguir(marco, seguir));
}

/** Mete la fila en su propia forma; la versión deja de llevar el prefijo porque ya no convive con otras. */
function envolver(fila, ficha) {
  const propia = crear("form", { method: "post", action: fila.dataset.fila, "data-autoguardado": "", novalidate: "" });
  fila.replaceWith(propia);
  propia.append(crear("input", { type: "hidden", name: "csrfmiddlewaretoken", value: ficha }), fila);
  propia.querySelector(`[name="${fila.id}-version"]`).name = "version";
}

/** Va al paso que sigue solo cuando todo quedó guardado, tarde lo que tarde; si no, lleva a lo que falta. */
async function alSeguir(marco, seguir) {
  if (seguir.ariaBusy === "true") return;
  seguir.ariaBusy = "true";
  const dicho = seguir.textContent;
  seguir.textContent = "Guardando…";
  await vaciarTodo();
  seguir.textContent = dicho;
  seguir.ariaBusy = "false";
  const falta = marco.querySelector(SIN_GUARDAR);
  if (!falta && !hayPendientes()) return location.assign(seguir.dataset.seguir);
  falta?.closest("form").querySelector("textarea, input:not([type=hidden])").focus();
  falta?.scrollIntoView({ block: "center" });
}

/** Pone la respuesta del bimestre anterior después de lo que ya se hubiera escrito. */
function alUsarAnterior(evento) {
  const boton = evento.target.closest("[data-anterior]");
  if (!boton) return;
  evento.preventDefault();
  const clave = boton.value;
  const campos = boton.closest("form").elements;
  const [texto, valor, motivo] = ["texto", "valor", "motivo"].map((nombre) => campos[`${clave}-${nombre}`]);
  const vacio = ![texto, valor, motivo].some((campo) => campo.value.trim());
  if (boton.dataset.motivo && vacio) {
    motivo.value = boton.dataset.motivo;
    motivo.closest("details").open = true;
  } else {
    if (!texto.value.includes(boton.dataset.texto)) texto.value = [texto.value.trim(), boton.dataset.texto].filter(Boolean).join("\n\n");
    if (!valor.value && valor.type !== "hidden") valor.value = boton.dataset.valor;
  }
  (motivo.value ? motivo : texto).focus();
  texto.dispatchEvent(new Event("input", { bubbles: true }));
}

/** «5 de 8» en el riel cambia en cuanto se guarda un renglón, sin recargar. */
function contar({ detail }) {
  const cuenta = document.querySelector(".paso--actual small");
  if (cuenta && detail.avance) cuenta.textContent = detail.avance;
}

anunciarEntrada();
prepararFichas();
const forma = document.querySelector("form[data-llenado]");
if (forma) partir(forma);
document.addEventListener("click", alUsarAnterior);
document.addEventListener("guardado", contar);
vigilarGuardado();
prepararGuardado();
