/**
 * Guardado automático de toda `<form data-autoguardado>`.
 *
 * Se guarda un segundo después de la última letra, al salir de la página y al presionar «Guardar»:
 * los tres por el mismo camino (envio.js) y nunca dos envíos de la misma forma a la vez. Cada letra
 * se copia primero en este equipo (copia.js) y esa copia se borra cuando el portal confirma.
 * Al guardar se dispara `guardado` en el documento, con `detail {url, version}` y lo que respondió el portal.
 */

import { borrarCopia, guardarCopia, leerCopia, apartar, purgarCopias } from "./copia.js";
import { mostrarCampos } from "./campos.js";
import { mostrarConflicto } from "./conflicto.js";
import { crear } from "./dom.js";
import { enviar } from "./envio.js";
import { Estado } from "./estado.js";
import { alVolver, direccionDeEntrada, renovarFicha } from "./ficha.js";
import { areaDe, deshacerRelleno, huella, llano, ponerValores, valoresDe, valoresDelPortal } from "./formas.js";
import { ofrecerApartadas } from "./rescate.js";

const PAUSA = 1000; // milisegundos sin teclear antes de guardar
const TOPE = 8000; // aunque no deje de teclear, se guarda cada tanto
const PRIMER_REINTENTO = 2000;
const ULTIMO_REINTENTO = 30000;

/** Guardados vivos por dirección; al cambiar la página, el nuevo hereda lo que faltaba por enviar. */
const vivos = new Map();

class Guardado {
  constructor(forma) {
    this.forma = forma;
    this.url = new URL(forma.action).pathname;
    this.version = forma.elements.version.value;
    this.estado = new Estado(forma);
    this.impedimento = ""; // conflicto, entrar, cuenta o rechazo: nada se envía hasta resolverlo
    this.demora = PRIMER_REINTENTO;
    this.confirmado = valoresDelPortal(forma);
    forma.addEventListener("input", () => this.alEscribir());
  }

  pendiente() {
    return huella(valoresDe(this.forma)) !== huella(this.confirmado);
  }

  /** Primera mirada a la página: lo que quedó sin enviar en otra visita se ofrece, nunca se impone. */
  empezar() {
    deshacerRelleno(this.forma);
    const copia = leerCopia(this.url);
    if (copia && huella(copia.valores) === huella(this.confirmado)) borrarCopia(this.url);
    else if (copia) apartar(this.url, copia);
    ofrecerApartadas(this);
    if (this.pendiente()) this.alEscribir(); // se escribió antes de que llegara este guion
  }

  /** Sigue donde se quedó el guardado de la misma dirección que htmx quitó de la página. */
  heredar(anterior) {
    clearTimeout(anterior.turno);
    anterior.relevo = this;
    ofrecerApartadas(this);
    if (!anterior.pendiente()) return;
    this.version = anterior.version;
    this.confirmado = anterior.confirmado;
    ponerValores(this.forma, valoresDe(anterior.forma));
    this.alEscribir();
  }

  alEscribir() {
    this.sinCopia = !guardarCopia(this.url, valoresDe(this.forma), this.version);
    this.panel?.comparar();
    if (this.impedimento === "rechazo") this.impedimento = "";
    if (this.impedimento) return;
    this.desde ??= Date.now();
    this.estado.pendiente();
    this.programar(Math.max(0, Math.min(PAUSA, this.desde + TOPE - Date.now())));
  }

  programar(espera) {
    clearTimeout(this.turno);
    this.turno = setTimeout(() => this.vaciar(), espera);
  }

  /** Envía lo pendiente; si ya hay un envío en curso, espera a que termine antes de mandar otro. */
  async vaciar() {
    clearTimeout(this.turno);
    if (this.relevo) return this.relevo.vaciar();
    while (this.envio) await this.envio;
    if (this.impedimento || !this.pendiente()) return undefined;
    this.envio = this.enviarUna();
    await this.envio;
    return undefined;
  }

  async enviarUna() {
    const valores = valoresDe(this.forma);
    this.desde = undefined;
    const respuesta = await enviar(this.url, valores, this.version);
    this.envio = undefined;
    const destino = this.relevo ?? this;
    destino[respuesta.tipo](respuesta, valores);
  }

  guardado(respuesta, valores) {
    const { version } = respuesta;
    this.version = String(version);
    this.forma.elements.version.value = version;
    this.confirmado = valores;
    this.enviadoSinRespuesta = undefined;
    this.demora = PRIMER_REINTENTO;
    document.body.dispatchEvent(
      new CustomEvent("guardado", { bubbles: true, detail: { ...respuesta, url: this.url, version: this.version } }),
    );
    if (this.pendiente()) return this.alEscribir();
    borrarCopia(this.url);
    return this.estado.guardado(Date.now());
  }

  espera({ mensaje }, valores) {
    this.enviadoSinRespuesta = valores;
    const frase = this.sinCopia ? `${mensaje.split(":")[0]}: no cierres esta página` : mensaje;
    this.estado.problema("sin-red", frase);
    this.programar(this.demora * (0.8 + Math.random() * 0.4));
    this.demora = Math.min(this.demora * 2, ULTIMO_REINTENTO);
  }

