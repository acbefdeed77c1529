/**
 * Un archivo en camino: se revisa, se sube en partes y se entrega. Se puede pausar, reanudar y cancelar.
 *
 * Si la conexión se corta, se reanuda sola al volver. Si se cerró la página, al elegir otra vez el mismo archivo
 * (la misma huella, en este equipo o en otro) continúa donde iba: lo que ya llegó no se vuelve a enviar.
 */

import { FRASES } from "./frases.js";
import { huellaDe, Ilegible } from "./huella.js";
import { aMedias, cabeceras, descartar, entregar, fallo, fichaDe, Rechazo, SinRespuesta } from "./portal.js";

const PARTE = 8 * 1024 * 1024; // bytes por petición
const ESPERAS = [1, 2, 4, 8, 15, 30, 30, 30, 30, 30]; // segundos entre intentos sin avance

export class Envio {
  /** `donde`: direcciones y campo de la forma; `turno`: cuántos van a la vez; `alSaberse(huella)`; `alTerminar(html)`. */
  constructor(archivo, renglon, donde, turno, { alSaberse, alTerminar }) {
    Object.assign(this, { archivo, renglon, donde, turno, alSaberse, alTerminar });
    this.direccion = "";
    this.intentos = 0;
    this.final = new AbortController();
  }

  /** Todo el camino; los errores terminan en el renglón. */
  async empezar() {
    this.renglon.queda("espera", FRASES.espera, ["Cancelar", () => this.cancelar()]);
    const soltar = await this.turno.tomar();
    try {
      if (!this.final.signal.aborted) await this.recorrer();
    } catch (motivo) {
      if (!this.final.signal.aborted) this.fallar(motivo);
    } finally {
      soltar();
    }
  }

  async recorrer() {
    const huella = this.huella ?? (await this.revisar());
    const { subidas } = await aMedias(this.donde.subidas, this.donde.pagina);
    const previa = subidas.find((otra) => otra.huella === huella && otra.tamano === this.archivo.size);
    this.direccion = previa?.direccion ?? this.direccion;
    this.destino = previa?.destino ?? this.donde.recibe; // para lo que se empezó, aunque hoy se elija en otra parte
    this.donde.alReanudar(this.direccion);
    const ficha = previa?.ficha || (await this.subir(huella));
    await this.agregar(ficha);
  }

  /** Antes de leerlo, pregunta si se aceptaría; luego calcula su huella. */
  async revisar() {
    this.renglon.queda("sube", FRASES.espera, ["Cancelar", () => this.cancelar()]);
    const { rechazo } = await aMedias(this.donde.subidas, this.donde.pagina, this.archivo);
    if (rechazo) throw new Rechazo(rechazo);
    const alAvanzar = (leido) => this.renglon.avanza("Revisando", leido);
    this.huella = await huellaDe(this.archivo, this.donde.programa, alAvanzar, this.final.signal);
    this.alSaberse(this.huella);
    return this.huella;
  }

  /** Promesa de la ficha del archivo ya completo. */
  subir(huella) {
    return new Promise((listo, falla) => {
      this.subida = new globalThis.tus.Upload(this.archivo, {
        endpoint: this.donde.subidas,
        uploadUrl: this.direccion || null,
        chunkSize: PARTE,
        retryDelays: null, // los reintentos son los de aquí: no se rinden a la primera desconexión
        storeFingerprintForResuming: false, // qué quedó a medias lo sabe el portal, por la huella
        metadata: { filename: this.archivo.name, filetype: this.archivo.type, huella, destino: this.donde.recibe },
        onBeforeRequest: (peticion) => poner(peticion, cabeceras()),
        onUploadUrlAvailable: () => (this.direccion = this.subida.url),
        onProgress: (enviado) => this.avanzar(enviado),
        onChunkComplete: () => (this.intentos = 0),
        onError: (error) => this.tropezar(error, falla),
        onSuccess: ({ lastResponse }) => listo(lastResponse.getHeader("Archivo-Ficha") ?? fichaDe(this.direccion)),
      });
      this.final.signal.addEventListener("abort", () => falla(this.final.signal.reason));
      this.seguir();
    });
  }

  avanzar(enviado) {
    if (enviado < this.archivo.size) this.renglon.avanza("Subiendo", enviado);
    else this.renglon.queda("sube", FRASES.revisando);
  }

  seguir() {
    clearTimeout(this.espera);
    this.subida.url = this.direccion || null; // al fallar por falta de sesión, la biblioteca la olvida
    this.renglon.queda("sube", this.renglon.frase.textContent, ...this.alSubir());
    this.subida.start();
  }

  alSubir() {
    return [
      ["Pausar", () => this.pausar()],
      ["Cancelar", () => this.cancelar()],
    ];
  }

  pausar() {
    this.subida.abort();
    clearTimeout(this.espera);
    this.detener("pausa", `En pausa. ${this.renglon.frase.textContent.replace("Subiendo: ", "Van ")}`);
  }

  detener(estado, frase) {
    this.renglon.queda(estado, frase, ["Reanudar", () => this.reanudar()], ["Cancelar", () => this.cancelar()]);
  }

  reanudar() {
    this.intentos = 0;
    this.seguir();
  }

  /** Un error de la biblioteca: si repetir sirve, se repite; si no, lo dice. */
  tropezar(error, falla) {
    const respuesta = error.originalResponse;
    const motivo = respuesta
      ? fallo(respuesta.getStatus(), respuesta.getHeader("Content-Type") ?? "", respuesta.getBody())
      : new SinRespuesta(FRASES.sinRed);
    if (motivo instanceof SinRespuesta) this.esperar(motivo);
    else if ([FRASES.entrar, FRASES.ficha].includes(motivo.message)) this.detener("pausa", motivo.message);
    else falla(motivo);
  }

  esperar(motivo) {
    const segundos = ESPERAS[this.intentos];
    this.intentos += 1;
    if (!segundos) return this.detener("pausa", FRASES.detenida);
    this.detener("corte", navigator.onLine ? FRASES.sinPortal : motivo.message);
    this.espera = setTimeout(() => this.seguir(), segundos * 1000);
    const alVolver = () => this.renglon.elemento.dataset.estado === "corte" && this.seguir();
    addEventListener("online", alVolver, { once: true, signal: this.final.signal });
  }

  /** Entrega la ficha; si no se puede ahora, no hay que volver a subir nada. */
  async agregar(ficha) {
    this.renglon.queda("sube", FRASES.agregando);
    const html = await entregar(this.destino, this.donde.campo, ficha);
    await descartar(this.direccion);
    this.alTerminar(html);
  }

  fallar(motivo) {
    const quitar = ["Quitar", () => this.renglon.quitar(this.donde.entrada)];
    if (motivo instanceof Ilegible) this.renglon.queda("error", FRASES.ilegible, quitar);
    else if (motivo instanceof Rechazo) this.renglon.queda("error", motivo.message, quitar);
    else this.renglon.queda("error", FRASES.noAgregado, ["Reintentar", () => this.empezar()], quitar);
  }

  cancelar() {
    clearTimeout(this.espera);
    this.subida?.abort();
    this.final.abort();
    if (this.direccion) descartar(this.direccion);
    this.renglon.quitar(this.donde.entrada);
  }
}

function poner(peticion, todas) {
  for (const [nombre, valor] of Object.entries(todas)) peticion.setHeader(nombre, valor);
}
