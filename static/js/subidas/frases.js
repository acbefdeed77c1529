/** Lo que se le dice a quien sube, en sus palabras. */

export const FRASES = {
  espera: "En espera de su turno.",
  ilegible: "Este archivo ya no se puede leer. ¿Se movió o cambió? Elígelo otra vez.",
  sinRed: "Sin conexión. Se reanuda sola en cuanto vuelva.",
  sinPortal: "El portal no responde. Se reintenta sola.",
  detenida: "No se pudo continuar. Lo que ya llegó se conserva: presiona «Reanudar» cuando quieras.",
  entrar: "Tu sesión caducó. Entra en otra pestaña y presiona «Reanudar»: sigue donde iba.",
  ficha: "La página lleva mucho tiempo abierta. Vuelve a cargarla y elige el archivo: sigue donde iba.",
  revisando: "Ya llegó. Se está revisando…",
  agregando: "Agregándolo…",
  listo: "Listo.",
  completa: "Ya llegó completo; falta agregarlo.",
  otro: (nombre) => `«${nombre}» es otro archivo y se sube aparte, desde el principio. Este sigue a medias: elige el mismo.`,
  noAgregado: "El archivo llegó, pero no se pudo agregar. Inténtalo otra vez.",
  rechazo: "El portal no lo aceptó.",
};

/** «3.2 MB»; hasta un decimal. */
export function peso(bytes) {
  const unidades = ["bytes", "kB", "MB", "GB"];
  let unidad = 0;
  let valor = bytes;
  for (; valor >= 1000 && unidad < unidades.length - 1; unidad += 1) valor /= 1024;
  return `${valor.toLocaleString("es-MX", { maximumFractionDigits: unidad > 1 ? 1 : 0 })} ${unidades[unidad]}`;
}

/** Lo que solo se puede con este programa: archivos más grandes, y que se corte la conexión. */
export function hastaCuanto(maximo) {
  return `Los videos y audios, hasta ${peso(maximo)}. Si se corta la conexión, cada archivo sigue donde iba.`;
}

/** «40 %». Nunca dice 100 antes de terminar. */
export function parte(hecho, total) {
  return `${Math.floor((100 * hecho) / total)} %`;
}
