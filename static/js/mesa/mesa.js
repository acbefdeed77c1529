/**
 * Entrada de la mesa: cada pieza mejora lo que la página ya hace con formas comunes.
 * Se vuelve a preparar lo nuevo cada vez que htmx cambia una parte de la página.
 */

import { prepararArrastre } from "./arrastrar.js";
import { prepararBorradores, vigilarBorradores } from "./borradores.js";
import { conservarEscrito } from "./conservar.js";
import { prepararEditores } from "./editor.js";
import { anunciarEntrada, prepararFichas } from "./ficha.js";
import { prepararFoco } from "./foco.js";
import { prepararGuardado, vigilarGuardado } from "./guardado.js";
import { prepararPresencia } from "./presencia.js";
import { vigilarPrevia } from "./previa.js";
import { vigilarRespuestas } from "./respuestas.js";
import { prepararSoltar } from "./soltar.js";

function preparar() {
  prepararGuardado();
  prepararBorradores();
  prepararEditores();
  prepararArrastre();
  prepararPresencia();
  prepararSoltar();
}

anunciarEntrada();
prepararFichas();
vigilarGuardado();
vigilarBorradores();
vigilarRespuestas();
vigilarPrevia();
prepararFoco();
conservarEscrito();
preparar();
document.addEventListener("htmx:load", preparar);
