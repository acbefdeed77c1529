// Dice cuántos caracteres quedan en cada <textarea data-tope>. Sin este programa, el tope está en la ayuda del
// campo y el servidor dice cuánto sobra. Cuenta igual que allá.
import { largo } from "./conteo.js";

const ESPERA = 700; // milisegundos sin teclear antes de decirlo en voz alta

const dicho = (quedan) => {
  const n = Math.abs(quedan).toLocaleString("es-MX");
  const uno = Math.abs(quedan) === 1;
  return quedan < 0 ? `${uno ? "Sobra" : "Sobran"} ${n} ${uno ? "carácter" : "caracteres"}` : `${uno ? "Queda" : "Quedan"} ${n} ${uno ? "carácter" : "caracteres"}`;
};

for (const area of document.querySelectorAll("textarea[data-tope]")) {
  const tope = Number(area.dataset.tope);
  const vista = document.createElement("p");
  vista.className = "contador";
  vista.setAttribute("aria-hidden", "true");
  const voz = document.createElement("p");
  voz.className = "oculto";
  voz.setAttribute("role", "status");
  area.after(vista, voz);
  let reloj;
  const contar = () => {
    const quedan = tope - largo(area.value);
    vista.textContent = dicho(quedan);
    vista.classList.toggle("contador--sobra", quedan < 0);
    return quedan;
  };
  area.addEventListener("input", () => {
    const quedan = contar();
    clearTimeout(reloj);
    if (quedan < tope * 0.2) reloj = setTimeout(() => { voz.textContent = dicho(quedan); }, ESPERA);
  });
  contar();
}
