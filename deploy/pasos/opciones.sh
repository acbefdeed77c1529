# shellcheck shell=bash
# Lo que las tres órdenes (instalar, actualizar, regresar) saben de la instalación, y cómo hablan.
# Lo que se decidió al instalar queda en /etc/portal/instalacion.conf, y las demás lo leen de ahí.

shopt -s lastpipe # lo que cambia `poner` al final de una tubería se cuenta aquí
CONFIGURACION=/etc/portal
CUENTA=portal                 # la del sistema, la de PostgreSQL y la base se llaman igual
CARPETA=/srv/portal
NOMBRE=
PUERTOS_WEB="8000 8001"       # uno atiende; el otro espera su turno en la siguiente actualización
PUERTO_HTTP=80
PUERTO_HTTPS=443
PUERTO_POSTGRES=              # solo si hay que crear el servidor y no se quiere el de costumbre
PROCESOS=$(nproc)
HILOS=4
CON_SYSTEMD=1
CONSERVAR=5                   # versiones que se quedan en disco
CAMBIOS=0

paso() { printf '• %s\n' "$*" >&2; }
decir() { printf '  %s\n' "$*" >&2; }
fallar() { printf '\n✗ %s\n' "$*" >&2; exit 1; }
cambio() { CAMBIOS=$((CAMBIOS + 1)); decir "cambió: $*"; }

exigir_root() { [ "$(id -u)" -eq 0 ] || fallar "Esta orden instala programas y servicios: ejecútala con sudo."; }

# poner ARCHIVO MODO DUEÑO  Deja en ARCHIVO lo que llega por la entrada, solo si es distinto de lo que hay.
poner() {
    local archivo=$1 modo=$2 dueno=$3 nuevo
    nuevo=$(mktemp)
    cat >"$nuevo"
    if [ ! -f "$archivo" ] || ! cmp -s "$nuevo" "$archivo"; then
        install -D -m "$modo" -o "${dueno%:*}" -g "${dueno#*:}" "$nuevo" "$archivo"
        cambio "$archivo"
    fi
    rm -f "$nuevo"
}

# carpeta RUTA MODO DUEÑO  La crea, o le corrige permisos y dueño si no son esos.
carpeta() {
    if [ ! -d "$1" ] || [ "$(stat -c '%a %U:%G' "$1")" != "$2 $3" ]; then
        install -d -m "$2" -o "${3%:*}" -g "${3#*:}" "$1"
        cambio "$1"
    fi
}

# apuntar ENLACE DESTINO  Cambia a dónde apunta un enlace, de golpe: nunca hay un momento en que no exista.
apuntar() {
    [ "$(readlink "$1" 2>/dev/null)" != "$2" ] || return 0
    ln -sfn "$2" "$1.nuevo"
    mv -T "$1.nuevo" "$1"
    cambio "$1 → $2"
}

leer_instalacion() {
    [ -r "$CONFIGURACION/instalacion.conf" ] || return 1
    # shellcheck source=/dev/null
    . "$CONFIGURACION/instalacion.conf"
}

guardar_instalacion() {
    poner "$CONFIGURACION/instalacion.conf" 644 root:root <<FIN
# Lo que se decidió al instalar; lo leen deploy/actualizar, deploy/regresar y las unidades de systemd.
NOMBRE=$NOMBRE
CARPETA=$CARPETA
PUERTOS_WEB="$PUERTOS_WEB"
PUERTO_HTTP=$PUERTO_HTTP
PUERTO_HTTPS=$PUERTO_HTTPS
CON_SYSTEMD=$CON_SYSTEMD
CONSERVAR=$CONSERVAR
# Procesos del portal y peticiones que cada uno atiende a la vez (docs/operacion.md, «Dimensionar»).
PROCESOS=$PROCESOS
HILOS=$HILOS
FIN
}

# Una sola orden a la vez: dos actualizaciones encimadas dejarían el relevo a medias.
una_a_la_vez() {
    exec 9>/run/portal-instalacion.candado
    flock -n 9 || fallar "Otra instalación o actualización está en marcha. Espera a que termine."
}

# como_portal ORDEN…  Sin privilegios y con un entorno limpio: la configuración sale solo de .env.
como_portal() {
    setpriv --reuid "$CUENTA" --regid "$CUENTA" --init-groups -- \
        env -i PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 HOME="$CARPETA/var" PYTHONDONTWRITEBYTECODE=1 "$@" 9>&-
}

# administrar VERSION ORDEN…  manage.py de esa versión; administrar_con agrega una variable de entorno.
administrar() { administrar_con LC_ALL=C.UTF-8 "$@"; }

administrar_con() {
    local variable=$1 donde=$2
    shift 2
    (cd "$donde" && como_portal "$variable" .venv/bin/python manage.py "$@")
}
