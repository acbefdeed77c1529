/**
 * La forma de firmar con e.firma (`templates/firma/_efirma.html`).
 *
 * Los campos de la llave y la contraseña no tienen `name`: ni siquiera un envío común los mandaría. La clave se
 * borra del campo al usarla. Si alguien firma al mismo tiempo, se prepara otra vez con la llave ya abierta.
 */

import { abrirLlave, firmar, Impedimento } from "./llave.js";
import { aBase64, deBase64, enviar } from "./tramite.js";

const INTENTOS = 5;
const MAYOR = 100000; // bytes; un .cer o un .key miden menos de 4 000
const FALTAN = "Elige tu .cer, elige tu .key y escribe la contraseña de la llave.";
const MUY_GRANDE = "Ese archivo es demasiado grande para ser un .cer o un .key.";
const OTROS_FIRMAN = "Otras personas están firmando en este momento. Espera un poco y vuelve a intentarlo.";
const INESPERADO = "No se pudo firmar. Nada cambió; vuelve a cargar la página e inténtalo otra vez.";

for (const forma of document.querySelectorAll("form[data-efirma]")) conectar(forma);

function conectar(forma) {
  const boton = forma.querySelector("[type=submit]");
  forma.addEventListener("submit", async (evento) => {
    evento.preventDefault();
    boton.disabled = true;
    decir(forma, "estado", "Firmando en este equipo…");
    try {
      location.assign(await completar(forma));
    } catch (motivo) {
      decir(forma, "error", motivo instanceof Impedimento ? motivo.message : INESPERADO);
      boton.disabled = false;
    }
  });
  boton.disabled = false;
}

/** De los archivos elegidos a la dirección donde se ve el documento firmado. */
async function completar(forma) {
  const [cer, key, clave] = await tomar(forma);
  const llave = await abrirLlave(cer, key, clave);
  const ficha = forma.elements.csrfmiddlewaretoken.value;
  for (let intento = 0; intento < INTENTOS; intento += 1) {
    const preparada = await enviar(forma.dataset.preparar, ficha, { cer: new Blob([cer]) });
    if (preparada.repetir) continue;
    const firma = await firmar(llave, deBase64(preparada.atributos));
    const puesta = await enviar(forma.dataset.terminar, ficha, { ficha: preparada.ficha, firma: aBase64(firma) });
    if (!puesta.repetir) return puesta.destino;
  }
  throw new Impedimento(OTROS_FIRMAN);
}

async function tomar(forma) {
  const [cer, key] = ["cer", "key"].map((cual) => forma.querySelector(`[data-${cual}]`).files[0]);
  const campo = forma.querySelector("[data-clave]");
  const clave = campo.value;
  campo.value = "";
  if (!cer || !key || !clave) throw new Impedimento(FALTAN);
  if (Math.max(cer.size, key.size) > MAYOR) throw new Impedimento(MUY_GRANDE);
  return [new Uint8Array(await cer.arrayBuffer()), new Uint8Array(await key.arrayBuffer()), clave];
}

function decir(forma, tono, frase) {
  for (const cual of ["estado", "error"]) {
    const lugar = forma.querySelector(`[data-${cual}]`);
    lugar.textContent = cual === tono ? frase : "";
    lugar.closest("[data-caja]").hidden = cual !== tono;
  }
}
