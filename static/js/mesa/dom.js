/** Armar piezas de la página sin `innerHTML`: lo que escribe una persona solo entra como texto. */

/** Crea un elemento con sus atributos; los hijos son elementos o textos. */
export function crear(etiqueta, atributos = {}, ...hijos) {
  const elemento = document.createElement(etiqueta);
  for (const [nombre, valor] of Object.entries(atributos)) elemento.setAttribute(nombre, valor);
  elemento.append(...hijos);
  return elemento;
}

/** Botón que no envía la forma. */
export function boton(texto, alPulsar, clase = "boton boton--secundario") {
  const elemento = crear("button", { type: "button", class: clase }, texto);
  elemento.addEventListener("click", alPulsar);
  return elemento;
}

/** Aviso con una frase y sus botones; `tono` es alerta, error, info o exito. */
export function aviso(tono, frase, ...acciones) {
  const texto = crear("div", { class: "aviso__texto flujo" }, crear("p", {}, frase));
  if (acciones.length) texto.append(crear("div", { class: "acciones" }, ...acciones));
  return crear("div", { class: `aviso aviso--${tono}`, role: "alert" }, texto);
}
