/**
 * La matriz como hoja de cálculo: cada casilla se guarda al cambiarla, se recorre con el teclado y se
 * deshace. Sin este programa es una sola forma con su botón «Guardar».
 *
 * Los guardados viajan de uno en uno, en orden: así «deshacer» siempre encuentra lo último.
 */

import { anunciarEntrada, prepararFichas } from "../mesa/ficha.js";
import { Guardado } from "./guardado.js";
import { recorrer } from "./teclado.js";

const forma = document.querySelector("form[data-matriz]");

function empezar() {
  const guardado = new Guardado(forma);
  forma.addEventListener("change", ({ target }) => target.matches("td select") && guardado.anotar(target.closest("td")));
  forma.addEventListener("submit", (evento) => evento.preventDefault());
  forma.addEventListener("keydown", (evento) => recorrer(evento, forma, guardado));
  addEventListener("beforeunload", (evento) => guardado.pendientes.size && evento.preventDefault());
  forma.classList.add("matriz--viva");
  forma.querySelector("[data-guardar]")?.remove();
  // Lo que se eligió antes de que llegara este programa también se guarda.
  for (const casilla of forma.querySelectorAll("td:has(select)")) guardado.empezar(casilla);
  for (const liga of forma.querySelectorAll(".casilla-etapa__mas")) liga.tabIndex = -1;
  for (const dicho of document.querySelectorAll("[data-con-programa]")) dicho.hidden = false;
}

anunciarEntrada();
prepararFichas();
if (forma && !forma.querySelector("[aria-invalid]")) empezar();
