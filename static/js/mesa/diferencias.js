/** Comparar y juntar dos textos que salieron del mismo. */

/** Lo común del principio y del final, y en medio lo que cada uno dice; corta en palabras enteras. */
export function partes(uno, otro) {
  const a = uno.split(/(?<=\s)/);
  const b = otro.split(/(?<=\s)/);
  const tope = Math.min(a.length, b.length);
  let inicio = 0;
  while (inicio < tope && a[inicio] === b[inicio]) inicio += 1;
  let fin = 0;
  while (fin < tope - inicio && a.at(-1 - fin) === b.at(-1 - fin)) fin += 1;
  const corte = (lista) => lista.slice(inicio, lista.length - fin).join("");
  return {
    antes: a.slice(0, inicio).join(""),
    uno: corte(a),
    otro: corte(b),
    despues: fin ? a.slice(-fin).join("") : "",
  };
}

/**
 * Junta párrafo por párrafo: lo común una vez; donde difieren, primero lo guardado y luego lo propio.
 * Un párrafo que ya estaba en `base` y que el otro cambió o quitó no regresa.
 */
export function juntar(mio, suyo, base = "") {
  const anteriores = new Set(parrafos(base));
  const nuevos = (lista) => lista.filter((parrafo) => !anteriores.has(parrafo));
  const salida = [];
  for (const { comun, a, b } of tramos(parrafos(suyo), parrafos(mio))) {
    salida.push(...nuevos(a), ...nuevos(b));
    if (comun !== undefined) salida.push(comun);
  }
  return salida.join("\n\n");
}

function parrafos(texto) {
  return texto.split(/\n\s*\n/).map((parrafo) => parrafo.trim()).filter(Boolean);
}

/** Recorre las dos listas: tramos en que difieren, cada uno cerrado por un párrafo común (o el final). */
function tramos(a, b) {
  const largo = subsecuencia(a, b);
  const salida = [];
  let tramo = { a: [], b: [] };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      salida.push({ ...tramo, comun: a[i] });
      tramo = { a: [], b: [] };
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && largo[i + 1][j] >= largo[i][j + 1])) tramo.a.push(a[i++]);
    else tramo.b.push(b[j++]);
  }
  return [...salida, tramo];
}

/** Tabla de la subsecuencia común más larga desde cada par de posiciones. */
function subsecuencia(a, b) {
  const tabla = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      tabla[i][j] = a[i] === b[j] ? tabla[i + 1][j + 1] + 1 : Math.max(tabla[i + 1][j], tabla[i][j + 1]);
    }
  }
  return tabla;
}
