# shellcheck shell=bash
# nginx y su certificado.

RELEVO=/etc/nginx/conf.d/portal-relevo.conf
SITIO_NGINX=/etc/nginx/sites-available/portal
TLS=/etc/ssl/portal

# Uno propio, para no quedarse sin HTTPS el primer día; el de la institución se copia encima y no se vuelve a tocar.
certificado() {
    [ ! -e "$TLS/llave.pem" ] || return 0
    install -d -m 755 "$TLS"
    (umask 077 && openssl req -x509 -newkey rsa:3072 -sha256 -nodes -days 397 -subj "/CN=$NOMBRE" \
        -addext "subjectAltName=DNS:$NOMBRE" -addext "basicConstraints=critical,CA:FALSE" \
        -keyout "$TLS/llave.pem" -out "$TLS/cadena.pem" 2>/dev/null)
    chmod 644 "$TLS/cadena.pem"
    cambio "certificado autofirmado para $NOMBRE en $TLS (cámbialo por el de la institución)"
}

relevo_hacia() {
    poner "$RELEVO" 644 root:root <<FIN
# Lo escriben deploy/actualizar y deploy/regresar: qué instancia atiende.
upstream portal { server 127.0.0.1:$1; keepalive 16; }
FIN
}

# deploy/nginx.conf con el nombre, las carpetas y los puertos de aquí; quién atiende va aparte, en RELEVO.
_sitio() {
    local con_puerto=""
    [ "$PUERTO_HTTPS" = 443 ] || con_puerto=":$PUERTO_HTTPS"
    sed -e "s/portal\.ejemplo\.mx/$NOMBRE/g" -e "s#/srv/portal/#$CARPETA/#g" -e '/^upstream portal /d' \
        -e "s/listen 80;/listen $PUERTO_HTTP;/" -e "s/listen 443 ssl/listen $PUERTO_HTTPS ssl/" \
        -e "s#https://\$host\$request_uri#https://\$host$con_puerto\$request_uri#" "$1/deploy/nginx.conf"
}

# Si alguien lo ajustó a mano se respeta, y lo nuevo queda al lado.
sitio() {
    local anotado=$CONFIGURACION/sitio.sha256
    if [ -e "$SITIO_NGINX" ] && ! sha256sum --quiet -c "$anotado" >/dev/null 2>&1; then
        _sitio "$1" | poner "$SITIO_NGINX.nuevo" 644 root:root
        decir "$SITIO_NGINX se cambió a mano y se respeta; el de esta versión está en $SITIO_NGINX.nuevo"
    else
        _sitio "$1" | poner "$SITIO_NGINX" 644 root:root
        sha256sum "$SITIO_NGINX" | poner "$anotado" 644 root:root
    fi
    apuntar /etc/nginx/sites-enabled/portal "$SITIO_NGINX"
    if [ -L /etc/nginx/sites-enabled/default ]; then
        rm /etc/nginx/sites-enabled/default
        cambio "se quitó el sitio de muestra de nginx"
    fi
}

nginx_vivo() { [ -s /run/nginx.pid ] && kill -0 "$(cat /run/nginx.pid)" 2>/dev/null; }

# nginx termina en los procesos viejos lo que ya atendía: recargar no corta a nadie.
recargar_nginx() {
    nginx -t -q || fallar "nginx no acepta la configuración; arriba dice por qué. Nada cambió para quien visita."
    if ! nginx_vivo; then
        if [ "$CON_SYSTEMD" = 1 ]; then systemctl enable --quiet --now nginx; else nginx 9>&-; fi
        cambio "nginx en marcha"
    else
        _viejos=$(cat "/proc/$(cat /run/nginx.pid)/task/$(cat /run/nginx.pid)/children")
        nginx -s reload
    fi
}

pasar_a() {
    local antes
    antes=$(cat "$RELEVO")
    relevo_hacia "$1"
    if ! nginx -t -q; then
        printf '%s\n' "$antes" >"$RELEVO"
        fallar "nginx no acepta el relevo. Nada cambió para quien visita."
    fi
    recargar_nginx
}

# Hasta que los procesos de nginx que conocían a la instancia anterior entreguen lo último, no más de un minuto.
esperar_a_nginx() {
    local uno
    for _ in $(seq 120); do
        for uno in ${_viejos:-}; do kill -0 "$uno" 2>/dev/null && { sleep 0.5; continue 2; }; done
        return 0
    done
}
