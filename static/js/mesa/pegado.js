/**
 * Lo que se pega desde Word, un correo o una página se reduce a texto llano con marcas: párrafos,
 * negritas, cursivas, listas y citas. El HTML se lee en un documento inerte: nada se ejecuta ni se
 * descarga, y solo el texto sale de él.
 */

import { insertar } from "./marcas.js";

const OMITIR = new Set([
  "SCRIPT", "STYLE", "HEAD", "TITLE", "META", "LINK", "XML", "TEMPLATE", "NOSCRIPT", "IFRAME", "OBJECT", "SVG", "MATH",
]);
const BLOQUES = new Set([
  "P", "DIV", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6", "TABLE", "TR", "BLOCKQUOTE",
  "SECTION", "ARTICLE", "HEADER", "FOOTER", "DL", "DT", "DD", "PRE", "HR", "FIGURE", "ADDRESS",
]);

/** Escucha lo que se pega en el área. */
export function prepararPegado(area) {
  area.addEventListener("paste", (evento) => {
    const html = evento.clipboardData?.getData("text/html");
    const texto = html ? aMarcas(html) : "";
    if (!texto) return; // sin formato que reducir, el navegador pega el texto llano
    evento.preventDefault();
    insertar(area, texto);
  });
}

/** Convierte HTML en texto con marcas. */
export function aMarcas(html) {
  const documento = new DOMParser().parseFromString(sosegar(html), "text/html");
  const hoja = new Hoja();
  recorrer(documento.body, {}, hoja);
  hoja.cerrar();
  return hoja.texto();
}

/** Aun en un documento inerte el navegador se queja de estilos y manejadores: se leen como datos. */
function sosegar(html) {
  const sinHojas = html.replace(/<style[\s\S]*?<\/style>/gi, "");
  return sinHojas.replace(/<[^>]*>/g, (etiqueta) =>
    etiqueta.replace(/\sstyle\s*=/gi, " data-estilo=").replace(/[\s"'/]on\w+\s*=/gi, " data-nada="),
  );
}

/** Reúne bloques; cada bloque es una serie de tramos con su formato. */
class Hoja {
  constructor() {
    this.bloques = [];
    this.tramos = [];
    this.prefijo = "";
  }

  agregar(texto, { negrita = false, cursiva = false }) {
    const ultimo = this.tramos.at(-1);
    if (ultimo?.negrita === negrita && ultimo?.cursiva === cursiva) ultimo.texto += texto;
    else this.tramos.push({ texto, negrita, cursiva });
  }

  cerrar() {
    const texto = this.tramos.map(conMarcas).join("").replace(/[ \t]+/g, " ").replace(/ ?\n ?/g, "\n").trim();
    if (texto) this.bloques.push({ prefijo: this.prefijo, texto });
    if (texto) this.prefijo = "";
    this.tramos = [];
  }

  /** Los renglones de una lista van seguidos; lo demás, con una línea vacía en medio. */
  texto() {
    return this.bloques.reduce((hecho, { prefijo, texto }, i) => {
      const deLista = prefijo && this.bloques[i - 1]?.prefijo;
      return hecho + (i ? (deLista ? "\n" : "\n\n") : "") + prefijo + texto;
    }, "");
  }
}

function conMarcas({ texto, negrita, cursiva }) {
  const [, antes, centro, despues] = texto.match(/^(\s*)([\s\S]*?)(\s*)$/);
  if (!centro) return texto;
  const marca = (negrita ? "**" : "") + (cursiva ? "*" : "");
  const literal = centro.replace(/\*(?=\S)|(?<=\S)\*/g, "\\*");
  const marcado = literal.split("\n").map((renglon) => (marca && renglon.trim() ? marca + renglon.trim() + marca : renglon));
  return antes + marcado.join("\n") + despues;
}

function recorrer(nodo, formato, hoja) {
  for (const hijo of nodo.childNodes) {
    if (hijo.nodeType === Node.TEXT_NODE) hoja.agregar(hijo.data.replace(/[\s\u00a0]+/g, " "), formato);
    else if (hijo.nodeType === Node.ELEMENT_NODE) elemento(hijo, formato, hoja);
  }
}

function elemento(hijo, formato, hoja) {
  if (OMITIR.has(hijo.tagName.toUpperCase()) || estilo(hijo).includes("mso-list:ignore")) return;
  if (hijo.tagName === "BR") hoja.agregar("\n", formato);
  else if (BLOQUES.has(hijo.tagName)) bloque(hijo, formatoDe(hijo, formato), hoja);
  else recorrer(hijo, formatoDe(hijo, formato), hoja);
  if (/^T[DH]$/.test(hijo.tagName) && hijo.nextElementSibling) hoja.agregar(" | ", {});
}

function bloque(hijo, formato, hoja) {
  hoja.cerrar();
  const prefijo = prefijoDe(hijo);
  if (prefijo) hoja.prefijo = prefijo;
  recorrer(hijo, formato, hoja);
  hoja.cerrar();
  if (prefijo) hoja.prefijo = "";
}

const estilo = (nodo) => (nodo.dataset?.estilo ?? "").toLowerCase().replace(/\s+/g, "");

/** Etiqueta y estilo dicen el formato; Google envuelve todo en `<b style="font-weight:normal">`. */
function formatoDe(nodo, { negrita = false, cursiva = false }) {
  const reglas = estilo(nodo);
  const peso = reglas.match(/(?:^|;)font-weight:(\w+)/)?.[1];
  const postura = reglas.match(/(?:^|;)font-style:(\w+)/)?.[1];
  const fuerte = peso ? peso === "bold" || Number(peso) >= 600 : /^(B|STRONG|H[1-6]|TH)$/.test(nodo.tagName) || negrita;
  const inclinada = postura ? postura === "italic" : /^(I|EM|CITE)$/.test(nodo.tagName) || cursiva;
  return { negrita: fuerte, cursiva: inclinada };
}

function prefijoDe(nodo) {
  if (nodo.tagName === "BLOCKQUOTE") return "> ";
  if (nodo.tagName === "LI") return sangria(nodo) + (nodo.parentElement?.tagName === "OL" ? `${numero(nodo)}. ` : "- ");
  return estilo(nodo).includes("mso-list:") ? deWord(nodo) : "";
}

function sangria(li) {
  let hondo = -1;
  for (let lista = li.closest("ul, ol"); lista; lista = lista.parentElement?.closest("ul, ol")) hondo += 1;
  return "   ".repeat(Math.max(hondo, 0));
}

function numero(li) {
  const hermanos = [...li.parentElement.children].filter((otro) => otro.tagName === "LI");
  return (Number(li.parentElement.getAttribute("start")) || 1) + hermanos.indexOf(li);
}

/** Word no usa listas: pone la viñeta o el número como texto marcado «mso-list:Ignore». */
function deWord(nodo) {
  const vinyeta = [...nodo.querySelectorAll("[data-estilo]")].find((uno) => estilo(uno).includes("mso-list:ignore"));
  const nivel = Number(estilo(nodo).match(/level(\d)/)?.[1] ?? 1) - 1;
  const cifra = vinyeta?.textContent.match(/^\s*(\d+)[.)]/)?.[1];
  return "   ".repeat(nivel) + (cifra ? `${cifra}. ` : "- ");
}
