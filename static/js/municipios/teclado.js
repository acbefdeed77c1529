/** Moverse por la matriz con el teclado, como en una hoja de cálculo. */

const PASOS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

/** Atiende una tecla en la matriz: mover, elegir por letra, abrir, deshacer o rehacer. */
export function recorrer(evento, forma, guardado) {
  if (atenderDeshacer(evento, guardado)) return evento.preventDefault();
  const control = evento.target.closest("td select");
  if (!control || evento.ctrlKey || evento.metaKey || evento.altKey) return undefined;
  const hizo = mover(evento, control, forma) || abrir(evento, control) || elegir(evento, control);
  return hizo && evento.preventDefault();
}

function atenderDeshacer({ ctrlKey, metaKey, shiftKey, key, target }, guardado) {
  if (!(ctrlKey || metaKey) || target.localName === "input") return false;
  const tecla = key.toLowerCase();
  if (tecla === "z" && !shiftKey) return Boolean(guardado.deshacer());
  if (tecla === "y" || tecla === "z") return Boolean(guardado.rehacer());
  return false;
}

function mover({ key, shiftKey }, control, forma) {
  const paso = PASOS[key];
  if (!paso) return false;
  const sentido = key === "Enter" && shiftKey ? -1 : 1;
  const filas = [...forma.querySelectorAll("tbody tr:not([hidden])")].map((fila) => [...fila.querySelectorAll("td:not([hidden]) select")]);
  const fila = filas.findIndex((controles) => controles.includes(control));
  const columna = filas[fila].indexOf(control);
  const destino = filas[fila + sentido * paso[0]]?.[columna + paso[1]];
  destino?.focus();
  destino?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

function abrir({ key }, control) {
  if (key !== "F2") return false;
  control.closest("td").querySelector("a").click();
  return true;
}

/** La siguiente situación que empieza con esa letra; repetirla pasa a la que sigue. */
function elegir({ key }, control) {
  if (key.length !== 1 || key === " ") return false;
  const opciones = [...control.options];
  const turno = [...opciones.slice(control.selectedIndex + 1), ...opciones.slice(0, control.selectedIndex + 1)];
  const hallada = turno.find(({ value, textContent }) => value && sinAcentos(textContent).startsWith(sinAcentos(key)));
  if (!hallada || hallada.selected) return true;
  hallada.selected = true;
  control.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

const sinAcentos = (texto) => texto.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
