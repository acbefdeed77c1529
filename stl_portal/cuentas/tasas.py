"""Cuántas veces se puede intentar cada cosa antes de un 429; la configuración las toma de aquí."""

# Una oficina entera sale por la misma dirección: se frena la cuenta que falla desde ella, no a sus vecinas;
# ni a la dueña, si quien falla lo hace desde otra parte. «login_de_todas» cuenta lo fallado en una cuenta
# desde donde sea: ninguna dirección sola lo agota.
# «seguir» es pedir avisos sin cuenta; cada buzón tiene además su propio límite (`avisos/seguidores.py`).
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "login_de_todas": "100/h/key",
    "seguir": "30/10m/ip",
    "invitacion": "60/10m/ip",
    "api": "600/10m/ip",
    "buscar": "300/10m/ip",
    "datos_xlsx": "120/10m/ip",
    "preguntar": "20/10m/ip",
    "postular": "60/10m/ip",
    "verificar_archivo": "60/10m/ip",
    "actas_zip": "20/10m/ip",
    "extractos_zip": "4/10m/ip",
    "convocatoria_pdf": "120/10m/ip",
    "verificar_codigo": "600/10m/ip",
}
