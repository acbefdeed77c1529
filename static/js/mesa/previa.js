/**
 * La vista previa la pide htmx (`hx-trigger="load, guardado from:body"`). Aquí se evita el parpadeo (al
 * repintar la mesa se conserva la hoja que ya se leía hasta que llegue la nueva) y se hace que siga al
 * trabajo: va al punto que se desahoga, o a la parte del acta de ese paso, y lo marca. Si la persona la
 * movió para leer otra cosa, se queda donde ella la dejó.
 */

const MARCA = "acta-presente";
const HOLGURA = 4; // píxeles que puede redondear el navegador al poner el renglón

/** En cada paso, los bloques del acta que le tocan; vale el primero que haya. */
const BLOQUES = {
  asistencia: ["acta-s-asistentes", "acta-s-quorum", "acta-asistencia", "acta-asistentes", "acta-quorum"],
  orden: ["acta-s-orden", "acta-orden"],
};

let anterior = null;
let puesto = null; // renglón en que este módulo dejó la hoja

/** Se queda escuchando los cambios de la mesa y de la hoja. */
export function vigilarPrevia() {
  plegarSiEstorba();
  document.addEventListener("htmx:beforeSwap", (evento) => {
    if (evento.detail.target?.id === "mesa" && evento.detail.shouldSwap) anterior = recordar();
  });
  // Al asentarse, no antes: htmx todavía repone las clases que tenía la hoja anterior.
  document.addEventListener("htmx:afterSettle", ({ detail }) => detail.target?.id === "vista-previa" && seguir(detail.target));
  document.addEventListener("htmx:afterSwap", () => {
    const hoja = document.getElementById("vista-previa");
    if (!anterior || !hoja || hoja === anterior.hoja) return;
    reponer(hoja, anterior);
    anterior = null;
  });
}

/** En una pantalla angosta la hoja queda al final, plegada; en una muy ancha cabe hasta junto a la lista. */
function plegarSiEstorba() {
  const hoja = document.querySelector(".vista-previa");
  if (!hoja) return;
  if (matchMedia("(width >= 96rem)").matches) hoja.open = true;
  else if (!matchMedia("(width >= 62rem)").matches) hoja.open = false;
}

function recordar() {
  const hoja = document.getElementById("vista-previa");
  if (!hoja) return null;
  return {
    hoja,
    contenido: [...hoja.childNodes],
    renglon: hoja.closest(".mesa__vista")?.scrollTop ?? 0,
    abierta: hoja.closest("details")?.open ?? true,
  };
}

function reponer(hoja, { contenido, renglon, abierta }) {
  hoja.replaceChildren(...contenido);
  const detalle = hoja.closest("details");
  if (detalle) detalle.open = abierta;
  const marco = hoja.closest(".mesa__vista");
  if (marco) marco.scrollTop = renglon;
}

function seguir(hoja) {
  const marco = hoja.closest(".mesa__vista");
  const primero = bloqueActual(hoja);
  for (const bloque of parte(primero)) bloque.classList.add(MARCA);
  if (puesto !== null && Math.abs(marco.scrollTop - puesto) > HOLGURA) return;
  if (/\/cierre\//.test(location.pathname)) marco.scrollTop = marco.scrollHeight;
  else if (primero) marco.scrollTop += altura(primero, marco);
  puesto = marco.scrollTop;
}

/** Cuánto falta para que el bloque quede bajo el título de la hoja, con un poco de aire. */
function altura(bloque, marco) {
  const titulo = marco.querySelector("summary")?.offsetHeight ?? 0;
  return bloque.getBoundingClientRect().top - marco.getBoundingClientRect().top - titulo - 24;
}

function bloqueActual(hoja) {
  const paso = location.pathname.match(/\/(asistencia|orden)\//)?.[1];
  if (paso) return primeroDe(hoja, BLOQUES[paso]);
  const puntos = [...document.querySelectorAll(".indice-puntos a")];
  const actual = puntos.findIndex((liga) => liga.hasAttribute("aria-current"));
  return actual < 0 ? null : deUnPunto(hoja, puntos[actual].pathname.match(/(\d+)\/$/)?.[1]);
}

/** Donde empieza el punto en el acta, según el estilo con que se redacta. */
function deUnPunto(hoja, pk) {
  return primeroDe(hoja, ["titulo", "entrada", "origen", "punto"].map((clase) => `acta-${clase}-${pk}`));
}

function primeroDe(hoja, nombres) {
  return hoja.querySelector(nombres.map((nombre) => `#${nombre}`).join(", "));
}

/** El bloque y los que le siguen hasta que empieza otro punto u otra parte del acta. */
function parte(primero) {
  const bloques = primero ? [primero] : [];
  let otro = primero?.nextElementSibling;
  while (otro && !empiezaOtro(otro, primero)) {
    bloques.push(otro);
    otro = otro.nextElementSibling;
  }
  return bloques;
}

function empiezaOtro({ id }, primero) {
  if (/^acta-(s|titulo)-/.test(id)) return true;
  const [, pk] = id.match(/^acta-(?:entrada|origen|punto)-(\d+)$/) ?? [];
  return pk !== undefined && !primero.id.endsWith(`-${pk}`);
}
