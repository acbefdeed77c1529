/** Ofrece el texto que quedó sin enviar en otra visita. Recuperarlo o descartarlo lo decide la persona. */

import { apartar, leerApartadas, olvidar } from "./copia.js";
import { aviso, boton, crear } from "./dom.js";
import { hora } from "./estado.js";
import { areaDe, huella, ponerValores, valoresDe } from "./formas.js";

/** Pone un aviso por cada copia apartada, antes de la forma. */
export function ofrecerApartadas(guardado) {
  for (const copia of leerApartadas(guardado.url)) {
    if (huella(copia.valores) === huella(guardado.confirmado)) olvidar(guardado.url, copia);
    else mostrar(guardado, copia);
  }
}

function mostrar(guardado, copia) {
  guardado.forma.closest("details")?.setAttribute("open", "");
  guardado.forma.before(ofrecer(guardado, copia));
}

function ofrecer(guardado, copia) {
  const caja = proponer(
    "un texto",
    copia,
    parrafos(guardado, copia),
    ["Recuperarlo", () => recuperar(guardado, copia, caja)],
    ["Descartarlo", () => cerrar(guardado, copia, caja)],
  );
  return caja;
}

/** Caja que dice qué quedó sin enviar y de cuándo, lo deja ver y da las dos salidas: `[texto, alPulsar]`. */
export function proponer(que, copia, vista, [siTexto, si], [noTexto, no]) {
  const caja = aviso("alerta", `Hay ${que} sin enviar ${cuando(copia.cuando)}.`, boton(siTexto, si, "boton"), boton(noTexto, no));
  const dicho = vista.map((parrafo) => crear("p", {}, parrafo));
  caja.querySelector(".acciones").before(crear("details", {}, crear("summary", {}, "Verlo antes"), crear("blockquote", {}, ...dicho)));
  return caja;
}

function cuando(marca) {
  const dia = new Date(marca);
  if (dia.toDateString() === new Date().toDateString()) return `de las ${hora(marca)}`;
  return `del ${dia.toLocaleDateString("es-MX", { day: "numeric", month: "long" })} a las ${hora(marca)}`;
}

function parrafos(guardado, copia) {
  const texto = copia.valores[areaDe(guardado.forma)?.name] ?? Object.values(copia.valores).join("\n");
  return texto.split(/\n+/);
}

function recuperar(guardado, copia, caja) {
  if (guardado.pendiente()) apartarLoActual(guardado);
  // Se guarda sobre la versión que se leyó entonces: si alguien escribió después, habrá comparación.
  guardado.version = copia.version;
  ponerValores(guardado.forma, copia.valores);
  cerrar(guardado, copia, caja);
  guardado.alEscribir();
}

/** Lo que se llevaba escrito no se pisa: pasa a ser otro texto por recuperar, sobre la versión dada. */
export function apartarLoActual(guardado, version = guardado.version) {
  const actual = { valores: valoresDe(guardado.forma), version: String(version), cuando: Date.now() };
  apartar(guardado.url, actual);
  mostrar(guardado, actual);
}

function cerrar(guardado, copia, caja) {
  olvidar(guardado.url, copia);
  caja.remove();
  areaDe(guardado.forma)?.focus();
}
