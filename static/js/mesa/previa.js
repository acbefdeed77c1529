/**
 * La vista previa la pide htmx (`hx-trigger="load, guardado from:body"`). Aquí se evita el parpadeo:
 * al repintar la mesa se conserva la hoja que ya se leía, en el mismo renglón, hasta que llegue la nueva.
 */

let anterior = null;

/** Se queda escuchando los cambios de la mesa. */
export function vigilarPrevia() {
  document.addEventListener("htmx:beforeSwap", (evento) => {
    if (evento.detail.target?.id === "mesa" && evento.detail.shouldSwap) anterior = recordar();
  });
  document.addEventListener("htmx:afterSwap", () => {
    const hoja = document.getElementById("vista-previa");
    if (!anterior || !hoja || hoja === anterior.hoja) return;
    reponer(hoja, anterior);
    anterior = null;
  });
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
  const marco = hoja.closest(".mesa__vista");
  if (marco) marco.scrollTop = renglon;
  const detalle = hoja.closest("details");
  if (detalle) detalle.open = abierta;
}
