/**
 * Copia en este equipo de las casillas que el portal aún no confirma, con lo mismo que usa la mesa
 * (mesa/copia.js y mesa/rescate.js): al volver se ofrece enviarlas o descartarlas, nunca se impone.
 *
 * Cada casilla se recuerda con la anotación sobre la que se eligió y el día que se anotaba: si alguien
 * anotó después, al enviarla se comparan.
 */

import { apartar, borrarCopia, guardarCopia, leerApartadas, leerCopia, olvidar, purgarCopias } from "../mesa/copia.js";
import { proponer } from "../mesa/rescate.js";

export class SinEnviar {
  constructor(forma) {
    this.forma = forma;
    this.url = new URL(forma.action).pathname;
    this.casillas = {}; // dirección de la casilla → lo elegido en ella
    this.cabe = true; // falso si el navegador no deja guardar copias
  }

  poner(casilla, fecha, motivo = "") {
    const control = casilla.querySelector("select");
    this.casillas[casilla.dataset.url] = {
      situacion: control.value,
      visto: casilla.dataset.visto,
      dicho: `${control.ariaLabel}: ${control.selectedOptions[0].textContent}`,
      fecha,
      motivo,
    };
    this.escribir();
  }

  quitar(url) {
    delete this.casillas[url];
    this.escribir();
  }

  escribir() {
    if (Object.keys(this.casillas).length) this.cabe = guardarCopia(this.url, this.casillas, "");
    else borrarCopia(this.url);
  }

  /** Ofrece lo de otras visitas; `recuperar(url, elegido)` lo pone en su casilla y lo envía. */
  ofrecer(recuperar) {
    purgarCopias();
    const copia = leerCopia(this.url);
    if (copia) apartar(this.url, copia);
    for (const una of leerApartadas(this.url)) this.mostrar(una, recuperar);
  }

  mostrar(copia, recuperar) {
    const quedan = Object.entries(copia.valores).filter(([url, elegido]) => this.falta(url, elegido));
    if (!quedan.length) return olvidar(this.url, copia);
    const cerrar = () => {
      olvidar(this.url, copia);
      caja.remove();
    };
    const enviar = () => {
      cerrar();
      for (const [url, elegido] of quedan) recuperar(url, elegido);
    };
    const que = quedan.length === 1 ? "una casilla" : `${quedan.length} casillas`;
    const vista = quedan.map(([, elegido]) => this.decir(elegido));
    const caja = proponer(que, copia, vista, ["Enviarlo", enviar], ["Descartarlo", cerrar]);
    return this.forma.before(caja);
  }

  /** Si la casilla sigue aquí y no dice ya lo que se eligió. */
  falta(url, { situacion }) {
    const control = this.forma.querySelector(`td[data-url="${CSS.escape(url)}"] select`);
    return Boolean(control) && control.value !== situacion && [...control.options].some(({ value }) => value === situacion);
  }

  decir({ dicho, fecha, motivo }) {
    const dia = fecha === this.forma.dataset.al ? "" : `, al ${enPalabras(fecha)}`;
    return `${dicho}${dia}${motivo ? `. Motivo: ${motivo}` : ""}`;
  }
}

const enPalabras = (fecha) =>
  new Date(`${fecha}T12:00`).toLocaleDateString("es-MX", { day: "numeric", month: "long", year: "numeric" });
