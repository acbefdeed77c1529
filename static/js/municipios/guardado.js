/** Guardar, deshacer y rehacer las casillas de la matriz, y decir en cada una cómo quedó. */

import { boton, crear } from "../mesa/dom.js";
import { enviar } from "../mesa/envio.js";
import { alVolver, direccionDeEntrada, renovarFicha } from "../mesa/ficha.js";
import { descubrir } from "./plegar.js";
import { SinEnviar } from "./sin_enviar.js";

const PAUSA = 350; // milisegundos: al elegir con letras se pasa por varias situaciones
const REINTENTO = 3000;
const esperar = (tiempo) => new Promise((listo) => setTimeout(listo, tiempo));

export class Guardado {
  constructor(forma) {
    this.forma = forma;
    this.pendientes = new Map(); // dirección de la casilla → temporizador
    this.hechos = []; // {url, anotacion}: lo que se puede deshacer
    this.deshechos = [];
    this.fechas = new Map(); // dirección → el día que se anotaba, si no es el que se mira
    this.copia = new SinEnviar(forma);
    this.cola = Promise.resolve();
    this.linea = document.querySelector("[data-estado]");
    this.voz = document.querySelector("[data-voz]");
    this.linea.hidden = false;
    this.decir("Cada cambio se guarda solo.");
    this.copia.ofrecer((url, elegido) => this.recuperar(url, elegido));
  }

  fecha(url) {
    return this.fechas.get(url) ?? this.forma.dataset.al;
  }

  /** Lo que quedó sin enviar en otra visita se envía sobre lo que entonces se veía, con el día de entonces. */
  recuperar(url, { situacion, visto, fecha, motivo }) {
    const casilla = this.casilla(url);
    descubrir(casilla);
    selector(casilla).value = situacion;
    casilla.dataset.visto = visto;
    this.fechas.set(url, fecha);
    this.anotar(casilla);
    if (motivo) this.conMotivo(url, motivo);
  }

  /** La casilla que ya no dice lo que el portal pintó se guarda. */
  empezar(casilla) {
    if (!selector(casilla).selectedOptions[0].defaultSelected && selector(casilla).selectedIndex) this.anotar(casilla);
  }

  /** La casilla cambió: se guarda en cuanto la persona se detiene. */
  anotar(casilla) {
    const { url } = casilla.dataset;
    decirEnCasilla(casilla);
    clearTimeout(this.pendientes.get(url));
    limpiar(casilla);
    this.pendientes.delete(url);
    if (!selector(casilla).value || selector(casilla).selectedOptions[0].defaultSelected) return this.sinCambios(url);
    this.copia.poner(casilla, this.fecha(url));
    casilla.ariaBusy = "true";
    this.pendientes.set(url, setTimeout(() => this.formar(() => this.guardar(url)), PAUSA));
    return this.decir("Guardando…");
  }

  sinCambios(url) {
    this.olvidar(url);
    return this.alDia("Sin cambios.");
  }

  /** Ya no hay nada por enviar de esa casilla. */
  olvidar(url) {
    this.fechas.delete(url);
    this.copia.quitar(url);
  }

  formar(tarea) {
    this.cola = this.cola.then(tarea).catch(() => this.decir("Algo falló: vuelve a cargar la página", "error"));
    return this.cola;
  }

  /** Lo que esperaba a que la persona se detuviera se guarda ya: viene un «deshacer» o se va de la página. */
  apurar() {
    for (const [url, turno] of this.pendientes) {
      clearTimeout(turno);
      this.formar(() => this.pendientes.has(url) && this.guardar(url));
    }
  }

  async guardar(url, motivo = "") {
    const casilla = this.casilla(url);
    const situacion = selector(casilla).value;
    const turno = this.pendientes.get(url);
    const respuesta = await this.enviar(url, { situacion, motivo, fecha: this.fecha(url) }, casilla.dataset.visto);
    if (this.pendientes.get(url) !== turno) return this.adelantado(url, respuesta);
    this.pendientes.delete(url);
    return this[respuesta.tipo](url, respuesta, situacion);
  }

  /** Se guardó, pero ya eligió otra cosa: eso se guarda después o, si volvió a lo de antes, lo guardado se deshace. */
  adelantado(url, respuesta) {
    if (respuesta.tipo === "guardado" && !this.pendientes.has(url)) return this.volver(url, respuesta);
    if (respuesta.tipo !== "guardado") return;
    this.hechos.push({ url, anotacion: respuesta.anotacion });
    this.ponerDebajo(url, respuesta);
  }

  async volver(url, { anotacion, version }) {
    const respuesta = await this.enviar(`${url}deshacer/${anotacion}/`, {}, version);
    if (respuesta.tipo !== "guardado") return this.rechazo(url, respuesta);
    if (this.pendientes.has(url)) return this.ponerDebajo(url, respuesta);
    this.olvidar(url);
    this.poner(url, respuesta);
    this.alDia("Se quedó como estaba.");
  }

