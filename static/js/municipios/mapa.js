// En un teléfono los hexágonos no llevan nombre: el que se enfoca o se señala se dice debajo del mapa.

for (const mapa of document.querySelectorAll(".mapa")) {
  const elegido = mapa.querySelector(".mapa__elegido");
  const decir = ({ target }) => {
    const municipio = target.closest(".mapa__municipio");
    if (municipio) elegido.textContent = municipio.getAttribute("aria-label");
  };
  for (const suceso of ["focusin", "pointerover"]) mapa.addEventListener(suceso, decir);
}
