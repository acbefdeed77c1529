// El botón de imprimir aparece solo si hay quien lo atienda.
for (const boton of document.querySelectorAll("[data-imprimir]")) {
  boton.hidden = false;
  boton.addEventListener("click", () => window.print());
}
