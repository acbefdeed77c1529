"""Configuración única del portal: el entorno decide, nada se duplica por ambiente.

Sin variables, el portal arranca en modo de desarrollo con SQLite dentro de `var/`.
Con `PRODUCCION=1` no hay valores por omisión para los secretos: si falta uno, se niega a
arrancar y dice cuál.
"""

import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from stl_portal import conexiones, secretos
from stl_portal.archivo.ajustes import del_entorno as almacen_del_entorno
from stl_portal.cabeceras import sin_marco
from stl_portal.cuentas.formas import ACCOUNT_FORMS, MFA_FORMS  # noqa: F401  # las lee allauth
from stl_portal.cuentas.tasas import ACCOUNT_RATE_LIMITS  # noqa: F401  # la lee allauth
from stl_portal.observa.ajustes import ficha_valida, salida
from stl_portal.publico.identidad import del_entorno
from stl_portal.respaldo.ajustes import del_entorno as ajustes_de_respaldo

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

PRODUCCION = env.bool("PRODUCCION", default=False)
# La demostración muestra personas ficticias y la página /estilo/; nunca en producción.
DEMO = env.bool("DEMO", default=not PRODUCCION) and not PRODUCCION
DEBUG = env.bool("DEBUG", default=False) and not PRODUCCION
VAR = Path(env.str("VAR", default=str(BASE_DIR / "var")))

if PRODUCCION and (objeciones := secretos.objeciones(os.environ) + conexiones.objeciones(os.environ)):
    raise ImproperlyConfigured(f"El portal no arranca: {'; '.join(objeciones)}.")

SECRET_KEY = env.str("SECRET_KEY", default="") or secretos.DE_DESARROLLO
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Dirección pública del portal para las ligas que viajan en correos y documentos.
SITIO = env.str("SITIO", default="http://127.0.0.1:8000")
# A quién se avisa de una falla de seguridad («mailto:…» o «https://…»); lo dice /.well-known/security.txt.
CONTACTO_DE_SEGURIDAD = env.str("CONTACTO_DE_SEGURIDAD", default="")
# Quién opera el portal: el pie, los avisos de privacidad y la declaración de accesibilidad salen de aquí.
IDENTIDAD = del_entorno(env)

INSTALLED_APPS = [
    "stl_portal",
    "stl_portal.cuentas",
    "stl_portal.archivo",
    "stl_portal.documentos",
    "stl_portal.avisos",
    "stl_portal.sello",
    "stl_portal.observa",
    "stl_portal.publico",
    "stl_portal.buscador",
    "sesiones",
    "sesiones.certamenes",
    "sesiones.eventos",
    "sesiones.historicas",
    "ejes",
    "municipios",
    # Después de las aplicaciones: lo suyo se muestra al final.
    "stl_portal.participacion",
    "stl_portal.exportacion",
    "stl_portal.datos",
    "stl_portal.gestion",
    "stl_portal.formatos",
    "stl_portal.informe_anual",
    "stl_portal.textos",
    "stl_portal.traspaso",
    "stl_portal.respaldo",
    "stl_portal.auditoria",
    "unfold.apps.BasicAppConfig",  # sus plantillas van antes que las de django.contrib.admin
    "django.contrib.admin.apps.SimpleAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "stl_portal.terceros.Estaticos",  # django.contrib.staticfiles
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "stl_portal.publico.paginas_guardadas.PaginasGuardadas",
    "stl_portal.observa.anotar.Anotar",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "stl_portal.cabeceras.Cabeceras",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stl_portal.textos.peticion.EdicionSabida",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "stl_portal.cuentas.peticion.SesionViva",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stl_portal.errores.ErroresDelDominio",
]

ROOT_URLCONF = "stl_portal.urls"
WSGI_APPLICATION = "stl_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stl_portal.publico.contexto.portal",
            ],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'portal.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR.mkdir(parents=True, exist_ok=True)
    # Las pruebas usan un archivo (la base en memoria no admite hilos que escriben a la vez) propio
    # de cada proceso, para que dos corridas no se estorben.
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.gettempdir()}/stl-pruebas-{os.getpid()}.sqlite3"}
    # WAL + FULL: lectores sin bloqueo y ninguna escritura confirmada se pierde con un apagón.
    # recursive_triggers: que REPLACE dispare también las guardas de borrado.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
    if sqlite3.sqlite_version_info < (3, 37):
        raise ImproperlyConfigured("Se necesita SQLite 3.37 o posterior.")
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Conexiones que cada proceso conserva y reparte entre sus hilos. Esperas cortas: con tantas como hilos,
    # quien no alcanza es porque la base no contesta; se le dice pronto, y en cuanto vuelve se reconecta.
    DB_POOL = env.int("DB_POOL", default=4 if PRODUCCION else 0)
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = DB_POOL > 0 and {
        "min_size": 1,
        "max_size": DB_POOL,
        "timeout": 2,
        "reconnect_timeout": 1,
    }

