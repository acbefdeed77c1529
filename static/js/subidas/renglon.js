/** El renglón de un archivo en la lista: nombre, avance, lo que pasa y lo que se puede hacer. */

import { boton, crear } from "../mesa/dom.js";
import { parte, peso } from "./frases.js";

export class Renglon {
  /** `anunciar` dice una frase a quien no ve la pantalla. */
  constructor(lista, nombre, tamano, anunciar) {
    this.nombre = nombre;
    this.tamano = tamano;
    this.anunciar = anunciar;
    this.barra = crear("progress", { max: tamano, value: 0, "aria-label": `Avance de ${nombre}` });
    this.frase = crear("p", { class: "subida__frase" });
    this.acciones = crear("div", { class: "acciones subida__acciones" });
    const titulo = crear("p", { class: "subida__nombre" }, crear("strong", {}, nombre), ` ${peso(tamano)}`);
    this.elemento = crear("li", { class: "subida__renglon" }, titulo, this.barra, this.frase, this.acciones);
    lista.append(this.elemento);
    lista.hidden = false;
  }

  /** Cuánto va de `que` («Revisando», «Subiendo»). */
  avanza(que, hecho) {
    this.barra.value = hecho;
    this.frase.textContent = `${que}: ${peso(hecho)} de ${peso(this.tamano)} (${parte(hecho, this.tamano)})`;
  }

  /** Cambia de estado: la frase y los botones, cada uno `[texto, alPulsar]`. */
  queda(estado, frase, ...botones) {
    const conFoco = this.acciones.contains(document.activeElement);
    this.elemento.dataset.estado = estado;
    this.barra.hidden = estado === "error" || estado === "pendiente";
    this.frase.textContent = frase;
    this.acciones.replaceChildren(...botones.map(([texto, alPulsar]) => this.#boton(texto, alPulsar)));
    if (conFoco) this.acciones.querySelector("button")?.focus();
    if (estado !== "sube") this.anunciar(`${this.nombre}: ${frase}`);
  }

  #boton(texto, alPulsar) {
    const elemento = boton(texto, alPulsar);
    elemento.setAttribute("aria-label", `${texto} ${this.nombre}`);
    return elemento;
  }

  /** Se va de la lista; el foco no se pierde: pasa a `siguiente`. */
  quitar(siguiente) {
    const lista = this.elemento.parentElement;
    const conFoco = this.elemento.contains(document.activeElement);
    this.elemento.remove();
    if (lista) lista.hidden = !lista.children.length;
    if (conFoco) siguiente?.focus();
  }
}
