/** El selector que busca mientras se escribe viene sin nombre para quien no lo ve: se le da el de su etiqueta. */

function nombrar(lista) {
  const etiqueta = document.querySelector(`label[for="${lista.id}"]`);
  const control = lista.parentElement?.querySelector(".select2-container");
  if (!etiqueta || !control) return;
  etiqueta.id ||= `etiqueta-de-${lista.id}`;
  for (const parte of control.querySelectorAll("[role=combobox], [role=textbox]")) {
    parte.setAttribute("aria-labelledby", etiqueta.id);
  }
}

function nombrarTodas() {
  document.querySelectorAll("select.admin-autocomplete").forEach(nombrar);
}

// El selector se arma después, cuando su propio programa termina de cargar.
new MutationObserver(nombrarTodas).observe(document.documentElement, { childList: true, subtree: true });
nombrarTodas();
