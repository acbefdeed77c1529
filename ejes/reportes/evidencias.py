"""Las evidencias de un reporte: se agregan, se usan varias veces, se sustituyen; nunca se sobrescriben."""

import datetime as dt
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ejes import permisos
from ejes.models import Accion, Evidencia, RenglonFormato, Reporte, UsoDeEvidencia
from ejes.reportes.guardar_reporte import exigir_abierto
from stl_portal.archivo.models import Archivo
from stl_portal.sello.canonico import canonico, huella
from stl_portal.versiones import VersionRancia

LARGO = 500
YA_NO_SE_LLAMA_DE_OTRO_MODO = (
    "Mientras escribías se envió: su título y lo que muestra ya no cambian. "
    "Abre otra vez esta página para decir qué respalda."
)
SIN_PUNTO = ("localhost", "localdomain")
RESERVADOS = (".localhost", ".local", ".internal", ".test", ".invalid", ".onion", ".lan", ".home.arpa")


@dataclass(frozen=True)
class Respaldo:
    """Qué respalda una evidencia: renglones y acciones; sin ninguno, todo el reporte."""

    renglones: tuple[RenglonFormato, ...] = ()
    acciones: tuple[Accion, ...] = ()

    def usos(self) -> list[dict[str, Any]]:
        """Lo que distingue a cada uso."""
        uno_por_uno = [{"renglon": r} for r in self.renglones] + [{"accion": a} for a in self.acciones]
        return uno_por_uno or [{"renglon": None, "accion": None}]


def revisar_liga(direccion: str) -> str:
    """La dirección, si puede publicarse: `https`, con un nombre público y sin datos de acceso.

    Solo mira cómo está escrita: el portal nunca la visita. Lanza `ValidationError`.
    """
    limpia = direccion.strip()
    partes = _partes(limpia)
    if partes.scheme != "https":
        raise ValidationError("La dirección debe empezar con https://.", code="liga")
    if "@" in partes.netloc:
        raise ValidationError("La dirección lleva un usuario o contraseña: quítalos.", code="liga")
    if not _es_publico((partes.hostname or "").rstrip(".")):
        raise ValidationError(
            "Esa dirección solo funciona dentro de una red. Usa una que cualquiera pueda abrir.", code="liga"
        )
    return limpia


def _partes(direccion: str) -> Any:
    """Lanza `ValidationError` si ni siquiera es una dirección."""
    if len(direccion) > LARGO:
        raise ValidationError(f"La dirección es demasiado larga: caben {LARGO} caracteres.", code="liga")
    if any(c.isspace() or ord(c) < 32 or c == "\\" for c in direccion):
        raise ValidationError("La dirección no lleva espacios ni diagonales invertidas.", code="liga")
    try:
        partes = urlsplit(direccion)
        partes.port  # noqa: B018  # leerlo comprueba que sea un número
    except ValueError:
        raise ValidationError("Esa dirección está mal escrita. Cópiala otra vez.", code="liga") from None
    return partes


def _es_publico(nombre: str) -> bool:
    """Si el nombre es de los que se resuelven fuera de una red privada."""
    try:
        return ipaddress.ip_address(nombre).is_global
    except ValueError:
        pass
    con_letras = not nombre.rpartition(".")[2].isdigit() and not nombre.startswith("0x")  # «127.1» es una IP
    return "." in nombre and con_letras and not nombre.endswith(RESERVADOS) and nombre not in SIN_PUNTO


def titulo_de(archivo: Archivo) -> str:
    """Un título que se puede leer, a partir del nombre con que se subió."""
    return PurePath(archivo.nombre).stem.replace("_", " ").strip()[:200] or archivo.nombre


def agregar(
    reporte: Reporte,
    respaldo: Respaldo,
    por: Any,
    cuando: dt.datetime,
    *,
    archivo: Archivo | None = None,
    liga: str = "",
    titulo: str = "",
) -> Evidencia:
    """La evidencia en el reporte; si la institución ya tenía ese archivo o esa liga, la misma.

    Lanza `TransicionInvalida` si el reporte ya se envió y `ValidationError`.
    """
    with transaction.atomic():
        exigir_abierto(reporte)
        evidencia = _la_misma(reporte, archivo, liga)
        if evidencia is None:
            evidencia = Evidencia(
                plan=reporte.eje.plan,
                asiento=reporte.asiento,
                titulo=titulo or (titulo_de(archivo) if archivo else urlsplit(liga).hostname or liga),
                archivo=archivo,
                liga=liga,
                subida_por=por,
                subida_el=cuando,
            )
            evidencia.full_clean(exclude=["subida_por"])
            evidencia.save()
        usar(reporte, evidencia, respaldo)
    return evidencia


