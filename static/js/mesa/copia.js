/**
 * Copia local de lo escrito, mientras el portal no confirme que lo guardó.
 *
 * Una entrada por cuenta y dirección: `{valores, version, cuando}`. Lo que se encontró al abrir la
 * página y aún no se decide se aparta en una lista, para que escribir de nuevo no lo pise.
 */

import { usuario } from "./ficha.js";

const PREFIJO = "stl:copia:";
const VIGENCIA = 30 * 24 * 3600 * 1000; // milisegundos que se conserva una copia olvidada
const APARTADAS = 5;

const clave = (url) => `${PREFIJO}${usuario()}:${url}`;
const claveApartadas = (url) => `${clave(url)}:apartadas`;

function leerJson(nombre) {
  try {
    return JSON.parse(localStorage.getItem(nombre));
  } catch {
    return null;
  }
}

/** Escribe y dice si se pudo: con el almacenamiento lleno o negado hay que avisar. */
function escribirJson(nombre, valor) {
  try {
    localStorage.setItem(nombre, JSON.stringify(valor));
    return true;
  } catch {
    return false;
  }
}

function quitar(nombre) {
  try {
    localStorage.removeItem(nombre);
  } catch {
    // Nunca se pudo escribir: no hay nada que quitar.
  }
}

/** Guarda la copia de lo escrito en `url`; falso si el navegador no lo permite. */
export function guardarCopia(url, valores, version) {
  return escribirJson(clave(url), { valores, version, cuando: Date.now() });
}

export const leerCopia = (url) => leerJson(clave(url));
export const borrarCopia = (url) => quitar(clave(url));
export const leerApartadas = (url) => leerJson(claveApartadas(url)) ?? [];

/** Aparta una copia para ofrecerla; la copia viva queda libre para lo que se escriba ahora. */
export function apartar(url, copia) {
  const lista = [...leerApartadas(url), copia].slice(-APARTADAS);
  if (escribirJson(claveApartadas(url), lista)) borrarCopia(url);
}

/** Olvida una copia apartada que ya se recuperó o se descartó. */
export function olvidar(url, copia) {
  const lista = leerApartadas(url).filter((otra) => otra.cuando !== copia.cuando);
  if (lista.length) escribirJson(claveApartadas(url), lista);
  else quitar(claveApartadas(url));
}

/** Borra las copias que nadie reclamó en un mes. */
export function purgarCopias() {
  const limite = Date.now() - VIGENCIA;
  for (const nombre of nombresDeCopias()) {
    const dato = leerJson(nombre);
    const ultima = Array.isArray(dato) ? dato.at(-1) : dato;
    if (!ultima || ultima.cuando < limite) quitar(nombre);
  }
}

function nombresDeCopias() {
  try {
    return Object.keys(localStorage).filter((nombre) => nombre.startsWith(PREFIJO));
  } catch {
    return [];
  }
}
