# En la carpeta que descomprimiste: bash comprobar.sh
# Revisa que ningún archivo cambió y, acta por acta, que consta en el registro público del portal.
cd "$(dirname "$0")" || exit 1
fallas=0
sha256sum --quiet -c SHA256SUMS || fallas=$((fallas + 1))
sobran=$(find . -type f ! -name SHA256SUMS | sed 's|^\./||' | sort | comm -23 - <(cut -c 67- SHA256SUMS | sort))
if [ -n "$sobran" ]; then printf 'No estaban en el ZIP:\n%s\n' "$sobran"; fallas=$((fallas + 1)); fi
while read -r acta; do
  dicho=$(cd "$acta" && bash comprobar-acta.sh 2>&1)
  if grep -q "NO CONSTA\|Verification [Ff]ail" <<< "$dicho" || ! grep -q "Verified Successfully" <<< "$dicho"; then
    printf 'MAL  %s\n%s\n' "$acta" "$dicho"; fallas=$((fallas + 1))
  else
    printf 'Consta  %s\n' "$acta"
  fi
done < <(find . -name comprobar-acta.sh -printf '%h\n' | sort)
# De cada extracto: que diga de qué acta es y que cada parte suya esté, tal cual, en los datos de esa acta.
export LC_ALL=C
while read -r extracto; do
  acta="${extracto#./extractos/}"; acta="${acta%/*}/acta.json"
  mal=0
  head -n 1 "$extracto" | grep -qF "\"acta\":\"$(sha256sum < "$acta" | cut -c 1-64)\"" || mal=1
  while IFS= read -r parte; do grep -qF -- "$parte" "$acta" || mal=1; done < <(tail -n +2 "$extracto")
  [ "$(tail -n +2 "$extracto" | wc -l)" -gt 0 ] || mal=1
  if [ "$mal" -gt 0 ]; then echo "MAL  $extracto"; fallas=$((fallas + 1)); else echo "Lo dice el acta  $extracto"; fi
done < <(find . -path './extractos/*.jsonl' | sort)
if [ "$fallas" -gt 0 ]; then echo "Algo no está como se publicó."; exit 1; fi
echo "Todo está como se publicó."
