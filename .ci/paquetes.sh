# shellcheck shell=bash
# Funciones para instalar paquetes de Debian solo cuando hacen falta. Se incluye con `source`.

decir() { printf '%s\n' "$*" >&2; }
fallar() { decir ""; decir "✗ $*"; exit 1; }

# Cómo obtener permisos: vacío si ya se es root; «sudo» si puede usarse; falla si no hay manera.
_permisos() {
    if [ "$(id -u)" -eq 0 ]; then return 0; fi
    command -v sudo >/dev/null 2>&1 || return 1
    if sudo -n true 2>/dev/null; then echo "sudo -n"; return 0; fi
    [ -t 0 ] && echo sudo
}

# RUNLEVEL=1: lo que traiga un servicio (nginx) se instala sin encenderlo.
# instalar_paquetes MOTIVO PAQUETE…  Instala con apt o se detiene con la orden exacta que falta dar.
instalar_paquetes() {
    local motivo=$1 permisos bitacora
    shift
    command -v apt-get >/dev/null 2>&1 ||
        fallar "Falta instalar $motivo y esta máquina no usa apt. Busca aquí lo equivalente a: $*"
    permisos=$(_permisos) ||
        fallar "Falta instalar $motivo. Pide a quien administra la máquina que ejecute:
    apt-get update && apt-get install -y --no-install-recommends $*"
    decir "• Instalando $motivo: $*"
    bitacora=$(mktemp)
    if ! { $permisos apt-get update &&
        $permisos env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
            apt-get install -y --no-install-recommends "$@"; } </dev/null >"$bitacora" 2>&1; then
        tail -n 5 "$bitacora" >&2
        rm -f "$bitacora"
        fallar "No se pudo instalar $motivo (¿hay red?). Cuando la haya, ejecuta:
    ${permisos:+sudo }apt-get update && ${permisos:+sudo }apt-get install -y --no-install-recommends $*"
    fi
    rm -f "$bitacora"
}
