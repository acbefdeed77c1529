"""Conjunto `informes`: los informes trimestrales que se publicaron como anexo de un acta."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from municipios.conjuntos.columnas import DEL_ORGANO, TEMA, datos_del_organo, del_municipio
from municipios.estados import Apartado
from municipios.informes import publicados
from municipios.informes.presentar import se_tomo_nota
from municipios.informes.trimestres import Trimestre
from municipios.models import TextoDeInforme
from stl_portal.archivo.models import Archivo
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import POR_RENGLON, direccion, en_orden, filtros_de_organo, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor
from stl_portal.espanol import MESES

COLUMNAS = (
    identificador("al informe: la clave de su órgano y su número", "stm-leon-demo/informe-3"),
    *DEL_ORGANO,
    Columna(
        "organo_nombre",
        Tipo.TEXTO,
        "Nombre del órgano",
        "El que tenía el día de la sesión en que se presentó.",
        requerida=True,
    ),
    Columna(
        "municipio",
        Tipo.TEXTO,
        "Municipio",
        "Clave del INEGI del municipio del órgano; vacía si no es de un municipio.",
        ejemplo="11020",
    ),
    Columna(
        "numero", Tipo.ENTERO, "Número", "Cuál es desde que el órgano existe: empieza en 1.", requerida=True
    ),
    Columna("anio", Tipo.ENTERO, "Año", "Del trimestre que informa.", requerida=True),
    Columna(
        "trimestre",
        Tipo.ENTERO,
        "Trimestre",
        "Cuál del año: 1, de enero a marzo; 2, de abril a junio; 3, de julio a septiembre; 4, de octubre a"
        " diciembre.",
        requerida=True,
    ),
    Columna("desde", Tipo.FECHA, "Desde", "Primer día del trimestre.", requerida=True),
    Columna("hasta", Tipo.FECHA, "Hasta", "Último día del trimestre.", requerida=True),
    Columna("presentado_el", Tipo.FECHA, "Presentado el", "Día de la sesión.", requerida=True),
    Columna(
        "presentado_en", Tipo.TEXTO, "Qué pasó", "En qué sesión y punto se presentó y qué se resolvió.", True
    ),
    Columna("sesion", Tipo.LIGA, "Sesión", "Página de la sesión en que se presentó.", requerida=True),
    *(
        Columna(
            apartado.value,
            Tipo.TEXTO,
            apartado.label,
            "Lo que el informe dice de ello, mes por mes. Vacío si no dice nada o si se publicó con datos"
            " personales testados: entonces solo se lee en el PDF.",
        )
        for apartado in Apartado
    ),
    Columna(
        "testado",
        Tipo.SI_NO,
        "Se publicó testado",
        "Verdadero si del informe se publica una copia sin datos personales.",
        requerida=True,
    ),
    Columna("pdf", Tipo.LIGA, "PDF", "Dirección que descarga el informe.", requerida=True),
    Columna("huella", Tipo.TEXTO, "Huella del PDF", "SHA-256 de lo que se descarga.", requerida=True),
    direccion("del informe"),
)


def publicado() -> "QuerySet[Any]":
    """Los presentados cuyo anexo se publica hoy con el acta."""
    filas = publicados.publicados().select_related("anexo__punto")
    return filas.prefetch_related("textos", "anexo__sesion__puntos")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por informe; los archivos y los puntos se traen todos juntos."""
    archivos = Archivo.objects.in_bulk([informe.archivo_publico for informe in objetos])
    for informe in objetos:
        yield informe, en_orden(COLUMNAS, _datos(informe, archivos[informe.archivo_publico]))


def _datos(i: Any, archivo: Archivo) -> dict[str, Valor]:
    sesion, completo = i.anexo.sesion, publicados.se_lee_completo(i)
    return {
        "id": f"{i.organo.clave}/informe-{i.numero}",
        **datos_del_organo(i.organo),
        "organo_nombre": i.organo.denominacion(sesion.fecha).nombre,
        "municipio": i.organo.clave_municipio,
        **{campo: getattr(i, campo) for campo in ("numero", "anio", "trimestre", "desde")},
        "hasta": Trimestre(i.anio, i.trimestre).termina,
        "presentado_el": sesion.fecha,
        "presentado_en": se_tomo_nota(i),
        "sesion": liga(sesion.get_absolute_url()),
        **_por_apartado(i.textos.all() if completo else ()),
        "testado": not completo,
        "pdf": liga(reverse("archivo:descargar", args=(archivo.huella, archivo.nombre))),
        "huella": archivo.huella,
        "direccion": liga(publicados.url_de(i)),
    }


def _por_apartado(textos: Sequence[TextoDeInforme]) -> Mapping[str, str]:
    """«Julio: …» y, en otro renglón, «Agosto: …»; los meses sin texto no se mencionan."""
    return {
        apartado.value: POR_RENGLON.join(
            f"{MESES[t.mes - 1].capitalize()}: {t.texto}"
            for t in sorted(textos, key=lambda t: t.mes)
            if t.apartado == apartado and t.texto
        )
        for apartado in Apartado
    }


INFORMES = Conjunto(
    clave="informes",
    titulo="Informes trimestrales de los secretariados municipales",
    descripcion="Lo que cada secretariado municipal informó de tres meses, de los informes que se"
    " presentaron en sesión y se publicaron como anexo de su acta.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<organo__clave>{CLAVE})/informe-(?P<numero>{NUMERO})"),
    genera="Cada secretariado técnico municipal",
    tema=TEMA,
    una_fila="un informe trimestral que se presentó en sesión",
    cada_cuanto="R/P3M",
    filtros=(
        *filtros_de_organo("organo__"),
        del_municipio("organo__clave_municipio"),
        Filtro("anio", Tipo.ENTERO, "anio", "Año del trimestre."),
        Filtro("trimestre", Tipo.ENTERO, "trimestre", "Trimestre del año: 1 a 4."),
    ),
    palabras=("informes trimestrales", "municipios"),
    grafica=("organo", ""),
)
