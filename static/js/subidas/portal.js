/** Lo que se pide al portal fuera de las partes: qué quedó a medias, la ficha de lo completo, agregarlo. */

import { fichaVigente } from "../mesa/ficha.js";
import { FRASES } from "./frases.js";

const TUS = { "Tus-Resumable": "1.0.0" };

/** El portal entendió y dijo que no: repetir no sirve. */
export class Rechazo extends Error {}

/** No se pudo preguntar, o el portal falló: repetir más tarde sí sirve. */
export class SinRespuesta extends Error {}

/** Cabeceras de toda petición: la ficha CSRF del momento y que se espera una respuesta breve. */
export function cabeceras() {
  return { "X-CSRFToken": fichaVigente(), "X-Autoguardado": "1" };
}

/** Las que la cuenta dejó a medias en `destino`; con `archivo`, además si se aceptaría. */
export async function aMedias(direccion, destino, archivo) {
  const pregunta = new URLSearchParams({ destino });
  if (archivo) {
    pregunta.set("nombre", archivo.name);
    pregunta.set("tipo", archivo.type);
    pregunta.set("tamano", archivo.size);
  }
  return (await pedir(`${direccion}?${pregunta}`)).json();
}

/** La ficha de una subida completa; si falta terminarla, se termina ahora. */
export async function fichaDe(direccion) {
  const parte = { "Content-Type": "application/offset+octet-stream" };
  const va = await pedir(direccion, { method: "HEAD", headers: TUS });
  const desde = { "Upload-Offset": va.headers.get("Upload-Offset") };
  const respuesta = await pedir(direccion, { method: "PATCH", headers: { ...TUS, ...parte, ...desde } });
  return respuesta.headers.get("Archivo-Ficha");
}

/** Descarta una subida; si ya no existe, tanto mejor. */
export function descartar(direccion) {
  return pedir(direccion, { method: "DELETE", headers: TUS }).catch(() => {});
}

/** Entrega la ficha a la página que espera el archivo. Devuelve el fragmento de HTML que contestó. */
export async function entregar(direccion, campo, ficha) {
  const cuerpo = new URLSearchParams({ [campo]: ficha });
  const pide = { Accept: "text/html", "X-Subida": "1" };
  return (await pedir(direccion, { method: "POST", body: cuerpo, headers: pide })).text();
}

async function pedir(direccion, opciones = {}) {
  const headers = { ...cabeceras(), ...opciones.headers };
  let respuesta;
  try {
    respuesta = await fetch(direccion, { credentials: "same-origin", ...opciones, headers });
  } catch {
    throw new SinRespuesta(FRASES.sinRed);
  }
  if (respuesta.ok) return respuesta;
  const cuerpo = await respuesta.text();
  throw fallo(respuesta.status, respuesta.headers.get("Content-Type") ?? "", cuerpo);
}

/** El error que corresponde a una respuesta que no fue un sí. */
export function fallo(estado, tipo, cuerpo) {
  if (estado === 401) return new Rechazo(FRASES.entrar);
  if (estado === 403 && tipo.includes("json")) return new Rechazo(FRASES.ficha);
  if (estado === 423 || estado === 460 || estado === 429) return new SinRespuesta(FRASES.sinPortal);
  const frase = tipo.startsWith("text/plain") ? cuerpo : "";
  if (estado >= 500 && estado !== 507) return new SinRespuesta(FRASES.sinPortal);
  return new Rechazo(frase || FRASES.rechazo);
}
