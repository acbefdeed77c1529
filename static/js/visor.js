/**
 * Lo que un PDF dentro de la página no resuelve solo. Sin visor (muchos teléfonos), algunos navegadores dejan el
 * marco vacío en vez de mostrar lo que lleva adentro: se cambia por su primera página y la liga. Con visor, al
 * entrar con el teclado el enfoque se va a otro documento y `:focus` no lo dice: se marca con una clase.
 */

const marcos = document.querySelectorAll("object.visor__pdf");

if (navigator.pdfViewerEnabled === false) for (const marco of marcos) marco.replaceWith(...marco.children);

const marcar = () => {
  for (const marco of marcos) marco.classList.toggle("visor__pdf--dentro", document.activeElement === marco);
};
for (const cuando of ["blur", "focus"]) addEventListener(cuando, () => setTimeout(marcar));