def _la_misma(reporte: Reporte, archivo: Archivo | None, liga: str) -> Evidencia | None:
    propias = Evidencia.objects.vigentes().filter(plan=reporte.eje.plan_id, asiento=reporte.asiento_id)
    return propias.filter(archivo=archivo, liga=liga).last()


def usar(reporte: Reporte, evidencia: Evidencia, respaldo: Respaldo) -> None:
    """Agrega lo que la evidencia respalda; lo que ya respaldaba sigue. Lanza `ValidationError`."""
    with transaction.atomic():
        exigir_abierto(reporte)
        for cosa in respaldo.usos():
            uso = UsoDeEvidencia(evidencia=evidencia, reporte=reporte, **cosa)
            uso.clean()
            UsoDeEvidencia.objects.get_or_create(
                evidencia=evidencia,
                reporte=reporte,
                renglon=cosa.get("renglon"),
                accion=cosa.get("accion"),
            )


def sustituir(
    reporte: Reporte,
    vieja: Evidencia,
    por: Any,
    cuando: dt.datetime,
    *,
    archivo: Archivo | None = None,
    liga: str = "",
) -> Evidencia:
    """Otra en lugar de `vieja`, que se conserva; respalda aquí lo mismo. Lanza `ValidationError`."""
    with transaction.atomic():
        exigir_abierto(reporte)
        if Evidencia.objects.filter(sustituye=vieja).exists():
            raise ValidationError("Esa evidencia ya se sustituyó por otra.", code="estado")
        if (vieja.archivo_id, vieja.liga) == (archivo.pk if archivo else None, liga):
            raise ValidationError("Es la misma que ya estaba.", code="igual")
        nueva = Evidencia(
            plan=vieja.plan,
            asiento=vieja.asiento,
            titulo=vieja.titulo,
            descripcion=vieja.descripcion,
            archivo=archivo,
            liga=liga,
            sustituye=vieja,
            subida_por=por,
            subida_el=cuando,
        )
        nueva.full_clean(exclude=["subida_por"])
        nueva.save()
        reporte.usos.filter(evidencia=vieja).update(evidencia=nueva)
    return nueva


def huella_de(evidencia: Evidencia, usos: Iterable[UsoDeEvidencia]) -> str:
    """Resumen de lo que una página puede cambiar de ella: sus textos y lo que respalda en un reporte."""
    respalda = sorted([uso.renglon_id or 0, uso.accion_id or 0] for uso in usos)
    return huella(canonico([evidencia.titulo, evidencia.descripcion, respalda]))


def describir(
    reporte: Reporte, evidencia: Evidencia, leida: str, respaldo: Respaldo, textos: dict[str, str]
) -> None:
    """Cambia lo que respalda en este reporte y, si nunca se envió, sus `textos` (título y descripción).

    `leida` es la `huella_de` lo que se tenía a la vista. Lanza `VersionRancia` si alguien guardó otra
    cosa mientras tanto, `TransicionInvalida` si el reporte ya se envió y `ValidationError`.
    """
    with transaction.atomic():
        exigir_abierto(reporte)
        actual = _apartar(evidencia)
        cambian = {campo: dicho for campo, dicho in textos.items() if getattr(actual, campo) != dicho}
        usos = list(reporte.usos.filter(evidencia=actual).select_related("renglon", "accion"))
        if not cambian and _los_mismos(usos, respaldo):
            return  # nada que cambiar, o se repite lo que ya se guardó
        if huella_de(actual, usos) != leida:
            raise VersionRancia(actual)
        if cambian and actual.entregas.exists():
            raise ValidationError(YA_NO_SE_LLAMA_DE_OTRO_MODO, code="estado")
        reporte.usos.filter(evidencia=actual).delete()
        usar(reporte, actual, respaldo)
        Evidencia.objects.filter(pk=actual.pk).update(**textos)


def _los_mismos(usos: Iterable[UsoDeEvidencia], respaldo: Respaldo) -> bool:
    pide = {(uso.get("renglon"), uso.get("accion")) for uso in respaldo.usos()}
    return {(uso.renglon, uso.accion) for uso in usos} == pide