  conflicto(respuesta, valores) {
    const suyos = this.guardadosPorOtra(respuesta);
    const mios = this.enviadoSinRespuesta;
    if (mios && Object.entries(suyos).every(([nombre, suyo]) => llano(mios[nombre]) === llano(suyo))) {
      // Es nuestro propio envío, cuya respuesta se perdió: no hay tal conflicto.
      return this.guardado(respuesta, { ...valores, ...suyos });
    }
    this.impedimento = "conflicto";
    this.estado.problema("conflicto", `${respuesta.quien} guardó cambios: compara y decide`);
    return respuesta.campos ? mostrarCampos(this, respuesta) : mostrarConflicto(this, respuesta);
  }

  /** Lo que el portal tiene ahora y no es lo enviado, por nombre de campo. */
  guardadosPorOtra({ texto, campos }) {
    if (!campos) return { [areaDe(this.forma).name]: texto };
    return Object.fromEntries(campos.map(({ nombre, guardado }) => [nombre, guardado]));
  }

  /** La persona decidió: lo que queda se guarda sobre la versión que ya conoce. */
  resolver(elegidos, respuesta) {
    this.impedimento = "";
    this.panel = undefined;
    this.version = String(respuesta.version);
    this.confirmado = { ...valoresDe(this.forma), ...this.guardadosPorOtra(respuesta) };
    ponerValores(this.forma, elegidos);
    this.forma.elements[Object.keys(elegidos)[0]]?.focus();
    if (this.pendiente()) return this.alEscribir();
    borrarCopia(this.url);
    return this.estado.guardado(Date.now());
  }

  entrar() {
    this.impedimento = "entrar";
    const liga = crear("a", { href: direccionDeEntrada(), target: "_blank" }, "entra en otra pestaña");
    this.estado.problema("entrar", "Tu sesión caducó y tu texto sigue aquí", liga);
  }

  async ficha() {
    const quien = await renovarFicha();
    if (quien === "misma" || quien === "red") this.programar(this.demora);
    else this.entrar();
    this.demora = Math.min(this.demora * 2, ULTIMO_REINTENTO);
  }

  rechazo({ mensaje }) {
    this.impedimento = "rechazo";
    this.estado.problema("conflicto", mensaje);
  }

  /** Regreso de otra pestaña: si ya entró la misma cuenta, lo pendiente se envía. */
  reanudar(quien) {
    if (quien === "otra") return this.estado.problema("entrar", "Entró otra cuenta: tu texto no se enviará con ella");
    if (quien !== "misma") return undefined;
    this.impedimento = "";
    return this.pendiente() ? this.vaciar() : this.estado.guardado(Date.now());
  }
}

/** Pone a guardar las formas que aún no lo hacen. */
export function prepararGuardado() {
  for (const forma of document.querySelectorAll("form[data-autoguardado]")) {
    const anterior = vivos.get(new URL(forma.action).pathname);
    if (anterior?.forma === forma) continue;
    const nuevo = new Guardado(forma);
    vivos.set(nuevo.url, nuevo);
    if (anterior) nuevo.heredar(anterior);
    else nuevo.empezar();
  }
}

const todos = () => [...vivos.values()].filter((uno) => uno.forma.isConnected);

/** Envía todo lo pendiente; se cumple aunque algo no se haya podido enviar. */
export function vaciarTodo() {
  return Promise.all(todos().map((uno) => uno.vaciar()));
}

/** Si hay algo escrito que el portal no tiene. */
export function hayPendientes() {
  return todos().some((uno) => uno.pendiente());
}

let preguntando = false;

async function reanudarTodos() {
  const parados = todos().filter((uno) => uno.impedimento === "entrar");
  if (!parados.length || preguntando) return;
  preguntando = true;
  const quien = await renovarFicha();
  preguntando = false;
  for (const uno of parados) uno.reanudar(quien);
}

/** Escucha lo que pasa en la página: salir, volver, perder y recobrar la red, presionar «Guardar». */
export function vigilarGuardado() {
  purgarCopias();
  document.addEventListener("submit", alEnviar, true);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && vaciarTodo());
  addEventListener("pagehide", vaciarTodo);
  addEventListener("online", vaciarTodo);
  addEventListener("beforeunload", alSalir);
  alVolver(reanudarTodos);
  setInterval(reanudarTodos, 20000);
}

/** El envío sale antes que la página siguiente: quien regresa enseguida encuentra lo que escribió. */
function alSalir(evento) {
  vaciarTodo();
  if (todos().some((uno) => uno.sinCopia && uno.pendiente())) evento.preventDefault();
}

function alEnviar(evento) {
  const uno = vivos.get(new URL(evento.target.action).pathname);
  if (uno?.forma !== evento.target) return;
  evento.preventDefault();
  evento.stopPropagation();
  if (uno.impedimento === "rechazo") uno.impedimento = "";
  if (uno.pendiente()) uno.vaciar();
  else if (!uno.impedimento) uno.estado.guardado(Date.now());
}
