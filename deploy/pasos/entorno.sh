# shellcheck shell=bash
# El archivo .env: se escribe una vez, con secretos recién inventados, y nunca se vuelve a tocar.

secretos() {
    local archivo=$CARPETA/.env adicional=${1:-} clave puerto=""
    if [ -e "$archivo" ]; then
        if [ "$(stat -c '%a %U:%G' "$archivo")" != "600 $CUENTA:$CUENTA" ]; then
            chown "$CUENTA:$CUENTA" "$archivo"
            chmod 600 "$archivo"
            cambio "permisos de $archivo"
        fi
        return
    fi
    clave=$(openssl rand -hex 24)
    poner_clave_de_la_base "$clave"
    [ "$PUERTO_HTTPS" = 443 ] || puerto=:$PUERTO_HTTPS
    (
        umask 077
        cat <<FIN >"$archivo.nuevo"
# Configuración del portal (la tabla completa, en README.md). Guarda una copia fuera del servidor:
# sin SECRET_KEY se cierran las sesiones; sin BITACORA_CLAVE no se firman más puntos de control con la misma clave.
PRODUCCION=1
SECRET_KEY='$(openssl rand -base64 48 | tr '+/' '-_')'
BITACORA_CLAVE='$(openssl rand -base64 32)'
# Abre /metricas/ y el detalle de /salud/listo/ a quien vigila el portal (docs/observabilidad.md).
FICHA_DE_OPERACION='$(openssl rand -hex 24)'
DATABASE_URL='postgres://$CUENTA:$clave@127.0.0.1:$PUERTO_POSTGRES/$CUENTA'
ALLOWED_HOSTS=$NOMBRE
CSRF_TRUSTED_ORIGINS=https://$NOMBRE$puerto
SITIO=https://$NOMBRE$puerto
VAR=$CARPETA/var
# Relativa a cada versión: la anterior conserva los suyos mientras atiende y por si se regresa.
STATIC_ROOT=static_compilados
ENTREGA_INTERNA=/almacen/
FIN
        [ -z "$adicional" ] || { echo; cat "$adicional"; } >>"$archivo.nuevo"
    )
    chown "$CUENTA:$CUENTA" "$archivo.nuevo"
    mv "$archivo.nuevo" "$archivo"
    cambio "$archivo, con secretos nuevos (solo lo lee la cuenta $CUENTA)"
}
