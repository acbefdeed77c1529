/** La huella SHA-256 de un archivo de este equipo, calculada en un hilo aparte (`trabajador.js`). */

/** Ese archivo ya no se puede leer: lo movieron, lo cambiaron o se desconectó la memoria. */
export class Ilegible extends Error {}

/** Promesa de la huella en hexadecimal; `alAvanzar` recibe bytes leídos y `senal` la detiene. */
export function huellaDe(archivo, programa, alAvanzar, senal) {
  return new Promise((listo, falla) => {
    const trabajador = new Worker(programa, { type: "module" });
    const terminar = (como, con) => (trabajador.terminate(), como(con));
    senal.addEventListener("abort", () => terminar(falla, senal.reason));
    trabajador.addEventListener("error", () => terminar(falla, new Ilegible()));
    trabajador.addEventListener("message", ({ data }) => {
      if (data.leido) alAvanzar(data.leido);
      else if (data.huella) terminar(listo, data.huella);
      else terminar(falla, new Ilegible());
    });
    trabajador.postMessage(archivo);
  });
}
