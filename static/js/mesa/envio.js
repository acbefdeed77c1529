/**
 * El único camino por el que viaja un guardado, y qué significa cada respuesta.
 *
 * Petición: POST con los campos de la forma y `version`; cabeceras `X-Autoguardado: 1` y `X-CSRFToken`.
 * Resultado: objeto con `tipo`:
 *   guardado   {version, …}              y lo demás que responda el portal
 *   conflicto  {version, quien, texto}   409 con ambos textos; si la forma tiene varios campos, en vez de
 *                                        `texto` trae `campos: [{nombre, etiqueta, guardado, …}]`
 *   entrar                               401: la sesión caducó
 *   ficha                                403: la ficha CSRF caducó
 *   rechazo    {mensaje, …}              el portal entendió y dijo que no; repetir no sirve
 *   espera     {mensaje}                 sin red o falla del portal; se reintenta solo
 */

import { fichaVigente } from "./ficha.js";

const LIMITE = 15000; // milisegundos de espera por respuesta
const CABE_AL_SALIR = 60000; // el navegador admite 64 KiB en lo que se envía al cerrar la página
const SIN_RED = "Sin conexión: tu texto está a salvo en este equipo";
const SIN_PORTAL = "El portal no responde: tu texto está a salvo en este equipo";

/** Envía los valores sobre la versión leída y traduce la respuesta. Nunca lanza. */
export async function enviar(url, valores, version) {
  const cuerpo = new URLSearchParams({ ...valores, version }).toString();
  try {
    const respuesta = await fetch(url, {
      method: "POST",
      body: cuerpo,
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Autoguardado": "1",
        "X-CSRFToken": fichaVigente(),
      },
      keepalive: cuerpo.length < CABE_AL_SALIR,
      signal: AbortSignal.timeout(LIMITE),
    });
    return traducir(respuesta, await leer(respuesta));
  } catch {
    return { tipo: "espera", mensaje: navigator.onLine ? SIN_PORTAL : SIN_RED };
  }
}

async function leer(respuesta) {
  const esJson = respuesta.headers.get("Content-Type")?.includes("application/json");
  return esJson ? await respuesta.json() : {};
}

function traducir(respuesta, datos) {
  if (respuesta.ok && typeof datos.version === "number") return { ...datos, tipo: "guardado" };
  if (respuesta.status === 401 || respuesta.redirected) return { tipo: "entrar" };
  if (datos.error === "ficha") return { tipo: "ficha" };
  if (datos.error === "version") return { ...datos, tipo: "conflicto" };
  if (respuesta.status >= 500 || respuesta.status === 429) return { tipo: "espera", mensaje: SIN_PORTAL };
  return { ...datos, tipo: "rechazo", mensaje: datos.mensaje || sinDatos(respuesta.status) };
}

function sinDatos(status) {
  if (status === 403) return "Ya no puedes escribir aquí. Copia tu texto si lo necesitas";
  if (status === 404) return "Esto ya no existe o tu cuenta no lo ve. Copia tu texto si lo necesitas";
  return "El portal no admitió el texto. Cópialo y vuelve a cargar la página";
}
