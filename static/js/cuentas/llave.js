// Une la página con los programas de llaves de acceso de allauth, que esperan los nombres de los elementos,
// y dice en español por qué no se pudo: el navegador solo da el nombre del error.

const MOTIVOS = {
  NotAllowedError: "Se canceló o se acabó el tiempo. Inténtalo otra vez.",
  InvalidStateError: "Esa llave ya está en tu cuenta.",
  SecurityError: "En esta dirección el navegador no permite llaves de acceso. Abre el portal con su nombre y con https.",
  NotSupportedError: "Este equipo no tiene con qué crear la llave.",
};
const NO_SE_PUDO = "No se pudo usar la llave de acceso. Inténtalo otra vez o usa un código.";

const forma = document.querySelector("[data-llave]");
const boton = forma.querySelector("#llave-boton");
const error = forma.querySelector("[data-llave-error]");
const casilla = forma.querySelector("[name=passwordless]");

function decir(frase) {
  error.textContent = frase;
  error.hidden = false;
}

function preparar() {
  const hacer = forma.dataset.llave;
  const ids = { credential: "llave-credencial" };
  ids[{ addForm: "add", authenticateForm: "authenticate", loginForm: "login" }[hacer]] = boton.id;
  if (document.getElementById("llave-datos")) ids.data = "llave-datos";
  if (casilla) ids.passwordless = casilla.id;
  window.allauth.webauthn.forms[hacer]({ ids });
  boton.hidden = false;
}

document.addEventListener("allauth.error", (suceso) => {
  suceso.preventDefault();
  decir(MOTIVOS[suceso.detail.exception?.name] ?? NO_SE_PUDO);
});
boton.addEventListener("click", () => { error.hidden = true; }, { capture: true });

// Las llaves se guardan para un nombre: con una dirección de números el navegador las rechaza siempre.
const conNombre = !/^[\d.]+$|:/.test(location.hostname);
if (window.PublicKeyCredential && conNombre) preparar();
else if (forma.dataset.llave !== "loginForm") decir(MOTIVOS.SecurityError);
