/**
 * La huella del archivo se calcula en este equipo y solo ella se pregunta al portal. El archivo se
 * envía únicamente si nadie reconoce su huella y la persona lo pide. Sin WebCrypto la forma se envía como siempre.
 */

const forma = document.querySelector("form[data-verificar]");
const MENSAJES = {
  leyendo: "Calculando la huella en tu equipo…",
  ajeno: "No es idéntico a ningún documento que el portal haya publicado. Si quieres saber si es un acta alterada, envíalo: se mira por dentro y no se guarda.",
  grande: "Es demasiado grande para leerlo aquí. Si puedes calcular su huella SHA-256, escríbela donde va el código.",
  fallo: "No se pudo preguntar al portal. Revisa tu conexión e inténtalo de nuevo.",
};

if (forma && globalThis.crypto?.subtle) preparar(forma);

function preparar(forma) {
  const campo = forma.querySelector("input[type=file]");
  const zona = forma.querySelector(".suelta");
  forma.querySelector("[data-ayuda]").textContent =
    "Elígelo o suéltalo aquí. No sale de tu equipo: aquí se calcula su huella y solo ella se consulta.";
  campo.addEventListener("change", () => campo.files[0] && reconocer(forma, campo.files[0]));
  forma.addEventListener("submit", (evento) => {
    if (evento.submitter?.hasAttribute("data-con-archivo")) return;
    evento.preventDefault();
    if (campo.files[0]) reconocer(forma, campo.files[0]);
  });
  zona.addEventListener("dragover", (evento) => alPasar(evento, zona));
  zona.addEventListener("dragleave", (evento) => zona.contains(evento.relatedTarget) || zona.classList.remove("suelta--encima"));
  zona.addEventListener("drop", (evento) => alSoltar(evento, zona, campo));
}

const traeArchivos = (evento) => evento.dataTransfer?.types.includes("Files");

function alPasar(evento, zona) {
  if (!traeArchivos(evento)) return;
  evento.preventDefault();
  evento.dataTransfer.dropEffect = "copy";
  zona.classList.add("suelta--encima");
}

function alSoltar(evento, zona, campo) {
  if (!traeArchivos(evento)) return;
  evento.preventDefault();
  zona.classList.remove("suelta--encima");
  const traslado = new DataTransfer();
  traslado.items.add(evento.dataTransfer.files[0]);
  campo.files = traslado.files;
  campo.dispatchEvent(new Event("change"));
}

async function reconocer(forma, archivo) {
  if (archivo.size === 0) return decir(forma, "", `«${archivo.name}» está vacío (0 bytes): elige otro o descárgalo otra vez.`);
  if (archivo.size > Number(forma.dataset.tope)) return decir(forma, "grande");
  decir(forma, "leyendo");
  try {
    const direccion = `${forma.action}?huella=${await huellaDe(archivo)}`;
    const respuesta = await fetch(direccion, { method: "HEAD", credentials: "same-origin" });
    if (archivo !== forma.querySelector("input[type=file]").files[0]) return; // ya eligió otro
    if (respuesta.ok) location.assign(direccion);
    else decir(forma, respuesta.status === 404 ? "ajeno" : "fallo");
  } catch {
    decir(forma, "fallo");
  }
}

async function huellaDe(archivo) {
  const resumen = await crypto.subtle.digest("SHA-256", await archivo.arrayBuffer());
  return Array.from(new Uint8Array(resumen), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Lo dice en la forma; si nadie lo reconoció, ofrece enviarlo. */
function decir(forma, cual, texto = MENSAJES[cual]) {
  const respuesta = forma.querySelector("[data-respuesta]");
  const frase = Object.assign(document.createElement("p"), { textContent: texto });
  respuesta.replaceChildren(frase);
  forma.querySelector("[data-con-archivo]")?.remove();
  if (cual !== "ajeno") return;
  const boton = Object.assign(document.createElement("button"), {
    type: "submit",
    className: "boton",
    textContent: "Enviar el archivo",
  });
  boton.setAttribute("data-con-archivo", "");
  respuesta.after(boton);
}