def _apartar(evidencia: Evidencia) -> Evidencia:
    """La evidencia como está, bloqueada: otro reporte podría estarla usando. Lanza `ValidationError`."""
    actual = Evidencia.objects.select_for_update().filter(pk=evidencia.pk).first()
    if actual is None:
        raise ValidationError("Esa evidencia ya se quitó.", code="estado")
    return actual


def se_puede_quitar(reporte: Reporte, evidencia: Evidencia) -> bool:
    """Solo lo que nunca se envió en este reporte."""
    return not evidencia.entregas.filter(reporte=reporte).exists()


def quitar(reporte: Reporte, evidencia: Evidencia) -> None:
    """La saca del reporte; si nunca se envió y nadie más la usa ni la sustituyó, deja de existir.

    Si sustituía a otra, la otra vuelve a su lugar. Lanza `ValidationError` si ya se envió.
    """
    with transaction.atomic():
        exigir_abierto(reporte)
        _apartar(evidencia)
        if not se_puede_quitar(reporte, evidencia):
            raise ValidationError(
                "Esta evidencia ya se envió: queda en la historia. Puedes sustituirla.", code="estado"
            )
        usos = reporte.usos.filter(evidencia=evidencia)
        if not _sirve_en_otra_parte(reporte, evidencia):
            if evidencia.sustituye:
                usos.update(evidencia=evidencia.sustituye)
            evidencia.delete()
        else:
            usos.delete()


def _sirve_en_otra_parte(reporte: Reporte, evidencia: Evidencia) -> bool:
    """Si otro reporte la usa o la envió, o si otra evidencia la sustituye y por eso se conserva."""
    return (
        evidencia.usos.exclude(reporte=reporte).exists()
        or evidencia.entregas.exists()
        or Evidencia.objects.filter(sustituye=evidencia).exists()
    )


def de_antes(reporte: Reporte) -> QuerySet[Evidencia]:
    """Las de la misma institución en el plan que este reporte todavía no usa."""
    propias = Evidencia.objects.vigentes().filter(plan=reporte.eje.plan_id, asiento=reporte.asiento_id)
    return propias.exclude(usos__reporte=reporte).select_related("archivo").order_by("-subida_el", "-pk")


def del_reporte(reporte: Reporte) -> list[tuple[Evidencia, list[UsoDeEvidencia]]]:
    """Cada evidencia del reporte con lo que respalda, en el orden en que se subieron. Consultas fijas."""
    usos = reporte.usos.select_related("renglon", "accion__compromiso__eje")
    filas = Evidencia.objects.filter(usos__reporte=reporte).distinct()
    con_todo = filas.select_related("archivo", "sustituye", "subida_por").prefetch_related("dictamenes")
    return [(e, [u for u in usos if u.evidencia_id == e.pk]) for e in con_todo.order_by("subida_el", "pk")]


def ya_enviadas(reporte: Reporte) -> set[int]:
    """Las que fueron en algún envío de este reporte: se sustituyen, pero ya no se quitan."""
    return set(Evidencia.objects.filter(entregas__reporte=reporte).values_list("pk", flat=True))


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """La publicada, cualquiera; lo demás, quien prepara y, desde que se envió, quien revisa o audita."""
    return Evidencia.objects.filter(archivo=archivo).publicadas().exists() or lee_por_dentro(usuario, archivo)


def lee_por_dentro(usuario: Any, archivo: Archivo) -> bool:
    """Quien prepara, revisa o audita: a quien se entrega el original aunque ya se haya publicado."""
    if not usuario.is_authenticated:
        return False
    filas, hoy = Evidencia.objects.filter(archivo=archivo), timezone.localdate()
    con_organo = filas.select_related("asiento__organo__padre").prefetch_related("entregas")
    return any(_es_suya(usuario, fila, hoy) for fila in con_organo)


def _es_suya(usuario: Any, evidencia: Evidencia, hoy: dt.date) -> bool:
    if permisos.prepara(usuario, evidencia.asiento, hoy):
        return True
    return bool(evidencia.entregas.all()) and permisos.audita_asiento(usuario, evidencia.asiento, hoy)


def respaldo_de(reporte: Reporte, claves: Iterable[str], filas: Iterable[Any]) -> Respaldo:
    """Lo que dicen las casillas marcadas («r3», «a12»), entre las filas del reporte."""
    marcadas = set(claves)
    elegidas = [fila for fila in filas if fila.clave in marcadas]
    return Respaldo(
        tuple(f.renglon for f in elegidas if hasattr(f, "renglon")),
        tuple(f.accion for f in elegidas if hasattr(f, "accion")),
    )
