// Cuántos caracteres cuentan contra un tope: lo mismo que `limpiar_llano` (stl_portal/texto.py) deja al guardar.
const NO_SE_VE = /(?![\n\t])[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u202a-\u202e\u2066-\u2069\ufeff\u200b]/gu;

export const largo = (escrito) => {
  const visible = escrito.replace(/\r\n?/g, "\n").normalize("NFC").replace(NO_SE_VE, "");
  return [...visible.replace(/\n{3,}/g, "\n\n").trim()].length;
};
