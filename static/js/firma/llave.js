/**
 * La llave privada de una e.firma: se abre aquí, en este equipo, y de aquí no sale.
 *
 * El archivo `.key` es PKCS#8 cifrado (DER). WebCrypto no abre los cifrados con 3DES, que son comunes; por eso
 * lo abre `forge` (cargada antes como programa clásico). La firma sí es de WebCrypto, con una llave que ya no se
 * puede extraer. JavaScript no permite borrar textos de la memoria: se borran los bytes que sí, y nada se
 * guarda ni se envía.
 */

const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const NO_ES_LLAVE = "Ese archivo no es una llave privada. Elige el que termina en .key; el .cer va en el otro campo.";
const CLAVE_ERRADA = "La contraseña no abre esa llave. Revísala (mayúsculas incluidas) y vuelve a intentarlo.";
const OTRA_LLAVE = "Esa llave no es la de ese certificado. Elige el .cer y el .key que se emitieron juntos.";
const SIN_WEBCRYPTO = "Este navegador no puede firmar aquí: abre el portal con https en un navegador actual.";

/** Algo impidió firmar; `message` es la frase para la persona. */
export class Impedimento extends Error {}

/**
 * Abre la llave y comprueba que sea la del certificado. Devuelve una CryptoKey que solo firma y no se extrae.
 * `cer` y `key` son los bytes de los archivos; `key` queda en ceros. Lanza `Impedimento`.
 */
export async function abrirLlave(cer, key, clave) {
  if (!globalThis.crypto?.subtle) throw new Impedimento(SIN_WEBCRYPTO);
  const cifrada = leer(key);
  key.fill(0);
  const abierta = descifrar(cifrada, clave);
  if (!contiene(cer, modulo(abierta))) throw new Impedimento(OTRA_LLAVE);
  const pkcs8 = aBytes(forge.asn1.toDer(abierta).getBytes());
  try {
    return await crypto.subtle.importKey("pkcs8", pkcs8, RSA, false, ["sign"]);
  } catch {
    throw new Impedimento(NO_ES_LLAVE);
  } finally {
    pkcs8.fill(0);
  }
}

/** Firma esos bytes: RSA PKCS#1 v1.5 con SHA-256. */
export async function firmar(llave, bytes) {
  return new Uint8Array(await crypto.subtle.sign(RSA.name, llave, bytes));
}

function leer(key) {
  try {
    const raiz = forge.asn1.fromDer(aTexto(key));
    const [algoritmo, contenido] = raiz.value;
    if (algoritmo.type === forge.asn1.Type.SEQUENCE && contenido.type === forge.asn1.Type.OCTETSTRING) return raiz;
  } catch {
    // Cae en la misma frase: no tiene la forma de una llave cifrada.
  }
  throw new Impedimento(NO_ES_LLAVE);
}

/** Cada forma de cifrado escribe las letras que no son ASCII a su manera; se prueban las dos. */
function descifrar(cifrada, clave) {
  for (const escrita of new Set([clave, forge.util.encodeUtf8(clave)])) {
    try {
      const abierta = forge.pki.decryptPrivateKeyInfo(cifrada, escrita);
      if (abierta && modulo(abierta)) return abierta;
    } catch {
      // Con otra clave el resultado no es ASN.1, o es de otra cosa: es la clave, no el archivo.
    }
  }
  throw new Impedimento(CLAVE_ERRADA);
}

/** El módulo RSA en bytes, como está escrito en el certificado. */
function modulo(abierta) {
  const hexadecimal = forge.pki.privateKeyFromAsn1(abierta).n.toString(16);
  return aBytes(forge.util.hexToBytes(hexadecimal));
}

function contiene(bytes, tramo) {
  const ultimo = bytes.length - tramo.length;
  for (let desde = 0; desde <= ultimo; desde += 1) {
    if (tramo.every((byte, lugar) => bytes[desde + lugar] === byte)) return true;
  }
  return false;
}

function aTexto(bytes) {
  return forge.util.binary.raw.encode(bytes);
}

function aBytes(texto) {
  return Uint8Array.from(texto, (letra) => letra.charCodeAt(0));
}
