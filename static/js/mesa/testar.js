// Lo que se selecciona en el acta, con ratón o teclado, pasa al campo «Texto que se elimina».
// Sin este programa se escribe o se pega.

const ESPERA = 200; // milisegundos sin mover la selección

const acta = document.querySelector('[data-testable]');
const campo = document.querySelector('[data-texto-testado]');
const aviso = document.querySelector('[data-tomado]');
let turno = 0;

function tomar() {
  const seleccion = document.getSelection();
  if (!seleccion || seleccion.isCollapsed || !acta.contains(seleccion.getRangeAt(0).commonAncestorContainer)) return;
  const texto = seleccion.toString().replace(/\s+/g, ' ').trim();
  if (texto.length < 3 || texto.length > Number(campo.maxLength)) return;
  campo.value = texto;
  aviso.textContent = 'Se tomó lo que seleccionaste.';
}

if (acta && campo && aviso) {
  document.addEventListener('selectionchange', () => {
    clearTimeout(turno);
    turno = setTimeout(tomar, ESPERA);
  });
}
