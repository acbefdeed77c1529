/**
 * La línea que dice si lo escrito está guardado.
 *
 * Usa el `[data-estado]` de la forma, o agrega uno. Lo que se ve cambia cada segundo («Guardado hace
 * 3 s»); lo que se lee en voz alta va aparte y solo cambia cuando pasa algo que importa.
 */

import { crear } from "./dom.js";

const CLASES = ["guardado", "pendiente", "sin-red", "conflicto", "entrar"];

/** «hace 3 s», «hace 2 min», «a las 10:32». */
export function hace(desde, ahora = Date.now()) {
  const segundos = Math.round((ahora - desde) / 1000);
  if (segundos < 60) return `hace ${Math.max(segundos, 1)} s`;
  if (segundos < 3600) return `hace ${Math.floor(segundos / 60)} min`;
  return `a las ${hora(desde)}`;
}

/** Hora local de 24 horas: «10:32». */
export function hora(cuando) {
  return new Intl.DateTimeFormat("es-MX", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(cuando);
}

export class Estado {
  constructor(forma) {
    this.linea = forma.querySelector("[data-estado]") ?? crear("p", { class: "estado-guardado" });
    if (!this.linea.isConnected) forma.append(this.linea);
    this.linea.removeAttribute("role"); // el reloj no debe interrumpir a quien escucha la pantalla
    this.voz = crear("p", { class: "oculto", role: "status" });
    this.linea.after(this.voz);
    this.dicho = "";
  }

  /** Todo lo escrito está en el portal desde `cuando`. */
  guardado(cuando) {
    this.pintar("guardado", `Guardado ${hace(cuando)}`);
    clearInterval(this.reloj);
    this.reloj = setInterval(() => this.avanzar(cuando), 1000);
    if (this.dicho) this.decir("Guardado");
    this.dicho = "";
  }

  avanzar(cuando) {
    if (this.linea.isConnected) this.linea.textContent = `Guardado ${hace(cuando)}`;
    else clearInterval(this.reloj);
  }

  /** Hay letras que el portal aún no tiene; es lo normal y no se anuncia. */
  pendiente() {
    this.pintar("pendiente", "Escribiendo…");
  }

  /** Algo impide guardar: se ve y se anuncia una vez. `extra` es una liga o botón para remediarlo. */
  problema(clase, frase, extra = null) {
    this.pintar(clase, extra ? `${frase}: ` : frase);
    if (extra) this.linea.append(extra);
    if (this.dicho !== frase) this.decir(frase);
    this.dicho = frase;
  }

  pintar(clase, frase) {
    clearInterval(this.reloj);
    for (const otra of CLASES) this.linea.classList.toggle(`estado-guardado--${otra}`, otra === clase);
    this.linea.textContent = frase;
  }

  decir(frase) {
    this.voz.textContent = frase;
  }
}
