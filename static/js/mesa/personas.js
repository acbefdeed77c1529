/**
 * Insertar a una persona con dos teclas: @ abre la lista y Enter toma la primera.
 *
 * Con letras se filtra por el principio de cualquier palabra del nombre o del cargo, sin acentos.
 * Flechas para elegir, Enter pone el nombre, Tab el nombre y el cargo, Esc cierra. El foco nunca sale
 * del texto: la opción activa se dice con `aria-activedescendant`.
 */

import { boton, crear } from "./dom.js";
import { insertar } from "./marcas.js";

const MAXIMO = 8;
const LLAMADA = /(?:^|[\s(«"“])@([\p{L}.]*(?: [\p{L}.]+)?)$/u;
let serie = 0;

/** Prepara la lista de personas del área; sin personas, no hay nada que ofrecer. */
export function prepararPersonas(area, marco, barra, personas) {
  if (!personas.length) return;
  const lista = new Sugerencias(area, marco, personas);
  barra.append(boton("Persona", () => lista.llamar(), ""));
}

const sinAcentos = (texto) => texto.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Personas con alguna palabra que empieza con cada palabra buscada. */
export function filtrar(personas, busqueda) {
  const buscadas = sinAcentos(busqueda).split(/\s+/).filter(Boolean);
  const coincide = ({ nombre, cargo }) => {
    const palabras = sinAcentos(`${nombre} ${cargo ?? ""}`).split(/[\s,.]+/);
    return buscadas.every((buscada) => palabras.some((palabra) => palabra.startsWith(buscada.replaceAll(".", ""))));
  };
  return personas.filter(coincide).slice(0, MAXIMO);
}

class Sugerencias {
  constructor(area, marco, personas) {
    Object.assign(this, { area, marco, personas, halladas: [], activa: 0 });
    this.id = `sugerencias-${(serie += 1)}`;
    this.lista = crear("ul", { class: "sugerencias", role: "listbox", id: this.id, "aria-label": "Personas", tabindex: "0", hidden: "" });
    this.lista.addEventListener("mousedown", (evento) => evento.preventDefault()); // el foco se queda en el texto
    this.voz = crear("p", { class: "oculto", role: "status" });
    marco.append(this.lista, this.voz);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.addEventListener("input", () => this.buscar());
    area.addEventListener("click", () => this.cerrar());
    area.addEventListener("blur", () => this.cerrar());
    area.addEventListener("keydown", (evento) => this.alTeclear(evento), true);
  }

  /** Lo que hace el botón «Persona»: escribir la arroba. */
  llamar() {
    const antes = this.area.value[this.area.selectionStart - 1];
    insertar(this.area, antes === undefined || /[\s(«"“]/.test(antes) ? "@" : " @");
    this.buscar();
  }

  buscar() {
    const { value, selectionStart, selectionEnd } = this.area;
    const llamada = selectionStart === selectionEnd && value.slice(0, selectionStart).match(LLAMADA);
    this.halladas = llamada ? filtrar(this.personas, llamada[1]) : [];
    if (!this.halladas.length) return this.cerrar();
    this.desde = selectionStart - llamada[1].length - 1;
    this.activa = 0;
    return this.abrir();
  }

  abrir() {
    this.lista.replaceChildren(...this.halladas.map((persona, i) => this.opcion(persona, i)));
    this.lista.hidden = false;
    this.colocar();
    this.area.setAttribute("aria-controls", this.id);
    this.marcar(0);
    const cuantas = this.halladas.length;
    this.voz.textContent = `${cuantas} ${cuantas === 1 ? "persona" : "personas"}; flechas para elegir, Enter para insertar`;
  }

  opcion({ nombre, cargo }, i) {
    const fila = crear("li", { role: "option", id: `${this.id}-${i}` }, nombre);
    if (cargo) fila.append(" ", crear("small", {}, cargo));
    fila.addEventListener("click", () => this.tomar(i));
    return fila;
  }

  cerrar() {
    if (this.lista.hidden) return;
    this.lista.hidden = true;
    this.halladas = [];
    this.voz.textContent = "";
    this.area.removeAttribute("aria-controls");
    this.area.removeAttribute("aria-activedescendant");
  }

  marcar(i) {
    this.activa = (i + this.halladas.length) % this.halladas.length;
    [...this.lista.children].forEach((fila, j) => fila.setAttribute("aria-selected", String(j === this.activa)));
    this.area.setAttribute("aria-activedescendant", `${this.id}-${this.activa}`);
    this.lista.children[this.activa].scrollIntoView({ block: "nearest" });
  }

  alTeclear(evento) {
    if (this.lista.hidden || evento.isComposing) return;
    const acciones = {
      ArrowDown: () => this.marcar(this.activa + 1),
      ArrowUp: () => this.marcar(this.activa - 1),
      Enter: () => this.tomar(this.activa),
      Tab: () => this.tomar(this.activa, true),
      Escape: () => this.cerrar(),
    };
    const accion = evento.shiftKey ? null : acciones[evento.key];
    if (!accion) return;
    evento.preventDefault();
    evento.stopImmediatePropagation();
    accion();
  }

  tomar(i, conCargo = false) {
    const { nombre, cargo } = this.halladas[i];
    const texto = conCargo && cargo ? `${nombre}, ${cargo}` : nombre;
    insertar(this.area, texto, this.desde, this.area.selectionStart);
    this.cerrar();
  }

  /** La lista queda bajo el renglón del cursor: se mide con un doble invisible del área. */
  colocar() {
    const { area } = this;
    const alto = parseFloat(getComputedStyle(area).lineHeight) || 24;
    const renglon = area.offsetTop + alturaDelCursor(area) - area.scrollTop + alto;
    this.lista.style.insetBlockStart = `${Math.min(renglon, area.offsetTop + area.offsetHeight)}px`;
  }
}

function alturaDelCursor(area) {
  const doble = crear("div", { "aria-hidden": "true" }, area.value.slice(0, area.selectionStart));
  const marca = crear("span", {}, "|");
  const estilo = getComputedStyle(area);
  for (const nombre of ["font", "padding", "border", "boxSizing", "width", "letterSpacing"]) doble.style[nombre] = estilo[nombre];
  Object.assign(doble.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
  doble.append(marca);
  area.after(doble);
  const altura = marca.offsetTop;
  doble.remove();
  return altura;
}
