/** Dos personas escribieron lo mismo: ambos textos, uno junto al otro, y quien los lee decide. */

import { boton, crear } from "./dom.js";
import { juntar, partes } from "./diferencias.js";
import { areaDe, llano } from "./formas.js";
import { apartarLoActual } from "./rescate.js";

const MISMA_PERSONA = "Tu otra ventana";

/** Muestra la comparación bajo la forma; nada se sobrescribe hasta que la persona elija. */
export function mostrarConflicto(guardado, respuesta) {
  const dichos = dichosDe(respuesta.quien);
  const area = areaDe(guardado.forma);
  const base = guardado.confirmado[area.name] ?? "";
  const suyo = crear("pre", { tabindex: "0", "aria-label": "Lo que está guardado" });
  const mio = crear("pre", { tabindex: "0", "aria-label": "Lo que escribiste" });
  const decidir = (texto) => () => {
    panel.remove();
    guardado.resolver({ [area.name]: texto() }, respuesta);
  };
  const panel = crear(
    "section",
    { class: "conflicto", "aria-label": "Dos textos distintos" },
    crear("h4", {}, dichos.titulo),
    crear("p", {}, "Lo que llevas aquí todavía no se guarda. Puedes seguir escribiendo arriba; compara y decide:"),
    crear(
      "div",
      { class: "conflicto__textos" },
      lado(dichos.guardo, suyo),
      lado(dichos.escribi, mio),
    ),
    crear(
      "div",
      { class: "acciones" },
      boton(dichos.mio, decidir(() => area.value), "boton"),
      boton(dichos.suyo, decidir(() => ceder(guardado, respuesta))),
      boton("Juntar los dos", decidir(() => juntar(area.value, respuesta.texto, base))),
    ),
  );
  const comparar = () => pintar(suyo, mio, respuesta.texto, area.value);
  comparar();
  guardado.panel = { comparar };
  guardado.forma.after(panel);
  panel.scrollIntoView({ block: "nearest" });
}

/** Las frases, según si guardó otra persona o la misma en otra ventana (así lo dice el portal). */
function dichosDe(quien) {
  const titulo = `${quien} guardó cambios mientras escribías`;
  if (quien !== MISMA_PERSONA) {
    return { titulo, guardo: `Lo que guardó ${quien}`, escribi: "Lo que escribiste", mio: "Quedarme con el mío", suyo: "Quedarme con el suyo" };
  }
  return {
    titulo: "Guardaste cambios en otra ventana mientras escribías en esta",
    guardo: "Lo que guardaste en la otra ventana",
    escribi: "Lo que escribiste en esta",
    mio: "Quedarme con el de esta ventana",
    suyo: "Quedarme con el de la otra",
  };
}

/** Al dejar el suyo, el mío se aparta: todavía se puede recuperar. */
function ceder(guardado, { version, texto }) {
  apartarLoActual(guardado, version);
  return texto;
}

function lado(titulo, texto) {
  return crear("div", { class: "conflicto__texto" }, crear("h5", {}, titulo), texto);
}

function pintar(suyo, mio, textoSuyo, textoMio) {
  const { antes, uno, otro, despues } = partes(llano(textoSuyo), llano(textoMio));
  suyo.replaceChildren(antes, ...(uno ? [crear("mark", {}, uno)] : []), despues);
  mio.replaceChildren(antes, ...(otro ? [crear("mark", {}, otro)] : []), despues);
}
