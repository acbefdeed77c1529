# shellcheck shell=bash
# Cada versión, en su carpeta y sin que el portal pueda escribir en ella. El nombre es la huella de lo que trae.

CONTENIDO="manage.py requirements.txt package.json package-lock.json LICENSE README.md CHANGELOG.md CONTRIBUTING.md
    docs deploy stl_portal sesiones ejes municipios templates static"

huella() { cat "$@" | sha256sum | cut -c 1-12; }

huella_de_version() {
    # shellcheck disable=SC2086  # cada palabra es una ruta
    (cd "$1" && find $CONTENIDO -type f ! -path '*/__pycache__/*' -print0 | LC_ALL=C sort -z |
        xargs -0 sha256sum | sha256sum | cut -c 1-12)
}

# preparar_version ORIGEN  Deja lista la versión que hay en ORIGEN y su carpeta en VERSION.
preparar_version() {
    local origen=$1
    VERSION=$CARPETA/versiones/$(huella_de_version "$origen")
    [ ! -e "$VERSION/.completa" ] || return 0
    paso "Preparando la versión ${VERSION##*/}"
    rm -rf "$VERSION"
    install -d -m 755 "$VERSION"
    # shellcheck disable=SC2086  # cada palabra es una ruta
    tar --create --directory "$origen" --exclude __pycache__ --owner root --group root $CONTENIDO |
        tar --extract --directory "$VERSION" --no-same-owner
    chmod -R u=rwX,go=rX "$VERSION"
    dependencias
    ln -s "$CARPETA/.env" "$VERSION/.env"
    "$VERSION/.venv/bin/python" -m compileall -q "$VERSION/stl_portal" "$VERSION/sesiones" "$VERSION/ejes" \
        "$VERSION/municipios"
    estaticos
    touch "$VERSION/.completa"
    cambio "versión ${VERSION##*/}"
}

# Con huella y compartidas por las versiones que piden exactamente lo mismo.
dependencias() {
    local entorno navegador
    entorno=$CARPETA/entornos/$(huella "$VERSION/requirements.txt")
    navegador=$CARPETA/navegador/$(huella "$VERSION/package.json" "$VERSION/package-lock.json")
    if [ ! -e "$entorno/.completo" ]; then
        paso "Instalando dependencias de Python con huella"
        rm -rf "$entorno"
        python3 -m venv "$entorno"
        "$entorno/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --require-hashes \
            --requirement "$VERSION/requirements.txt" </dev/null ||
            fallar "No se pudieron instalar las dependencias; arriba está lo que dijo pip."
        "$entorno/bin/python" -m compileall -q "$entorno/lib" >/dev/null || true
        touch "$entorno/.completo"
    fi
    if [ ! -e "$navegador/.completo" ]; then
        paso "Instalando las bibliotecas del navegador"
        rm -rf "$navegador"
        install -d -m 755 "$navegador"
        cp "$VERSION/package.json" "$VERSION/package-lock.json" "$navegador"
        (cd "$navegador" && PATH="$entorno/bin:$PATH" NODE_OPTIONS="--use-system-ca ${NODE_OPTIONS:-}" npm ci \
            --ignore-scripts --omit=dev --no-audit --no-fund --no-update-notifier </dev/null >/dev/null) ||
            fallar "No se pudieron instalar las bibliotecas del navegador."
        touch "$navegador/.completo"
    fi
    ln -s "$entorno" "$VERSION/.venv"
    ln -s "$navegador/node_modules" "$VERSION/node_modules"
}

# Cada versión tiene su lista de nombres; los archivos, con la huella en el nombre, se juntan donde nginx los lee:
# la página que alguien abrió antes de actualizar sigue encontrando los suyos.
estaticos() {
    local propios=$VERSION/static_compilados
    install -d -o "$CUENTA" -g "$CUENTA" "$propios"
    administrar "$VERSION" collectstatic --noinput --verbosity 0
    chown -R root:root "$propios"
    chmod -R u=rwX,go=rX "$propios"
    cp -R --no-clobber "$propios/." "$CARPETA/var/static/"
}

# Se quedan las que se usan y las más recientes.
podar_versiones() {
    local una
    for una in $(ls -1dt "$CARPETA"/versiones/*/ | tail -n +$((CONSERVAR + 1))); do
        una=${una%/}
        [ -z "$(find "$CARPETA" -maxdepth 2 -type l -lname "$una")" ] || continue
        rm -rf "$una"
        cambio "se borró la versión ${una##*/}"
    done
}