  /** Pone lo que quedó sin perder lo que la persona ya eligió encima. */
  ponerDebajo(url, respuesta) {
    const elegida = selector(this.casilla(url)).value;
    this.poner(url, respuesta);
    selector(this.casilla(url)).value = elegida;
    decirEnCasilla(this.casilla(url));
    this.copia.poner(this.casilla(url), this.fecha(url));
  }

  /** Insiste mientras falle la red y espera a que la misma persona vuelva a entrar si su sesión caducó. */
  async enviar(url, valores, version) {
    for (;;) {
      const respuesta = await enviar(url, { ...valores, al: this.forma.dataset.al }, version);
      if (respuesta.tipo === "espera") {
        this.decir(this.copia.cabe ? respuesta.mensaje : `${respuesta.mensaje.split(":")[0]}: no cierres esta página`, "error");
        await esperar(REINTENTO);
      } else if (respuesta.tipo === "entrar") await this.esperarEntrada();
      else if (respuesta.tipo !== "ficha") return respuesta;
      else if ((await renovarFicha()) !== "misma") await this.esperarEntrada();
    }
  }

  async esperarEntrada() {
    this.pedirEntrar();
    do await new Promise((listo) => alVolver(listo));
    while ((await renovarFicha()) !== "misma");
  }

  pedirEntrar() {
    this.decir("Tu sesión caducó y lo elegido sigue aquí: ", "error");
    this.linea.append(crear("a", { href: direccionDeEntrada(), target: "_blank" }, "entra en otra pestaña"));
  }

  guardado(url, respuesta) {
    this.hechos.push({ url, anotacion: respuesta.anotacion });
    this.deshechos = [];
    this.olvidar(url);
    this.poner(url, respuesta);
    this.casilla(url).firstElementChild.append(crear("span", { class: "casilla-etapa__estado", title: "Guardado" }, "✓"));
    const contra = this.casilla(url).querySelector("[data-contra]")?.textContent ?? "";
    this.alDia(`Guardado. Ctrl+Z lo deshace. ${contra}`.trim());
  }

  rechazo(url, { campo, mensaje }) {
    const casilla = this.casilla(url);
    descubrir(casilla);
    limpiar(casilla);
    casilla.classList.add("casilla-etapa--error");
    casilla.append(crear("p", { class: "casilla-etapa__error" }, mensaje));
    if (campo === "motivo") this.pedirMotivo(casilla);
    this.decir(`${nombre(casilla)}: ${mensaje}`, "error");
  }

  pedirMotivo(casilla) {
    const { url } = casilla.dataset;
    const campo = crear("input", { type: "text", "aria-label": `${nombre(casilla)}: por qué retrocede` });
    const guardar = () => campo.value.trim() && this.conMotivo(url, campo.value);
    campo.addEventListener("input", () => this.copia.poner(casilla, this.fecha(url), campo.value));
    campo.addEventListener("keydown", (evento) => {
      evento.stopPropagation();
      if (evento.key === "Enter") guardar();
      if (evento.key === "Escape") this.dejar(url);
      if (["Enter", "Escape"].includes(evento.key)) evento.preventDefault();
    });
    casilla.append(
      crear("label", { class: "casilla-etapa__motivo" }, "Motivo", campo),
      crear("div", { class: "acciones" }, boton("Guardar", guardar, "boton"), boton("Dejar como estaba", () => this.dejar(url))),
    );
    campo.focus();
  }

  conMotivo(url, motivo) {
    limpiar(this.casilla(url));
    selector(this.casilla(url)).focus();
    clearTimeout(this.pendientes.get(url));
    this.copia.poner(this.casilla(url), this.fecha(url), motivo);
    this.pendientes.set(url, 0);
    return this.formar(() => this.guardar(url, motivo));
  }

  /** Vuelve a lo que estaba guardado. */
  dejar(url) {
    const casilla = this.casilla(url);
    limpiar(casilla);
    const control = selector(casilla);
    control.value = [...control.options].find((opcion) => opcion.defaultSelected)?.value ?? control.options[0].value;
    decirEnCasilla(casilla);
    control.focus();
    this.olvidar(url);
    this.alDia("Se quedó como estaba.");
  }

  /** Otra persona anotó antes: se muestran las dos y la persona decide. */
  conflicto(url, respuesta, situacion) {
    const mia = [...selector(this.casilla(url)).options].find(({ value }) => value === situacion).textContent;
    this.poner(url, respuesta);
    const casilla = this.casilla(url);
    descubrir(casilla);
    casilla.classList.add("casilla-etapa--error");
    const elegirMia = () => {
      selector(casilla).value = situacion;
      selector(casilla).focus();
      this.anotar(casilla);
    };
    const frase = `${respuesta.quien}: «${respuesta.dijo}». Tú: «${mia}».`;
    casilla.append(
      crear("p", { class: "casilla-etapa__error" }, frase),
      crear("div", { class: "acciones" }, boton("Poner lo mío", elegirMia, "boton"), boton("Dejar lo suyo", () => this.dejar(url))),
    );
    this.decir(`${nombre(casilla)}: otra persona anotó antes. ${frase}`, "error");
  }

