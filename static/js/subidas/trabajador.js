/** Calcula la huella SHA-256 de un archivo, por partes y fuera de la página: nunca lo tiene entero en memoria. */

import { sha256 } from "../../terceros/sha256.min.mjs";

const PARTE = 4 * 1024 * 1024; // bytes

addEventListener("message", async ({ data: archivo }) => {
  try {
    const huella = sha256.create();
    for (let desde = 0; desde < archivo.size; desde += PARTE) {
      huella.update(await archivo.slice(desde, desde + PARTE).arrayBuffer());
      postMessage({ leido: Math.min(archivo.size, desde + PARTE) });
    }
    postMessage({ huella: huella.hex() });
  } catch {
    postMessage({ ilegible: true });
  }
});
