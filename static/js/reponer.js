/** Al entrar en otra pestaña la ficha de seguridad cambia: el formulario repuesto toma la nueva al enviarse. */

function fichaVigente() {
  const galleta = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/);
  return galleta ? decodeURIComponent(galleta[1]) : "";
}

document.querySelector("[data-reponer]")?.addEventListener("submit", (evento) => {
  const ficha = fichaVigente();
  if (ficha) evento.target.elements.csrfmiddlewaretoken.value = ficha;
});
