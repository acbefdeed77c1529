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
  const caja = aviso(
    "alerta",
    `Hay un texto sin enviar ${cuando(copia.cuando)}.`,
    boton("Recuperarlo", () => recuperar(guardado, copia, caja), "boton"),
    boton("Descartarlo", () => cerrar(guardado, copia, caja)),
  );
  caja.querySelector(".acciones").before(muestra(guardado, copia));
  return caja;
}

function cuando(marca) {
  const dia = new Date(marca);
  if (dia.toDateString() === new Date().toDateString()) return `de las ${hora(marca)}`;
  return `del ${dia.toLocaleDateString("es-MX", { day: "numeric", month: "long" })} a las ${hora(marca)}`;
}

function muestra(guardado, copia) {
  const texto = copia.valores[areaDe(guardado.forma)?.name] ?? Object.values(copia.valores).join("\n");
  const parrafos = texto.split(/\n+/).map((parrafo) => crear("p", {}, parrafo));
  return crear("details", {}, crear("summary", {}, "Verlo antes"), crear("blockquote", {}, ...parrafos));
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