  deshacer() {
    this.apurar();
    return this.formar(() => this.mover(this.hechos, this.deshechos, "deshacer", "Se deshizo. Ctrl+Y lo rehace."));
  }

  rehacer() {
    return this.formar(() => this.mover(this.deshechos, this.hechos, "rehacer", "Se volvió a anotar."));
  }

  /** Saca lo último de una pila, lo pide al portal y lo pone en la otra. */
  async mover(de, a, verbo, dicho) {
    const ultimo = de.pop();
    if (!ultimo) return this.nadaQue(verbo);
    const { url, anotacion } = ultimo;
    const respuesta = await this.enviar(`${url}${verbo}/${anotacion}/`, {}, this.casilla(url).dataset.visto);
    if (respuesta.tipo !== "guardado") return this.rechazo(url, respuesta);
    a.push({ url, anotacion: verbo === "rehacer" ? respuesta.anotacion : anotacion });
    this.poner(url, respuesta);
    descubrir(this.casilla(url));
    selector(this.casilla(url)).focus();
    return this.alDia(`${nombre(this.casilla(url))}. ${dicho}`);
  }

  /** Lo importado no se deshace con el teclado: se lleva a su botón, que dice qué hace. */
  nadaQue(verbo) {
    const importacion = verbo === "deshacer" && document.querySelector("[data-importacion] button");
    if (!importacion) return this.decir(`No hay nada que ${verbo}.`, "exito");
    importacion.focus();
    return this.decir("Lo importado se deshace completo con «Deshacer esta importación».", "exito");
  }

  casilla(url) {
    return this.forma.querySelector(`td[data-url="${CSS.escape(url)}"]`);
  }

  /** Cambia la casilla, el resumen de su renglón y los totales por los que manda el portal, sin mover el foco. */
  poner(url, { casilla, vecinas, resumen, totales }) {
    const vieja = this.casilla(url);
    const enfocada = vieja.contains(document.activeElement);
    const nueva = leer(casilla);
    cambiar(vieja, nueva);
    for (const otra of vecinas.map(leer)) {
      const suya = this.casilla(otra.dataset.url);
      // La que espera algo, o se está usando, no se toca.
      if (!suya.matches("[aria-busy=true], .casilla-etapa--error, :focus-within")) cambiar(suya, otra);
    }
    nueva.closest("tr").querySelector(".matriz__resumen").replaceWith(leer(resumen));
    if (enfocada) selector(nueva).focus();
    const suma = this.forma.querySelector("[data-totales]");
    if (suma && totales.trim()) suma.replaceWith(conLoOculto(suma, leer(totales)));
  }

  alDia(frase) {
    this.decir(this.pendientes.size ? "Guardando…" : frase, this.pendientes.size ? "" : "exito");
  }

  decir(frase, tono = "") {
    this.linea.textContent = frase;
    this.linea.dataset.tono = tono;
    if (tono) this.voz.textContent = frase;
  }
}

const selector = (casilla) => casilla.querySelector("select");
const nombre = (casilla) => selector(casilla).ariaLabel;

/** El control oculta su texto cuando no cabe: la casilla lo dice completo y lleva la marca de lo elegido. */
function decirEnCasilla(casilla) {
  const [elegida] = selector(casilla).selectedOptions;
  const control = selector(casilla).parentElement;
  const sinCambios = elegida.defaultSelected || !elegida.value;
  control.dataset.dicho = control.title = (sinCambios && casilla.dataset.vale) || elegida.textContent;
  casilla.classList.remove(...[...casilla.classList].filter((clase) => clase.startsWith("avance--")));
  casilla.classList.add(`avance--${sinCambios ? casilla.dataset.avance : elegida.dataset.avance}`);
}

/** El elemento que mandó el portal. */
function leer(html) {
  const plantilla = document.createElement("template");
  plantilla.innerHTML = html; // lo escribió el portal, con todo escapado; la política no deja ejecutar nada
  return plantilla.content.firstElementChild;
}

function cambiar(vieja, nueva) {
  nueva.querySelector(".casilla-etapa__mas").tabIndex = -1;
  nueva.hidden = vieja.hidden;
  vieja.replaceWith(nueva);
}

/** El renglón nuevo sin las columnas que el filtro quitó del viejo. */
function conLoOculto(viejo, nuevo) {
  for (const [lugar, celda] of [...nuevo.cells].entries()) celda.hidden = viejo.cells[lugar].hidden;
  return nuevo;
}

function limpiar(casilla) {
  casilla.ariaBusy = null;
  casilla.classList.remove("casilla-etapa--error");
  for (const dicho of casilla.querySelectorAll(":scope > :is(.casilla-etapa__error, .casilla-etapa__motivo, .acciones)")) dicho.remove();
}
