/** Poner y quitar marcas en un área de texto, sin perder el «deshacer» del navegador. */

/** Sustituye lo que va de `inicio` a `fin` y deja el cursor después. */
export function insertar(area, texto, inicio = area.selectionStart, fin = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(inicio, fin);
  const orden = texto ? "insertText" : "delete";
  if (inicio === fin && !texto) return;
  if (document.execCommand(orden, false, texto)) return;
  area.setRangeText(texto, inicio, fin, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Envuelve la selección con la marca, o la quita si ya la tiene. Cada renglón lleva la suya. */
export function envolver(area, marca) {
  const { inicio, fin } = sinOrillas(area);
  const elegido = area.value.slice(inicio, fin);
  if (!elegido) return vacio(area, marca);
  if (rodeado(area.value, inicio, fin, marca)) {
    return cambiar(area, elegido, inicio - marca.length, fin + marca.length);
  }
  const renglones = elegido.split("\n");
  const quitar = renglones.every((renglon) => !renglon.trim() || tiene(renglon, marca));
  const nuevo = renglones.map((r) => (!r.trim() ? r : quitar ? r.slice(marca.length, -marca.length) : marca + r + marca));
  return cambiar(area, nuevo.join("\n"), inicio, fin);
}

function vacio(area, marca) {
  const lugar = area.selectionStart;
  insertar(area, marca + marca);
  area.setSelectionRange(lugar + marca.length, lugar + marca.length);
}

function cambiar(area, texto, inicio, fin) {
  insertar(area, texto, inicio, fin);
  area.setSelectionRange(inicio, inicio + texto.length);
}

/** La selección sin espacios en sus orillas: «** así **» no se vería en negritas. */
function sinOrillas(area) {
  let { selectionStart: inicio, selectionEnd: fin } = area;
  while (inicio < fin && /\s/.test(area.value[inicio])) inicio += 1;
  while (fin > inicio && /\s/.test(area.value[fin - 1])) fin -= 1;
  return { inicio, fin };
}

/** Si el texto empieza y acaba con esa marca y no con otra más larga: `*` no es la mitad de `**`. */
function tiene(texto, marca) {
  const abre = texto.match(/^\*{0,3}/)[0].length;
  const cierra = texto.match(/\*{0,3}$/)[0].length;
  const sirve = (cuantas) => cuantas === marca.length || cuantas === 3;
  return texto.length > 2 * marca.length && sirve(abre) && sirve(cierra);
}

function rodeado(texto, inicio, fin, marca) {
  const antes = texto.slice(0, inicio).match(/\*{0,3}$/)[0].length;
  const despues = texto.slice(fin).match(/^\*{0,3}/)[0].length;
  const sirve = (cuantas) => cuantas === marca.length || cuantas === 3;
  return sirve(antes) && sirve(despues);
}

/** Pone el prefijo («- », «> ») a cada renglón elegido, o lo quita si todos lo tienen. */
export function prefijar(area, prefijo) {
  const inicio = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const corte = area.value.indexOf("\n", area.selectionEnd);
  const fin = corte < 0 ? area.value.length : corte;
  const renglones = area.value.slice(inicio, fin).split("\n");
  const quitar = renglones.every((renglon) => renglon.startsWith(prefijo));
  const nuevo = renglones.map((renglon) => (quitar ? renglon.slice(prefijo.length) : prefijo + renglon)).join("\n");
  insertar(area, nuevo, inicio, fin);
}

/** Enter dentro de una lista o cita abre otro renglón igual; en uno vacío, la termina. Dice si lo hizo. */
export function seguirLista(area) {
  if (area.selectionStart !== area.selectionEnd) return false;
  const inicio = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const renglon = area.value.slice(inicio, area.selectionStart);
  const marca = renglon.match(/^(\s*)(- |> |(\d+)\. )/);
  if (!marca) return false;
  if (renglon === marca[0]) insertar(area, "", inicio, area.selectionStart);
  else insertar(area, `\n${marca[1]}${marca[3] ? `${Number(marca[3]) + 1}. ` : marca[2]}`);
  return true;
}
