/** El selector que busca mientras se escribe viene sin nombre para quien no lo ve: se le da el de su etiqueta. */

function nombrar(lista) {
  const etiqueta = document.querySelector(`label[for="${lista.id}"]`);
  const control = lista.nextElementSibling;
  if (!etiqueta || !control) return;
  etiqueta.id ||= `etiqueta-de-${lista.id}`;
  for (const parte of control.querySelectorAll("[role=combobox], [role=textbox]")) {
    parte.setAttribute("aria-labelledby", etiqueta.id);
  }
}

addEventListener("load", () => document.querySelectorAll("select.admin-autocomplete").forEach(nombrar));
