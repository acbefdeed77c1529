# shellcheck shell=bash
# PostgreSQL: el servidor, el rol sin privilegios y la base.

# El primer servidor en marcha o, si no hay ninguno, uno nuevo. Deja su puerto en PUERTO_POSTGRES.
servidor_de_base() {
    local version grupo
    if [ -z "$(pg_lsclusters -h)" ]; then
        version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -rV | head -n 1)
        pg_createcluster ${PUERTO_POSTGRES:+-p "$PUERTO_POSTGRES"} --locale C.UTF-8 "$version" main >/dev/null
        cambio "servidor de PostgreSQL $version"
    fi
    read -r version grupo PUERTO_POSTGRES _ < <(pg_lsclusters -h | sort -rV | head -n 1)
    if ! pg_lsclusters -h "$version" "$grupo" | grep -qw online; then
        if [ "$CON_SYSTEMD" = 1 ]; then
            systemctl start "postgresql@$version-$grupo"
        else
            pg_ctlcluster "$version" "$grupo" start 9>&-
        fi
        cambio "PostgreSQL en marcha en el puerto $PUERTO_POSTGRES"
    fi
}

en_la_base() { (cd / && runuser -u postgres -- psql -X -q -t -A -v ON_ERROR_STOP=1 -p "$PUERTO_POSTGRES" "$@" 9>&-); }

# El rol no puede crear bases ni roles; solo es dueño de la suya.
base() {
    if [ "$(en_la_base -c "SELECT count(*) FROM pg_roles WHERE rolname = '$CUENTA'")" = 0 ]; then
        en_la_base -c "CREATE ROLE $CUENTA LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"
        cambio "rol $CUENTA"
    fi
    if [ "$(en_la_base -c "SELECT count(*) FROM pg_database WHERE datname = '$CUENTA'")" = 0 ]; then
        en_la_base -c "CREATE DATABASE $CUENTA OWNER $CUENTA TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        en_la_base -c "REVOKE ALL ON DATABASE $CUENTA FROM PUBLIC"
        cambio "base $CUENTA"
    fi
}

# La clave viaja por la entrada: en los argumentos la vería cualquiera con `ps`.
poner_clave_de_la_base() {
    printf "ALTER ROLE %s PASSWORD '%s';\n" "$CUENTA" "$1" | en_la_base -f -
}

# tablas VERSION  Las deja como esa versión las necesita. Sin nada pendiente no se escribe ni un renglón.
# Un cambio que espera a que otro suelte la tabla detiene a todos los que llegan detrás: espera poco y lo reintenta.
tablas() {
    ! administrar "$1" migrate --check >/dev/null 2>&1 || return 0
    for _ in 1 2 3 4 5 6; do
        if administrar_con "PGOPTIONS=-c lock_timeout=3s" "$1" migrate --noinput --verbosity 0; then
            administrar "$1" cargar_municipios >/dev/null
            cambio "tablas"
            return 0
        fi
        sleep 5
    done
    fallar "No se pudieron cambiar las tablas; arriba dice por qué. Si había una versión, sigue atendiendo."
}
