/**
 * Pegar en una casilla un bloque copiado de una hoja de cálculo: se lee desde ella, en el orden de municipios
 * y etapas que se está viendo, y se abre la misma vista previa que «Pegar o importar». Nada se anota aquí.
 *
 * Solo se lee si cabe y todo lo que trae son situaciones de su columna: un encabezado o una columna de más
 * recorrerían el bloque y pondrían a un municipio lo de otro.
 */

import { crear } from "../mesa/dom.js";

const llano = (texto) => texto.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function pegarBloque(evento, forma, guardado) {
  const casilla = evento.target.closest("td.casilla-etapa");
  const texto = evento.clipboardData?.getData("text/plain") ?? "";
  if (!casilla || evento.target.localName === "input" || !texto.trim()) return;
  evento.preventDefault();
  const celdas = leer(casilla, repartir(texto), forma);
  if (!celdas) {
    guardado.decir("Lo copiado no se puede leer desde esta casilla: usa «Pegar o importar».", "error");
    return;
  }
  // Antes sale lo que se estaba guardando: la vista previa compara con ello.
  guardado.apurar();
  guardado.formar(() => abrir(forma, celdas));
}

const repartir = (texto) => texto.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((fila) => fila.split("\t"));

/** Las celdas con su clave y sus encabezados, o nada si no hay una lectura segura. */
function leer(casilla, bloque, forma) {
  const filas = [...forma.querySelectorAll("tbody tr:not([hidden])")];
  const desde = filas.indexOf(casilla.parentElement);
  const destino = bloque.map((_, n) => visibles(filas[desde + n]));
  const columna = destino[0].indexOf(casilla);
  const ancho = Math.max(...bloque.map((fila) => fila.length));
  const cabe = destino.every((casillas) => casillas.length >= columna + ancho);
  if (!cabe || !bloque.every((fila, n) => fila.every((valor, i) => esSituacion(valor, destino[n][columna + i])))) return "";
  const etapas = destino[0].slice(columna, columna + ancho).map(({ dataset }) => dataset.etapa);
  const renglones = bloque.map((fila, n) => [clave(filas[desde + n]), ...fila]);
  return [["clave_inegi", ...etapas], ...renglones].map((renglon) => renglon.join("\t")).join("\n");
}

const visibles = (fila) => [...(fila?.querySelectorAll("td.casilla-etapa:not([hidden])") ?? [])];
const clave = (fila) => fila.dataset.nombre.split(" ").pop();

function esSituacion(valor, casilla) {
  if (!valor.trim()) return true;
  return [...casilla.querySelectorAll("select option")].some(({ value, textContent }) => value && llano(textContent) === llano(valor));
}

function abrir(forma, celdas) {
  const oculto = (name, value) => crear("input", { type: "hidden", name, value });
  const ficha = forma.elements.csrfmiddlewaretoken.value;
  const envio = crear(
    "form",
    { method: "post", action: forma.dataset.pegar, hidden: "" },
    oculto("csrfmiddlewaretoken", ficha),
    oculto("fecha", forma.dataset.al),
    crear("textarea", { name: "celdas" }, celdas),
  );
  document.body.append(envio);
  envio.submit();
}
