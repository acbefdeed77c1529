/** Biblioteca de frases: un botón de la barra abre la lista y cada frase se inserta en el cursor. */

import { boton, crear } from "./dom.js";
import { insertar } from "./marcas.js";

let serie = 0;

/** Agrega «Frases» a la barra si el órgano tiene alguna. */
export function prepararFrases(area, barra, frases) {
  if (!frases.length) return;
  const id = `frases-${(serie += 1)}`;
  const lista = crear("div", { class: "frases", role: "group", "aria-label": "Frases", id, hidden: "" });
  const abridor = boton("Frases", () => abrir(lista, abridor, lista.hidden), "");
  abridor.setAttribute("aria-expanded", "false");
  abridor.setAttribute("aria-controls", id);
  lista.append(...frases.map((frase) => opcion(frase, area, lista, abridor)));
  lista.addEventListener("keydown", (evento) => alTeclear(evento, lista, abridor));
  barra.append(abridor);
  barra.after(lista);
}

function opcion({ titulo, texto }, area, lista, abridor) {
  const fila = boton(titulo || texto, () => {
    abrir(lista, abridor, false);
    insertar(area, conEspacio(area, texto));
  }, "");
  fila.title = texto;
  return fila;
}

/** La frase no queda pegada a la palabra anterior. */
function conEspacio(area, texto) {
  const antes = area.value[area.selectionStart - 1];
  return antes === undefined || /\s/.test(antes) ? texto : ` ${texto}`;
}

function abrir(lista, abridor, abierta) {
  lista.hidden = !abierta;
  abridor.setAttribute("aria-expanded", String(abierta));
  if (abierta) lista.querySelector("button").focus();
}

function alTeclear(evento, lista, abridor) {
  const botones = [...lista.querySelectorAll("button")];
  const aqui = botones.indexOf(document.activeElement);
  const paso = { ArrowDown: 1, ArrowUp: -1 }[evento.key];
  if (paso) botones[(aqui + paso + botones.length) % botones.length].focus();
  else if (evento.key === "Escape") {
    abrir(lista, abridor, false);
    abridor.focus();
  } else return;
  evento.preventDefault();
}
