/** Leer y escribir los campos de una forma, sin las fichas ni la versión. */

const APARTE = new Set(["csrfmiddlewaretoken", "version", "envio"]);

/** Los valores escritos, por nombre de campo. */
export function valoresDe(forma) {
  const pares = [...new FormData(forma)].filter(([nombre, valor]) => !APARTE.has(nombre) && typeof valor === "string");
  return Object.fromEntries(pares);
}

/** Pone los valores en sus campos, conserva el cursor y avisa del cambio. */
export function ponerValores(forma, valores) {
  for (const [nombre, valor] of Object.entries(valores)) {
    const campo = forma.elements[nombre];
    if (campo?.type === "checkbox") campo.checked = true;
    if (!campo || campo.value === valor) continue;
    const { selectionStart: inicio, selectionEnd: fin } = campo;
    campo.value = valor;
    if (document.activeElement === campo) campo.setSelectionRange?.(inicio, fin);
  }
}

/** El texto principal de la forma: su área de escritura. */
export function areaDe(forma) {
  return forma.querySelector("textarea");
}

/** Dos textos que el portal guardaría igual se consideran el mismo. */
export function llano(texto) {
  return texto.replace(/\r\n?/g, "\n").normalize("NFC").replace(/\n{3,}/g, "\n\n").trim();
}

/** Huella de los valores para saber si algo cambió. */
export function huella(valores) {
  return JSON.stringify(Object.entries(valores).map(([nombre, valor]) => [nombre, llano(valor)]));
}

/** Si el navegador rellenó la forma con lo de antes (recargar, atrás), la regresa a lo que dijo el portal. */
export function deshacerRelleno(forma) {
  const [visita] = performance.getEntriesByType("navigation");
  if (!["reload", "back_forward"].includes(visita?.type)) return;
  for (const campo of forma.querySelectorAll("textarea, select, input:not([type=hidden], [type=checkbox], [type=radio])")) {
    campo.value = inicial(campo);
  }
}

/** Lo que el portal mandó en la página, aunque ya se haya empezado a escribir encima. */
export function valoresDelPortal(forma) {
  const valores = valoresDe(forma);
  for (const nombre of Object.keys(valores)) valores[nombre] = inicial(forma.elements[nombre]) ?? valores[nombre];
  return valores;
}

/** El valor con que el portal mandó el campo. */
function inicial(campo) {
  if (campo.localName !== "select") return campo.defaultValue;
  return ([...campo.options].find((opcion) => opcion.defaultSelected) ?? campo.options[0])?.value;
}
