/** Dos personas corrigieron los mismos datos: campo por campo, cada quien elige cuál queda. */

import { boton, crear } from "./dom.js";

/** Muestra los campos distintos bajo la forma; nada se sobrescribe hasta que la persona elija. */
export function mostrarCampos(guardado, respuesta) {
  const renglones = respuesta.campos.map((campo) => renglon(guardado, campo));
  const panel = crear(
    "section",
    { class: "conflicto", "aria-label": "Dos versiones de estos datos" },
    crear("h3", {}, `${respuesta.quien} guardó cambios mientras corregías`),
    crear("p", {}, "Lo tuyo todavía no se guarda. Elige qué queda en cada dato:"),
    ...renglones.map(({ caja }) => caja),
    crear(
      "div",
      { class: "acciones" },
      boton("Guardar lo elegido", () => {
        panel.remove();
        guardado.resolver(Object.fromEntries(renglones.map(({ elegido }) => elegido())), respuesta);
      }, "boton"),
    ),
  );
  guardado.panel = { comparar: () => renglones.forEach(({ comparar }) => comparar()) };
  guardado.forma.after(panel);
  panel.scrollIntoView({ block: "nearest" });
}

/** El dato con sus dos valores; viene elegido lo tuyo solo si ese dato lo cambiaste tú. */
function renglon(guardado, { nombre, etiqueta, tuyo, guardado: suyo, guardado_dicho: dicho }) {
  const cambio = tuyo !== guardado.confirmado[nombre];
  const opciones = [opcion(nombre, "mio", "", cambio), opcion(nombre, "suyo", `Lo guardado: ${dicho || "(vacío)"}`, !cambio)];
  const caja = crear(
    "fieldset",
    { class: "campo" },
    crear("legend", { class: "campo__etiqueta" }, etiqueta),
    crear("div", { class: "opciones" }, ...opciones),
  );
  // Mientras se decide se puede seguir corrigiendo arriba: lo tuyo es lo que haya en la forma.
  const control = guardado.forma.elements[nombre];
  const elegido = () => [nombre, caja.querySelector("input:checked").value === "mio" ? control.value : suyo];
  const comparar = () => {
    caja.querySelector("label").textContent = `Lo tuyo: ${leido(control) || "(vacío)"}`;
  };
  comparar();
  return { caja, elegido, comparar };
}

/** El valor del control como lo lee una persona. */
function leido(control) {
  if (control.localName === "select") return control.selectedOptions[0]?.textContent ?? "";
  if (control.type !== "date" || !control.valueAsDate) return control.value;
  return control.valueAsDate.toLocaleDateString("es-MX", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

function opcion(nombre, valor, texto, elegida) {
  const id = `queda-${nombre}-${valor}`;
  const radio = crear("input", { type: "radio", id, name: `queda-${nombre}`, value: valor });
  radio.checked = elegida;
  return crear("div", { class: "casilla" }, radio, crear("label", { for: id }, texto));
}
