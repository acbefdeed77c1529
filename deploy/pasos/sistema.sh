# shellcheck shell=bash
# Lo que se pide a la máquina: paquetes de Debian, la cuenta sin privilegios y las carpetas.

PAQUETES="python3 python3-venv postgresql postgresql-client nginx-light openssl ca-certificates tzdata
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 libatomic1 age"

paquetes() {
    local faltan="" uno
    for uno in $PAQUETES; do
        dpkg-query -W -f '${db:Status-Abbrev}' "$uno" 2>/dev/null | grep -q '^ii' || faltan+=" $uno"
    done
    [ -n "$faltan" ] || return 0
    paso "Instalando paquetes:$faltan"
    apt-get update -qq || fallar "No se pudo actualizar la lista de paquetes (¿hay red?)."
    # shellcheck disable=SC2086  # cada palabra es un paquete
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $faltan </dev/null >/dev/null ||
        fallar "No se pudieron instalar los paquetes:$faltan"
    cambio "paquetes$faltan"
}

python_suficiente() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fallar "El portal necesita Python 3.11 o posterior y aquí hay $(python3 --version 2>&1)."
}

cuenta() {
    if ! getent passwd "$CUENTA" >/dev/null; then
        useradd --system --user-group --home-dir "$CARPETA/var" --no-create-home --shell /usr/sbin/nologin "$CUENTA"
        cambio "cuenta $CUENTA"
    fi
    # nginx lee los archivos que el portal le autoriza: por grupo, y solo lee.
    if ! id -nG www-data | grep -qw "$CUENTA"; then
        usermod -a -G "$CUENTA" www-data
        cambio "www-data en el grupo $CUENTA"
    fi
}

carpetas() {
    local una
    carpeta "$CARPETA" 755 root:root
    for una in versiones entornos navegador instancias; do carpeta "$CARPETA/$una" 755 root:root; done
    carpeta "$CARPETA/var" 750 "$CUENTA:$CUENTA"
    carpeta "$CARPETA/var/archivos" 750 "$CUENTA:$CUENTA"
    carpeta "$CARPETA/var/static" 755 root:root
    carpeta "$CONFIGURACION" 755 root:root
    carpeta /var/log/portal 750 "$CUENTA:adm"
}
