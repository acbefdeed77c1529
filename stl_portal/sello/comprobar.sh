# En una carpeta con contenido.json, prueba.txt, punto-de-control.txt y clave.pub:
bytes() { printf "$(printf %s "$1" | sed 's/../\\x&/g')"; }
sha() { sha256sum | cut -c 1-64; }

# 1. El contenido, con lo anterior, da el hash del eslabón.
contenido=$(sha < contenido.json)
prev=$(sed -n 's/^prev //p' prueba.txt)
hash=$({ printf '\002'; bytes "$prev"; bytes "$contenido"; } | sha)

# 2. El eslabón, con sus huellas hermanas, da la raíz del punto de control.
nodo=$({ printf '\000'; bytes "$hash"; } | sha)
while read -r lado otra; do
  case $lado in
    izquierda) nodo=$({ printf '\001'; bytes "$otra"; bytes "$nodo"; } | sha) ;;
    derecha) nodo=$({ printf '\001'; bytes "$nodo"; bytes "$otra"; } | sha) ;;
  esac
done < prueba.txt

# 3. El punto de control lo firmó la clave del portal.
sed '/^$/,$d' punto-de-control.txt > firmado.txt
tail -n 1 punto-de-control.txt | sed 's/.* //' | base64 -d | tail -c 64 > firma.bin
if [ "$(bytes "$nodo" | base64)" = "$(sed -n 3p punto-de-control.txt)" ]; then
  echo "Consta en el registro: $hash"
  openssl pkeyutl -verify -pubin -inkey clave.pub -rawin -in firmado.txt -sigfile firma.bin
else
  echo "NO CONSTA: algo cambió"; false
fi
