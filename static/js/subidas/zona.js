/** Los archivos de una forma: los que se eligen o se sueltan y los que quedaron a medias. */

import { Envio } from "./envio.js";
import { FRASES, hastaCuanto, parte } from "./frases.js";
import { aMedias, descartar, entregar } from "./portal.js";
import { Renglon } from "./renglon.js";

const A_LA_VEZ = 2;

export class Zona {
  constructor(forma) {
    this.forma = forma;
    this.entrada = forma.querySelector("input[type=file]");
    this.lista = forma.querySelector("[data-renglones]");
    this.turno = new Turno(A_LA_VEZ);
    this.pendientes = new Map();
    this.entrada.addEventListener("cancel", () => (this.porTerminar = undefined));
    const { pathname: pagina, search: busqueda } = new URL(forma.action);
    this.donde = {
      subidas: forma.dataset.subida,
      programa: forma.dataset.huella,
      campo: `${forma.dataset.campo}-recibido`,
      recibe: pagina + busqueda, // la consulta dice para qué es el archivo
      pagina,
      entrada: this.entrada,
      alReanudar: (direccion) => this.pendientes.get(direccion)?.quitar(),
    };
  }

  elegidos() {
    const archivos = [...this.entrada.files];
    const porTerminar = this.porTerminar;
    this.porTerminar = undefined;
    this.entrada.value = ""; // para poder elegir otra vez el mismo
    this.agregar(archivos, porTerminar);
  }

  /** `porTerminar` es lo que quedó a medias y se dijo que se iba a elegir. */
  agregar(archivos, porTerminar) {
    for (const archivo of archivos) {
      const renglon = this.renglon(archivo.name, archivo.size);
      const alTerminar = (html) => this.recibido(renglon, html);
      const alSaberse = (huella) => porTerminar?.comparar(huella, archivo.name);
      new Envio(archivo, renglon, this.donde, this.turno, { alSaberse, alTerminar }).empezar();
    }
  }

  /** Abre la ventana de archivos para terminar `subida`; si se elige otro, su renglón lo dice. */
  elegir(subida, decir) {
    this.porTerminar = {
      comparar: (huella, nombre) => huella === subida.huella || decir(FRASES.otro(nombre)),
    };
    this.entrada.click();
  }

  renglon(nombre, tamano) {
    return new Renglon(this.lista, nombre, tamano, (frase) => this.anunciar(frase));
  }

  anunciar(frase) {
    this.forma.querySelector("[data-anuncio]").textContent = frase;
  }

  /** Pone en su lista lo que la página contestó y quita el renglón. */
  recibido(renglon, html) {
    const plantilla = document.createElement("template");
    plantilla.innerHTML = html; // lo escribió el portal, con todo escapado; la política no deja ejecutar nada
    const lista = document.getElementById(this.forma.dataset.lista);
    lista?.append(plantilla.content);
    renglon.queda("listo", FRASES.listo);
    if (lista) renglon.quitar(this.entrada);
  }

  /** Lo que la persona empezó otro día o en otro equipo. */
  async mostrarPendientes() {
    const nada = () => ({ subidas: [] });
    const { subidas, maximo } = await aMedias(this.donde.subidas, this.donde.pagina).catch(nada);
    const nota = this.forma.querySelector("[data-nota]");
    nota.textContent = maximo ? hastaCuanto(maximo) : "";
    nota.hidden = !maximo;
    for (const subida of subidas) this.pendiente(subida);
  }

  pendiente(subida) {
    const renglon = this.renglon(subida.nombre, subida.tamano);
    const descarta = () => descartar(subida.direccion).then(() => renglon.quitar(this.entrada));
    this.pendientes.set(subida.direccion, renglon);
    const decir = (frase) => renglon.queda("pendiente", frase, accion, ["Descartar", descarta]);
    const accion = subida.ficha
      ? ["Agregar", () => this.agregarPendiente(subida, renglon)]
      : ["Elegir y terminar de subir", () => this.elegir(subida, decir)];
    decir(subida.ficha ? FRASES.completa : aqui(subida));
  }

  async agregarPendiente(subida, renglon) {
    try {
      const html = await entregar(subida.destino, this.donde.campo, subida.ficha);
      await descartar(subida.direccion);
      this.recibido(renglon, html);
    } catch (motivo) {
      renglon.queda("error", motivo.message, ["Quitar", () => renglon.quitar(this.entrada)]);
    }
  }
}

function aqui(subida) {
  return `Se quedó en ${parte(subida.recibido, subida.tamano)}. Elige el mismo archivo y sigue donde iba.`;
}

/** Deja pasar a `cuantos`; los demás esperan a que alguien suelte su lugar. */
class Turno {
  constructor(cuantos) {
    this.libres = cuantos;
    this.fila = [];
  }

  async tomar() {
    if (this.libres) this.libres -= 1;
    else await new Promise((pasa) => this.fila.push(pasa));
    return () => {
      const sigue = this.fila.shift();
      if (sigue) sigue();
      else this.libres += 1;
    };
  }
}
