# En la carpeta que descomprimiste. Cada renglón dice «consta» o «NO CONSTA».
consta() { h=$(sha256sum < "$1" | cut -c 1-64)
  if grep -q "$h" "$2/contenido.json"; then echo "$1 consta: $h"; else echo "$1 NO CONSTA"; fi; }
consta acta.json sellada
consta acta.xml sellada
consta acta.pdf publicada
grep -ho '"\(codigo\|acta\)":"[A-Z2-7-]*"' sellada/contenido.json publicada/contenido.json
(cd sellada && bash ../comprobar.sh)
(cd publicada && bash ../comprobar.sh)
