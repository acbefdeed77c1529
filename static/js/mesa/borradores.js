/**
 * Lo que se escribe en una forma que se envía con su botón (un acuerdo, una intervención) también se
 * copia en este equipo: si la página se cierra antes de enviarlo, al volver se ofrece.
 * La copia se borra cuando el portal acepta el envío.
 */

import { apartar, borrarCopia, guardarCopia, leerCopia } from "./copia.js";
import { huella, valoresDe, valoresDelPortal } from "./formas.js";
import { ofrecerApartadas } from "./rescate.js";

const preparadas = new WeakSet();
const vistas = new Set(); // direcciones ya revisadas en esta visita

/** Lo mismo que pide el rescate de un guardado automático, sin envíos. */
class Borrador {
  constructor(forma) {
    this.forma = forma;
    this.url = new URL(forma.action).pathname;
    this.version = "";
    this.confirmado = valoresDelPortal(forma);
    forma.addEventListener("input", () => this.alEscribir());
  }

  pendiente() {
    return huella(valoresDe(this.forma)) !== huella(this.confirmado);
  }

  alEscribir() {
    this.forma.closest("details")?.setAttribute("open", "");
    if (this.pendiente()) guardarCopia(this.url, valoresDe(this.forma), this.version);
    else borrarCopia(this.url);
  }

  empezar() {
    const copia = vistas.has(this.url) ? null : leerCopia(this.url);
    vistas.add(this.url);
    if (copia && huella(copia.valores) === huella(this.confirmado)) borrarCopia(this.url);
    else if (copia) apartar(this.url, copia);
    ofrecerApartadas(this);
  }
}

/** Empieza a cuidar las formas con texto largo que aún no se cuidan. */
export function prepararBorradores() {
  for (const forma of document.querySelectorAll("#mesa form:not([data-autoguardado]):has(textarea)")) {
    if (preparadas.has(forma)) continue;
    preparadas.add(forma);
    new Borrador(forma).empezar();
  }
}

/** Lo que el portal ya recibió deja de necesitar copia. */
export function vigilarBorradores() {
  document.addEventListener("htmx:beforeSwap", (evento) => {
    const { xhr, requestConfig } = evento.detail;
    if (xhr.status < 400 && requestConfig?.elt.localName === "form") borrarCopia(new URL(requestConfig.elt.action).pathname);
  });
}
