/**
 * Los botones de la mesa viajan por htmx. Aquí se cuida que una respuesta que no es la mesa (sesión
 * caducada, portal caído, error) nunca borre la página con lo que la persona escribió, y que lo
 * escrito se guarde antes de ejecutar una acción.
 */

import { aviso, crear } from "./dom.js";
import { direccionDeEntrada } from "./ficha.js";
import { hayPendientes, vaciarTodo } from "./guardado.js";

const PACIENCIA = 4000; // milisegundos que una acción espera a que se guarde el texto
const CALLADO = 700; // milisegundos sin respuesta antes de decir que se sigue trabajando
const REPETIR = "Nada de lo escrito se perdió: vuelve a presionar el botón.";

/** Se queda escuchando lo que htmx pide y recibe. */
export function vigilarRespuestas() {
  document.addEventListener("htmx:confirm", guardarAntes);
  document.addEventListener("htmx:beforeRequest", (evento) => quitarAviso(evento.detail.elt));
  document.addEventListener("htmx:beforeRequest", (evento) => acompanar(evento.detail));
  document.addEventListener("htmx:beforeSwap", cuidarPagina);
  document.addEventListener("htmx:sendError", (evento) => avisar(evento.detail.elt, `No hay conexión con el portal. ${REPETIR}`));
  document.addEventListener("htmx:timeout", (evento) => avisar(evento.detail.elt, `El portal tardó demasiado. ${REPETIR}`));
}

/** Una acción espera a que el texto se guarde; una liga, además, cambia de página con su dirección. */
async function guardarAntes(evento) {
  const { target, elt, issueRequest } = evento.detail;
  const esLiga = elt.localName === "a";
  if (target?.id !== "mesa" || !(esLiga || hayPendientes())) return;
  evento.preventDefault();
  await Promise.race([vaciarTodo(), new Promise((listo) => setTimeout(listo, PACIENCIA))]);
  if (esLiga) location.assign(elt.href);
  else issueRequest(true);
}

/** Emitir o cerrar componen un documento y tardan: que no parezca que el botón no hizo nada. */
function acompanar({ elt, target, xhr }) {
  if (target?.id !== "mesa" || elt.localName !== "form") return;
  // Vacío y fuera del flujo primero: nada se mueve, y un lector de pantalla sí lee lo que llega después.
  const espera = crear("p", { class: "oculto", role: "status" });
  elt.append(espera);
  const reloj = setTimeout(() => {
    espera.className = "nota";
    espera.append("Un momento: el portal sigue trabajando…");
  }, CALLADO);
  xhr.addEventListener("loadend", () => {
    clearTimeout(reloj);
    espera.remove();
  });
}

function cuidarPagina(evento) {
  const { xhr, target } = evento.detail;
  const elt = evento.detail.requestConfig?.elt ?? target;
  if (target?.id !== "mesa") {
    evento.detail.shouldSwap &&= xhr.status < 400;
    return;
  }
  const documento = new DOMParser().parseFromString(xhr.responseText, "text/html");
  if (documento.getElementById("mesa")) return;
  evento.detail.shouldSwap = false;
  if (xhr.status < 400) location.assign(xhr.responseURL);
  else if (xhr.status === 401) avisar(elt, `Tu sesión caducó. ${REPETIR}`, ligaDeEntrada());
  else avisar(elt, fraseDe(documento, xhr.status));
}

function ligaDeEntrada() {
  return crear("a", { class: "boton boton--secundario", href: direccionDeEntrada(), target: "_blank" }, "Entrar en otra pestaña");
}

/** El título y la explicación de la página de error, que ya están en palabras llanas. */
function fraseDe(documento, status) {
  if (status === 403 && documento.querySelector("[data-reponer]")) return `La página llevaba mucho tiempo abierta. ${REPETIR}`;
  const principal = documento.querySelector("main");
  const partes = [...(principal?.querySelectorAll("h1, p") ?? [])].slice(0, 2).map((parte) => parte.textContent.trim());
  return partes.filter(Boolean).join(". ") || `El portal respondió con una falla (${status}). ${REPETIR}`;
}

function quitarAviso(elemento) {
  if (elemento.closest?.("#mesa")) document.querySelector("#mesa [data-aviso-envio]")?.remove();
}

function avisar(elemento, frase, ...acciones) {
  quitarAviso(elemento);
  const caja = aviso("error", frase, ...acciones);
  caja.setAttribute("data-aviso-envio", "");
  const forma = elemento.closest("form");
  if (forma) forma.append(caja);
  else document.querySelector("#mesa .mesa__centro")?.prepend(caja);
  caja.scrollIntoView({ block: "nearest" });
}
