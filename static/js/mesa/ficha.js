/**
 * La ficha CSRF y la cuenta con la que se abrió la página.
 *
 * La ficha cambia cada vez que alguien entra; por eso nunca se usa la que venía en la página, sino la
 * de la galleta en el momento de enviar. La página dice de quién es en `[data-usuario]` y dónde se
 * entra en `[data-entrar]`.
 */

const GALLETA = /(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/;
const ENTRADA = "stl:entrada";
const cuenta = usuarioDe(document);

/** Ficha vigente, o cadena vacía si el navegador no la tiene. */
export function fichaVigente() {
  const galleta = document.cookie.match(GALLETA);
  return galleta ? decodeURIComponent(galleta[1]) : "";
}

/** Identificador de la cuenta con la que se abrió esta página. */
export function usuario() {
  return cuenta;
}

function usuarioDe(documento) {
  return documento.querySelector("[data-usuario]")?.dataset.usuario ?? "";
}

/** Dirección para entrar y volver a esta misma página. */
export function direccionDeEntrada() {
  const base = document.querySelector("[data-entrar]")?.dataset.entrar ?? "/entrar/";
  return `${base}?next=${encodeURIComponent(location.pathname)}`;
}

/**
 * Pide la página otra vez para tener ficha nueva y saber quién está dentro.
 * Devuelve «misma», «otra» (entró otra cuenta), «nadie» (falta entrar) o «red».
 */
export async function renovarFicha() {
  try {
    const respuesta = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    const documento = new DOMParser().parseFromString(await respuesta.text(), "text/html");
    const actual = usuarioDe(documento);
    if (respuesta.status >= 500) return "red";
    if (actual) return actual === cuenta ? "misma" : "otra";
    return !cuenta && respuesta.ok && !respuesta.redirected ? "misma" : "nadie";
  } catch {
    return "red";
  }
}

/** Avisa a las otras pestañas que aquí ya se pudo entrar. */
export function anunciarEntrada() {
  try {
    localStorage.setItem(ENTRADA, String(Date.now()));
  } catch {
    // Sin almacenamiento, la otra pestaña lo nota al recibir el foco.
  }
}

/** Llama a `alVolver` cuando la persona regresa a esta pestaña o entra en otra. */
export function alVolver(funcion) {
  addEventListener("focus", funcion);
  addEventListener("pageshow", funcion);
  addEventListener("storage", (evento) => evento.key === ENTRADA && funcion());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && funcion());
}

/** Toda forma que se envíe lleva la ficha vigente, no la que venía en la página. */
export function prepararFichas() {
  document.addEventListener("submit", (evento) => ponerFicha(evento.target), true);
}

function ponerFicha(forma) {
  const campo = forma.elements?.csrfmiddlewaretoken;
  const ficha = fichaVigente();
  if (campo && ficha) campo.value = ficha;
}
