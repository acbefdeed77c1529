# En la carpeta que descomprimiste. Cada renglón dice «consta» o «NO CONSTA».
consta() { h=$(sha256sum < "$1" | cut -c 1-64)
  if grep -q "$h" "$2/contenido.json"; then echo "$1 consta: $h"; else echo "$1 NO CONSTA"; fi; }
for a in acta.json acta.xml acta.pdf; do consta $a version-publica; done
grep -ho '"\(codigo\|acta\)":"[A-Z2-7-]*"' */contenido.json
de=$(grep -o '"de":"[0-9a-f]*"' acta.json | cut -c 7-70)
if grep -q "\"huella\":\"$de\"" sellada/contenido.json; then echo "El original consta: $de"; else echo "El original NO CONSTA"; fi
for c in */; do (cd "$c" && bash ../comprobar.sh); done