# Abrir una conexión cuesta más que leer la edición de lo público, que es lo que pide una página guardada.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
if DATABASES["default"]["OPTIONS"].get("pool"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # ya las conserva el fondo común

# Bytes de cada proceso para páginas públicas ya compuestas (publico/paginas_guardadas.py); 0, ninguna.
PAGINAS_EN_MEMORIA = env.int("PAGINAS_EN_MEMORIA", default=32 * 1024 * 1024)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# En producción hay varios procesos, y los límites de intentos se cuentan entre todos: en la base de datos.
CACHES = {
    "default": env.cache_url(
        "CACHE_URL", default="dbcache://cache_del_portal?max_entries=5000" if PRODUCCION else "locmemcache://"
    )
}

AUTH_USER_MODEL = "cuentas.Usuario"
AUTHENTICATION_BACKENDS = ["stl_portal.cuentas.entrada.ConEdicion"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"stl_portal.cuentas.contrasenas.{regla}"}
    for regla in ("Distinta", "Larga", "PocoComun", "NoDelPortal")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mi"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "stl_portal.cuentas.adaptador.MembresiaCerrada"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "inicio"
ACCOUNT_SESSION_REMEMBER = True
# Al cambiar la contraseña o el segundo factor, la cuenta recibe un correo.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Para sellar, publicar o administrar: cuánto vale haberse identificado con el segundo factor.
REIDENTIFICACION_MINUTOS = env.int("REIDENTIFICACION_MINUTOS", default=15)
ACCOUNT_REAUTHENTICATION_TIMEOUT = REIDENTIFICACION_MINUTOS * 60
# Segundo paso: llave de acceso o código de una aplicación, con un paso de tiempo de tolerancia para relojes
# desajustados.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "stl_portal.cuentas.segundo_factor.DosPasos"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Las cuentas y sus correos los da de alta la administración: no hay correos por confirmar.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCCION else "http"

# Lo más que dura una entrada y, a quien sella, publica o administra, cuánto sin actividad
# (cuentas/limites_de_sesion.py). La galleta vive lo mismo: SESSION_COOKIE_AGE solo la acorta.
SESION_TOPE_HORAS = max(1, env.int("SESION_TOPE_HORAS", default=12))
SESION_INACTIVIDAD_MINUTOS = max(1, env.int("SESION_INACTIVIDAD_MINUTOS", default=30))
INVITACION_HORAS = env.int("INVITACION_HORAS", default=72)  # lo que vale la liga de una invitación
SESSION_ENGINE = "stl_portal.cuentas.sesion"
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=SESION_TOPE_HORAS * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # el autoguardado lee la ficha para enviarla en la cabecera
MESSAGE_STORAGE = "stl_portal.galletas.Mensajes"
CSRF_FAILURE_VIEW = "stl_portal.publico.errores.falta_csrf"

LANGUAGE_CODE = "es-mx"
TIME_ZONE = "America/Mexico_City"

STATIC_URL = "/static/"
# De terceros solo se publica lo que el navegador usa; lo instala .ci/preparar con npm, fuera del repositorio.
DE_TERCEROS = ("node-forge/dist", "tus-js-client/dist", "js-sha256/build")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *(("terceros", BASE_DIR / "node_modules" / carpeta) for carpeta in DE_TERCEROS),
]
STATIC_ROOT = BASE_DIR / env.str("STATIC_ROOT", default=str(VAR / "static"))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR / "archivos")))
# Con nginx enfrente (deploy/nginx.conf), él envía los archivos privados desde esta dirección interna; los
# que están en S3 solo los puede enviar el portal.
ENTREGA_INTERNA = "" if secretos.con_s3(os.environ) else env.str("ENTREGA_INTERNA", default="")
STORAGES = {
    "default": almacen_del_entorno(os.environ),
    "staticfiles": {
        "BACKEND": "stl_portal.estaticos.ConModulos"
        if not DEBUG and env.bool("ESTATICOS_COMPILADOS", default=PRODUCCION)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env.bool("ESTATICOS_COMPILADOS", default=PRODUCCION)
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ADD_HEADERS_FUNCTION = sin_marco

# Lo que cabe en un acta y sus formularios; más se rechaza con una frase (413), nunca con un 500.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
TEXTO_MAXIMO = 200_000  # caracteres en un solo desahogo
ARCHIVO_MAXIMO = 25 * 1024 * 1024  # bytes por anexo
# Lo que se sube en partes (archivo/subidas.py), en bytes: el video más grande, lo que una cuenta puede
# tener a medias y lo que en el disco siempre debe quedar libre.
SUBIDA_MAXIMA = env.int("SUBIDA_MAXIMA", default=2 * 1024**3)
SUBIDAS_ABIERTAS = 40  # por cuenta
SUBIDAS_A_MEDIAS = 2 * SUBIDA_MAXIMA
ANTIVIRUS_SOCKET = env.str("ANTIVIRUS_SOCKET", default="")  # vacío, no hay (archivo/antivirus.py)
DISCO_LIBRE = env.int("DISCO_LIBRE", default=1024**3)
FILE_UPLOAD_HANDLERS = ["stl_portal.archivo.recepcion.ConTope"]

# Participación: días hábiles para responder si el órgano no fija los suyos, y días naturales que se guarda
# el correo de quien preguntó después de responderle, rechazarla o retirarla.
PREGUNTAS_DIAS = env.int("PREGUNTAS_DIAS", default=10)
PREGUNTAS_GUARDAR_CORREO = env.int("PREGUNTAS_GUARDAR_CORREO", default=30)

EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.smtp.EmailBackend"
    if PRODUCCION
    else "django.core.mail.backends.filebased.EmailBackend",
)
EMAIL_FILE_PATH = str(VAR / "correo")
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)
DEFAULT_FROM_EMAIL = env.str("CORREO_REMITENTE", default="portal@localhost")
RESUMEN_HORA = env.int("RESUMEN_HORA", default=8)  # hora local del resumen diario de los avisos
if RESUMEN_HORA not in range(24):
    raise ImproperlyConfigured("RESUMEN_HORA va de 0 a 23.")
