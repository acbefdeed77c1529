/**
 * La matriz como hoja de cálculo: cada casilla se guarda al cambiarla, se recorre con el teclado y se
 * deshace. Sin este programa es una sola forma con su botón «Guardar».
 *
 * Los guardados viajan de uno en uno, en orden: así «deshacer» siempre encuentra lo último.
 */

import { anunciarEntrada, prepararFichas } from "../mesa/ficha.js";
import { prepararFiltro } from "./filtro.js";
import { Guardado } from "./guardado.js";
import { pegarBloque } from "./bloque.js";
import { plegar } from "./plegar.js";
import { recorrer } from "./teclado.js";

const forma = document.querySelector("form[data-matriz]");

function empezar() {
  const guardado = new Guardado(forma);
  forma.addEventListener("change", ({ target }) => target.matches("td select") && guardado.anotar(target.closest("td")));
  forma.addEventListener("submit", (evento) => evento.preventDefault());
  // Deshacer sirve desde toda la página: al llegar, el foco aún no está en la tabla.
  document.addEventListener("keydown", (evento) => recorrer(evento, forma, guardado));
  forma.addEventListener("paste", (evento) => pegarBloque(evento, forma, guardado));
  alSalir(guardado);
  forma.classList.add("matriz--viva");
  forma.querySelector("[data-guardar]")?.remove();
  // Lo que se eligió antes de que llegara este programa también se guarda.
  for (const casilla of forma.querySelectorAll("td:has(select)")) guardado.empezar(casilla);
  for (const liga of forma.querySelectorAll(".casilla-etapa__mas")) liga.tabIndex = -1;
  for (const dicho of document.querySelectorAll("[data-con-programa]")) dicho.hidden = false;
}

/** Lo elegido sale antes que la página siguiente; si además no se pudo copiar en este equipo, se pregunta. */
function alSalir(guardado) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && guardado.apurar());
  addEventListener("pagehide", () => guardado.apurar());
  addEventListener("beforeunload", (evento) => {
    guardado.apurar();
    if (guardado.pendientes.size && !guardado.copia.cabe) evento.preventDefault();
  });
}

anunciarEntrada();
prepararFichas();
if (forma) {
  plegar(forma);
  prepararFiltro(forma);
}
if (forma?.querySelector("[data-guardar]") && !forma.querySelector("[aria-invalid]")) empezar();
