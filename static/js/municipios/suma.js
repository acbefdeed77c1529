// La suma de cada etapa, al escribir. Sin este programa la página la dice al guardar.
const entero = (control) => (/^-?\d{1,5}$/.test(control.value.trim()) ? Number(control.value) : 0);

function frase(suma, municipios) {
  if (suma === municipios) return `${suma}, como debe ser`;
  const faltan = Math.abs(municipios - suma);
  const verbo = municipios > suma ? "falta" : "sobra";
  return `Suma ${suma} y son ${municipios}: ${verbo}${faltan === 1 ? "" : "n"} ${faltan}.`;
}

for (const etapa of document.querySelectorAll(".etapa-corte")) {
  const municipios = Number(etapa.dataset.municipios);
  const salida = etapa.querySelector("output[data-suma]");
  const controles = [...etapa.querySelectorAll("input[type=number]")];
  etapa.addEventListener("input", () => {
    const suma = controles.reduce((total, control) => total + entero(control), 0);
    salida.textContent = frase(suma, municipios);
    salida.classList.toggle("no-cuadra", suma !== municipios);
  });
}