# En producción nadie espera al servidor de correo: los avisos los toma `enviar_avisos` cada minuto.
AVISOS_AL_MOMENTO = env.bool("AVISOS_AL_MOMENTO", default=not PRODUCCION)

# Lo largo (importar miles de renglones) se hace al momento o lo toma de la base `manage.py db_worker`.
TAREAS_AL_MOMENTO = env.bool("TAREAS_AL_MOMENTO", default=not PRODUCCION)
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TAREAS_AL_MOMENTO
        else "django_tasks_db.DatabaseBackend"
    }
}

# Con qué sella el órgano (PKCS#12 y su clave) y, optativo, quién da estampas de tiempo (RFC 3161).
SELLO_PKCS12 = env.str("SELLO_PKCS12", default="")
SELLO_CLAVE = env.str("SELLO_CLAVE", default="")
TSA_URL = env.str("TSA_URL", default="")
TSA_ESPERA = env.float("TSA_ESPERA", default=5.0)  # segundos en total

# Semilla Ed25519 (32 bytes en base64) con que se firman los puntos de control del registro público.
BITACORA_CLAVE = env.str("BITACORA_CLAVE", default="")

RESPALDO = ajustes_de_respaldo(env, VAR)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCCION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Sin esto, para los límites de intentos todo el mundo sería la misma dirección: la del proxy.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sesion"
    CSRF_COOKIE_NAME = "__Host-csrf"

# Qué se mira del portal en marcha (docs/observabilidad.md); sin ficha, ni hay cifras ni se llevan.
FICHA_DE_OPERACION = ficha_valida(env.str("FICHA_DE_OPERACION", default=""))
REDES_INTERNAS = env.list("REDES_INTERNAS", default=["127.0.0.0/8", "::1/128"])
METRICAS_DIR = Path(env.str("METRICAS_DIR", default=str(VAR / "metricas")))
REZAGO_MAXIMO = env.int("REZAGO_MAXIMO", default=900)  # segundos que algo puede esperar en una cola
CONSULTA_LENTA_MS = env.int("CONSULTA_LENTA_MS", default=500)  # 0, ninguna se anota
REGISTRO_DE_PETICIONES = env.bool("REGISTRO_DE_PETICIONES", default=PRODUCCION)
LOGGING = salida(PRODUCCION, env.str("NIVEL_REGISTRO", default="WARNING"), REGISTRO_DE_PETICIONES)
