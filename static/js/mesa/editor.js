/**
 * Barra de formato para `textarea[data-editor]`. El texto sigue siendo llano, con marcas sencillas:
 * `**negritas**`, `*cursivas*`, `- ` lista y `> ` cita. Sin este guion, se escriben a mano.
 *
 * Datos que la página puede traer con `json_script`:
 *   #personas  [{nombre, cargo}]   se insertan con @ y Enter
 *   #frases    [{titulo, texto}]   biblioteca de frases, se insertan en el cursor
 */

import { boton, crear } from "./dom.js";
import { prepararFrases } from "./frases.js";
import { envolver, prefijar, seguirLista } from "./marcas.js";
import { prepararPegado } from "./pegado.js";
import { prepararPersonas } from "./personas.js";

const preparadas = new WeakSet();

const FORMATOS = [
  { texto: "N", nombre: "Negritas", tecla: "b", hacer: (area) => envolver(area, "**"), clase: "strong" },
  { texto: "C", nombre: "Cursivas", tecla: "i", hacer: (area) => envolver(area, "*"), clase: "em" },
  { texto: "Lista", nombre: "Lista", hacer: (area) => prefijar(area, "- ") },
  { texto: "Cita", nombre: "Cita literal", hacer: (area) => prefijar(area, "> ") },
];

/** Pone la barra a cada área que aún no la tiene. */
export function prepararEditores() {
  for (const area of document.querySelectorAll("textarea[data-editor]")) {
    if (preparadas.has(area)) continue;
    preparadas.add(area);
    preparar(area);
  }
}

/** Lista que la página trae en un `json_script`; vacía si no está. */
export function datosDe(id) {
  const guion = document.getElementById(id);
  return guion ? JSON.parse(guion.textContent) : [];
}

function preparar(area) {
  const marco = area.closest(".editor") ?? enmarcar(area);
  const nombre = marco.querySelector("label")?.textContent.trim() ?? area.labels[0]?.textContent.trim() ?? "texto";
  const barra = crear("div", { class: "editor__barra", role: "toolbar", "aria-label": `Formato: ${nombre}` });
  barra.append(...FORMATOS.map((formato) => botonDe(formato, area)));
  area.before(barra);
  area.addEventListener("keydown", (evento) => alTeclear(evento, area));
  prepararPegado(area);
  prepararPersonas(area, marco, barra, datosDe("personas"));
  prepararFrases(area, barra, datosDe("frases"));
  recorrerConFlechas(barra);
}

function enmarcar(area) {
  const marco = crear("div", { class: "editor" });
  area.before(marco);
  marco.append(area);
  area.classList.add("editor__area");
  return marco;
}

function botonDe({ texto, nombre, tecla, hacer, clase }, area) {
  const elemento = boton("", () => hacer(area), "");
  elemento.append(clase ? crear(clase, { "aria-hidden": "true" }, texto) : texto);
  if (clase) elemento.append(crear("span", { class: "oculto" }, nombre));
  elemento.title = tecla ? `${nombre} (Ctrl+${tecla.toUpperCase()})` : nombre;
  if (tecla) elemento.setAttribute("aria-keyshortcuts", `Control+${tecla.toUpperCase()}`);
  return elemento;
}

function alTeclear(evento, area) {
  if (evento.defaultPrevented || evento.isComposing) return;
  const formato = (evento.ctrlKey || evento.metaKey) && FORMATOS.find(({ tecla }) => tecla === evento.key.toLowerCase());
  if (formato) {
    evento.preventDefault();
    formato.hacer(area);
  } else if (evento.key === "Enter" && !evento.shiftKey && seguirLista(area)) evento.preventDefault();
}

/** Una sola parada del tabulador; dentro, flechas, Inicio y Fin (patrón «toolbar» de ARIA). */
function recorrerConFlechas(barra) {
  const botones = [...barra.querySelectorAll(":scope > button")];
  const llevar = (indice) => {
    botones.forEach((uno, i) => uno.setAttribute("tabindex", i === indice ? "0" : "-1"));
    return botones[indice];
  };
  llevar(0);
  barra.addEventListener("keydown", (evento) => {
    const aqui = botones.indexOf(document.activeElement);
    const destino = { ArrowRight: aqui + 1, ArrowLeft: aqui - 1, Home: 0, End: botones.length - 1 }[evento.key];
    if (aqui < 0 || destino === undefined) return;
    evento.preventDefault();
    llevar((destino + botones.length) % botones.length).focus();
  });
}
