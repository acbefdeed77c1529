# shellcheck shell=bash
# Encender, apagar y relevar los procesos del portal: con systemd o, en una prueba sin él, a mano.

unidades() {
    local una destino
    for una in "$1"/deploy/systemd/*; do
        destino=/etc/systemd/system/${una##*/}
        if [ -d "$una" ]; then # lo que se le agrega a una unidad
            for parte in "$una"/*; do
                sed "s#/srv/portal#$CARPETA#g" "$parte" | poner "$destino/${parte##*/}" 644 root:root
            done
        else
            sed "s#/srv/portal#$CARPETA#g" "$una" | poner "$destino" 644 root:root
        fi
    done
    [ "$CON_SYSTEMD" = 1 ] || return 0
    [ "$CAMBIOS" = 0 ] || systemctl daemon-reload
}

temporizadores() {
    local uno
    [ "$CON_SYSTEMD" = 1 ] || return 0
    for uno in "$1"/deploy/systemd/*.timer; do
        uno=${uno##*/}
        systemctl is-enabled --quiet "$uno" || { systemctl enable --quiet --now "$uno"; cambio "$uno encendido"; }
    done
}

# ---- web: portal-web@PUERTO; tareas: portal-tareas ----

vivo() {
    if [ "$CON_SYSTEMD" = 1 ]; then
        systemctl is-active --quiet "$1"
    else
        [ -f "/run/portal/$1.pid" ] && kill -0 "$(cat "/run/portal/$1.pid")" 2>/dev/null
    fi
}

# encender UNIDAD CARPETA ORDEN…  CARPETA y ORDEN solo cuentan sin systemd; con él, las dice la unidad.
encender() {
    local unidad=$1 donde=$2
    shift 2
    if [ "$CON_SYSTEMD" = 1 ]; then
        systemctl enable --quiet "$unidad"
        systemctl restart "$unidad"
        return
    fi
    install -d -m 755 /run/portal
    (
        cd "$donde" || exit
        exec setsid setpriv --reuid "$CUENTA" --regid "$CUENTA" --init-groups -- env -i PATH=/usr/local/bin:/usr/bin:/bin \
            LANG=C.UTF-8 HOME="$CARPETA/var" PYTHONDONTWRITEBYTECODE=1 PROCESOS="$PROCESOS" HILOS="$HILOS" "$@"
    ) >>"/var/log/portal/$unidad.log" 2>&1 </dev/null 9>&- &
    echo $! >"/run/portal/$unidad.pid"
}

# Con SIGTERM cada proceso termina lo que atiende; al minuto se le corta.
apagar() {
    local unidad=$1 proceso
    if [ "$CON_SYSTEMD" = 1 ]; then
        systemctl disable --quiet --now "$unidad"
        return
    fi
    vivo "$unidad" || return 0
    proceso=$(cat "/run/portal/$unidad.pid")
    kill -TERM "$proceso"
    for _ in $(seq 300); do
        kill -0 "$proceso" 2>/dev/null || break
        sleep 0.2
    done
    ! kill -0 "$proceso" 2>/dev/null || kill -KILL "$proceso"
    rm -f "/run/portal/$unidad.pid"
}

puerto_activo() { basename "$(readlink "$CARPETA/instancias/activa" 2>/dev/null || echo ninguno)"; }

otro_puerto() {
    local uno
    for uno in $PUERTOS_WEB; do [ "$uno" = "$(puerto_activo)" ] || { echo "$uno"; return; }; done
}

# contesta PUERTO RUTA  Pregunta como lo haría nginx; 200 o nada.
contesta() {
    python3 - "$1" "$2" "$NOMBRE" <<'PY'
import http.client
import sys

puerto, ruta, nombre = sys.argv[1:]
conexion = http.client.HTTPConnection("127.0.0.1", int(puerto), timeout=20)
cabeceras = {"Host": nombre, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
try:
    conexion.request("GET", ruta, headers=cabeceras)
    sys.exit(conexion.getresponse().status != 200)
except OSError:
    sys.exit(1)
PY
}

# encender_instancia PUERTO VERSION  Vuelve cuando ya contesta, con la portada compuesta; si no, la apaga y falla.
encender_instancia() {
    local puerto=$1 version=$2 unidad=portal-web@$1
    apuntar "$CARPETA/instancias/$puerto" "$version"
    encender "$unidad" "$version" ./deploy/web "$puerto"
    SECONDS=0
    while [ "$SECONDS" -lt 90 ]; do
        if contesta "$puerto" /salud/ && contesta "$puerto" /; then return 0; fi
        vivo "$unidad" || break
        sleep 0.5
    done
    decir "Esto dijo al arrancar:"
    if [ "$CON_SYSTEMD" = 1 ]; then
        journalctl --no-pager -n 15 -u "$unidad" >&2
    else
        tail -n 15 "/var/log/portal/$unidad.log" >&2
    fi
    apagar "$unidad"
    return 1
}

encender_tareas() {
    encender portal-tareas "$CARPETA/actual" .venv/bin/python manage.py db_worker
}

# relevar VERSION  La nueva arranca al lado, nginx le pasa las peticiones y la otra termina las suyas. Sin parada.
relevar() {
    local version=$1 viejo nuevo
    viejo=$(puerto_activo)
    nuevo=$(otro_puerto)
    paso "Encendiendo ${version##*/} en el puerto $nuevo"
    encender_instancia "$nuevo" "$version" ||
        fallar "La versión ${version##*/} no contesta. Nada cambió para quien visita: sigue atendiendo la anterior."
    pasar_a "$nuevo"
    apuntar "$CARPETA/instancias/activa" "$nuevo"
    apuntar "$CARPETA/anterior" "$(readlink "$CARPETA/actual")"
    apuntar "$CARPETA/actual" "$version"
    apagar portal-tareas
    encender_tareas
    paso "La del puerto $viejo termina lo que atiende"
    esperar_a_nginx
    apagar "portal-web@$viejo"
}
