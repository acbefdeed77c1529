/**
 * Lo que viaja al firmar: el certificado, lo que hay que firmar y la firma. Nunca la llave ni su contraseña.
 *
 *   preparar  POST multipart con `cer`      → 200 {ficha, atributos}   (atributos en base64)
 *   terminar  POST con `ficha` y `firma`    → 200 {destino}            (firma en base64)
 *   un rechazo                              → 4xx {mensaje}
 *   alguien más firmó mientras tanto        → 409 {mensaje, repetir: true}
 */

import { Impedimento } from "./llave.js";

const ESPERA = 30000; // milisegundos por respuesta
const SIN_RED = "No hay conexión con el portal. Nada se firmó; vuelve a intentarlo.";
const SIN_PORTAL = "El portal no pudo con la firma. Nada se firmó; vuelve a intentarlo en un momento.";

/** Envía un paso y devuelve sus datos; `{repetir: true}` si hay que empezar de nuevo. Lanza `Impedimento`. */
export async function enviar(url, ficha, valores) {
  const cuerpo = new FormData();
  for (const [nombre, valor] of Object.entries(valores)) cuerpo.append(nombre, valor);
  const respuesta = await pedir(url, ficha, cuerpo);
  const datos = await leer(respuesta);
  if (respuesta.ok || datos.repetir) return datos;
  throw new Impedimento(datos.mensaje || SIN_PORTAL);
}

export function aBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

export function deBase64(texto) {
  return Uint8Array.from(atob(texto), (letra) => letra.charCodeAt(0));
}

async function pedir(url, ficha, cuerpo) {
  try {
    return await fetch(url, {
      method: "POST",
      body: cuerpo,
      credentials: "same-origin",
      headers: { "X-CSRFToken": ficha, Accept: "application/json" },
      signal: AbortSignal.timeout(ESPERA),
    });
  } catch {
    throw new Impedimento(SIN_RED);
  }
}

async function leer(respuesta) {
  const esJson = respuesta.headers.get("Content-Type")?.includes("application/json");
  return esJson ? await respuesta.json() : {};
}
