"""Una persona nueva captura una sesión completa en la mesa, a mano, con lo que dice el documento.

Lee los mismos archivos de hechos que la demostración, pero solo usa la pantalla: escribe en campos,
elige en listas y presiona botones por su nombre visible.
"""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from sesiones.estados import Resultado, TipoMovimiento
from sesiones.numeracion import ordinal_acuerdo

from .pantalla import Pantalla

RESULTADOS = {r.value: str(r.label) for r in Resultado}


class Grabadora(Pantalla):
    """La facilitadora frente a la mesa; `datos` es el archivo de la sesión y `padron` el del órgano."""

    def __init__(self, page: Page, raiz: str, datos: dict[str, Any], padron: dict[str, Any]) -> None:
        """Indexa los archivos por clave; no toca la base."""
        super().__init__(page, raiz)
        self.datos = datos
        self.personas = {p["clave"]: p for p in padron["persona"]}
        self.asientos = {a["clave"]: a for a in padron["asiento"]}
        self.instituciones = {i["clave"]: i for i in padron["institucion"]}
        self.oficios = {o["clave"]: o for o in padron["oficio"]}
        self.suplencias = {s["clave"]: s for s in padron["suplencia"]}
        self.padron = padron
        self.titulos = {p["clave"]: p["titulo"] for p in datos["punto"]}

    def programar(self) -> None:
        """Crea la sesión con el número y los datos del documento."""
        de_la_sesion = self.datos["sesion"]
        self.page.goto(f"{self.raiz}/mesa/{de_la_sesion['organo']}/nueva/")
        campos = (
            "tipo",
            "numero",
            "designacion",
            "fecha",
            "hora",
            "modalidad",
            "lugar",
            "domicilio",
            "objetivo",
        )
        self.llenar(self.page.locator("main form"), {c: de_la_sesion.get(c) for c in campos})
        self.presionar(self.page.get_by_role("button", name="Crear la sesión"))

    def armar_orden(self) -> None:
        """Borra lo que propuso la plantilla y escribe el orden del día conocido antes de empezar."""
        self.ir("Orden del día")
        while self.page.locator(".agenda__punto").count():
            self.page.locator(".agenda__punto").last.get_by_role("button", name="Borrar").click()
            self.presionar(self.page.get_by_role("button", name="Borrar el punto"))
        for ficha in self.datos["punto"]:
            if not ficha.get("en_sesion"):
                self._agregar_punto(ficha)

    def _agregar_punto(self, ficha: dict[str, Any]) -> None:
        """Un punto al final de su nivel."""
        marco = self.page.locator("section", has=self.page.get_by_role("heading", name="Agregar un punto"))
        campos = {
            "titulo": ficha["titulo"],
            "tipo": ficha["tipo"],
            "propuesto_por": ficha.get("propuesto_por"),
        }
        campos["refiere_literal"] = ficha.get("refiere")
        if "padre" in ficha:
            campos["padre"] = self.titulos[ficha["padre"]]
        self.llenar(marco, campos)
        self.presionar(marco.get_by_role("button", name="Agregar el punto"))

    def pasar_lista(self) -> None:
        """Un toque por asiento, las invitadas y cómo se escribe cada quien ese día."""
        self.ir("Asistencia")
        for ficha in self.datos["asistencia"]:
            self._tocar(ficha)
        for ficha in self.datos["asistencia"]:
            if "tratamiento" in ficha:
                self._corregir_tratamiento(ficha)
        for ficha in self.datos.get("invitacion", []):
            self._invitar(ficha)

    def _institucion(self, asiento: str) -> str:
        """Nombre de la institución que ocupa el asiento."""
        clave = self.asientos[asiento].get("institucion", asiento)
        return str(self.instituciones[clave]["nombre"])

    def _fila(self, asiento: str) -> Locator:
        """El renglón del asiento."""
        nombre = self._institucion(asiento)
        return self.page.locator(".fila-asiento", has=self.page.locator("strong", has_text=nombre)).first

    def _tocar(self, ficha: dict[str, Any]) -> None:
        """El botón de quien acudió, o el de la ausencia."""
        fila = self._fila(ficha["asiento"])
        if ficha["estado"] == "presente":
            boton = fila.locator("button", has_text="Titular")
            if "suplencia" in ficha:
                persona = self.suplencias[ficha["suplencia"]]["persona"]
                boton = fila.locator("button", has_text=self.personas[persona]["nombre"])
        else:
            boton = fila.locator(
                "button", has_text="Justificada" if ficha["estado"] == "justificada" else "Ausente"
            )
        self.presionar(boton)
        expect(fila.locator("button[aria-pressed=true]")).to_have_count(1)

    def _corregir_tratamiento(self, ficha: dict[str, Any]) -> None:
        """Cambia «Lic.» por «C.» si así lo dice ese documento."""
        liga = self._fila(ficha["asiento"]).get_by_role("link", name="Cómo se escribe")
        if liga.count() == 0 or ficha["tratamiento"] in liga.inner_text():
            return
        self.presionar(liga)
        self.llenar(self.page.locator(".mesa__centro form"), {"tratamiento": ficha["tratamiento"]})
        self.presionar(self.page.get_by_role("button", name="Guardar"))

    def _invitar(self, ficha: dict[str, Any]) -> None:
        """Invitada, ponente o acompañante, escrita a mano."""
        persona = self.personas[ficha["persona"]]
        marco = self.abrir(self.page.locator("section", has=self.page.locator("#t-inv")), "Agregar a alguien")
        campos = {"nombre_completo": persona["nombre"], "apellidos": persona.get("apellidos")}
        campos["tratamiento"] = ficha.get("tratamiento", persona.get("tratamiento"))
        campos |= {c: ficha.get(c) for c in ("cargo", "institucion")}
        campos["calidad"] = ficha["calidad"] if ficha["calidad"] in ("invitada", "ponente") else "acompana"
        if "asiento" in ficha:
            campos["asiento"] = self._institucion(ficha["asiento"])
        self.llenar(marco, campos)
        self.presionar(marco.get_by_role("button", name="Agregar"))

    def declarar(self) -> None:
        """Declara el quórum a su hora y agrega lo que se propuso en la sesión."""
        marco = self.page.locator("section", has=self.page.locator("#t-quorum"))
        self.llenar(marco, {"hora": self.datos["quorum"]["hora"]})
        self.presionar(marco.get_by_role("button", name="Declarar quórum"))
        self.ir("Orden del día")
        for ficha in self.datos["punto"]:
            if ficha.get("en_sesion"):
                self._agregar_punto(ficha)
                self._subir(ficha)

    def _subir(self, ficha: dict[str, Any]) -> None:
        """Sube el punto recién agregado hasta su lugar entre sus hermanos."""
        hermanos = [p for p in self.datos["punto"] if p.get("padre") == ficha.get("padre")]
        lugar = next(i for i, p in enumerate(hermanos) if p["clave"] == ficha["clave"])
        despues = [p for p in hermanos[lugar + 1 :] if not p.get("en_sesion")]
        for _ in despues:
            punto = self.page.locator(".agenda__punto", has_text=ficha["titulo"][:80]).first
            self.presionar(punto.get_by_role("button", name="Subir"))

    def desahogar(self) -> None:
        """Recorre los puntos: acuerdos y llegadas antes que los votos, porque de ellos salen."""
        self.ir("Desahogo")
        for seccion, accion in (
            ("acuerdo", self._acordar),
            ("movimiento", self._llegar),
            ("votacion", self._votar),
            ("intervencion", self._intervenir),
            ("plazo", self._fijar_plazo),
            ("anexo", self._anexar),
            ("punto", self._resolver),
        ):
            for ficha in self.datos.get(seccion, []):
                accion(ficha)

    def _ir_al_punto(self, clave: str) -> None:
        """Salta al punto con la lista de puntos."""
        titulo = self.titulos[clave]
        encabezado = self.page.locator("#t-punto")
        if encabezado.count() and titulo in encabezado.inner_text():
            return
        if not encabezado.count():
            self.ir("Desahogo")
        self.page.locator(".indice-puntos summary").click()
        self.seguir(self.page.locator(".indice-puntos").get_by_role("link", name=titulo, exact=True))
        expect(encabezado).to_contain_text(titulo)

    def _seccion(self, ancla: str) -> Locator:
        """Una sección del punto por su encabezado."""
        return self.page.locator(".punto__seccion", has=self.page.locator(f"#{ancla}"))

    def _agregar_en(self, ancla: str, detalle: str, boton: str, campos: dict[str, Any]) -> None:
        """Abre la forma plegada de la sección, la llena y la envía."""
        marco = self.abrir(self._seccion(ancla), detalle)
        self.llenar(marco, campos)
        self.presionar(marco.get_by_role("button", name=boton))

    def _acordar(self, ficha: dict[str, Any]) -> None:
        """Un acuerdo en su punto; su número lo da la mesa."""
        self._ir_al_punto(ficha["punto"])
        campos = {"texto": ficha["texto"], "responsable": ficha.get("responsable")}
        marco = self.abrir(self._seccion("acuerdos"), "Agregar un acuerdo")
        self.llenar(marco, campos)
        for clave in ficha.get("suplencias", []):
            marco.get_by_label(self.personas[self.suplencias[clave]["persona"]]["nombre"]).check()
        self.presionar(marco.get_by_role("button", name="Agregar el acuerdo"))
        expect(self.page.locator(f"#acuerdo-{ficha['numero']}")).to_be_visible()

    def _llegar(self, ficha: dict[str, Any]) -> None:
        """Alguien se incorpora desde un punto."""
        self.ir("Asistencia")
        marco = self.page.locator("form", has=self.page.get_by_role("heading", name="Alguien llega"))
        assert ficha["tipo"] == TipoMovimiento.LLEGADA
        persona = self.personas[self.suplencias[ficha["suplencia"]]["persona"]]["nombre"]
        self.llenar(
            marco, {"quien": persona, "hora": ficha.get("hora"), "punto": self.titulos[ficha["punto"]]}
        )
        self.presionar(marco.get_by_role("button", name="Anotar llegada"))
        self.ir("Desahogo")

    def _votar(self, ficha: dict[str, Any]) -> None:
        """Unanimidad en un toque; con su asunto y su acuerdo si los dice."""
        self._ir_al_punto(ficha["punto"])
        marco = self.abrir(self._seccion("resultado"), "Otra votación")
        acuerdo = next(
            (a for a in self.datos.get("acuerdo", []) if a["numero"] == ficha.get("acuerdo")), None
        )
        campos = {"asunto": ficha["asunto"]}
        if acuerdo:
            valor = self.page.locator("[name=acuerdo] option", has_text=_ordinal(acuerdo["numero"])).first
            campos["acuerdo"] = valor.get_attribute("value") or ""
        self.llenar(marco, campos)
        assert ficha["forma"] == "unanimidad"
        self.presionar(self._seccion("resultado").get_by_role("button", name="Aprobado por unanimidad"))
        expect(self._seccion("resultado")).to_contain_text("unanimidad")

    def _intervenir(self, ficha: dict[str, Any]) -> None:
        """Lo dicho por alguien de la lista."""
        self._ir_al_punto(ficha["punto"])
        campos = {"asistencia": self.personas[ficha["persona"]]["nombre"], "texto": ficha["texto"]}
        self._agregar_en("intervenciones", "Agregar una intervención", "Agregar la intervención", campos)

    def _fijar_plazo(self, ficha: dict[str, Any]) -> None:
        """Plazo o prórroga."""
        self._ir_al_punto(ficha["punto"])
        campos = {c: ficha.get(c) for c in ("concepto", "literal", "fecha", "fecha_original")}
        self._agregar_en("plazos", "Agregar un plazo", "Agregar el plazo", campos)

    def _anexar(self, ficha: dict[str, Any]) -> None:
        """Anexo por su título."""
        self._ir_al_punto(ficha["punto"])
        campos = {"titulo": ficha["titulo"]}
        if "acuerdo" in ficha:
            campos["acuerdo"] = _ordinal(ficha["acuerdo"])
        self._agregar_en("anexos", "Agregar un anexo", "Agregar el anexo", campos)

    def _resolver(self, ficha: dict[str, Any]) -> None:
        """Texto (que se guarda solo), oficios y resultado del punto."""
        if not {"desahogo", "oficios", "resultado"} & set(ficha):
            return
        self._ir_al_punto(ficha["clave"])
        if "desahogo" in ficha:
            self._escribir(ficha["desahogo"])
        if ficha.get("oficios"):
            marco = self.abrir(self._seccion("oficios"), "Elegir oficios")
            for clave in ficha["oficios"]:
                marco.get_by_label(self._nombre_de_oficio(clave)).first.check()
            self.presionar(marco.get_by_role("button", name="Guardar los oficios"))
        if "resultado" in ficha:
            boton = self._seccion("resultado").get_by_role(
                "button", name=RESULTADOS[ficha["resultado"]], exact=True
            )
            self.presionar(boton)
            expect(self.page.locator(".punto__titulo")).to_contain_text(RESULTADOS[ficha["resultado"]])

    def _escribir(self, texto: str) -> None:
        """Escribe el desahogo y espera a que la mesa diga que lo guardó."""
        area = self._seccion("texto").locator("textarea")
        with self.page.expect_response(lambda r: r.url.endswith("/texto/") and r.ok):
            area.fill(texto)
        expect(self._seccion("texto").locator("[data-estado]")).to_contain_text("Guardado")

    def _nombre_de_oficio(self, clave: str) -> str:
        """Cómo aparece el oficio en la lista."""
        oficio = self.oficios[clave]
        return f"Oficio {oficio['folio']}" if oficio.get("folio") else oficio["asunto"]

    def cerrar(self) -> None:
        """Cierra a su hora y explica las diferencias entre asistencia y firmas."""
        self.ir("Cierre")
        marco = self.page.locator("section", has=self.page.locator("#cerrar"))
        self.llenar(marco, {"cierre": self.datos["cierre"]["hora"]})
        self.presionar(marco.get_by_role("button", name="Cerrar la sesión"))
        firmas = self.page.locator("section", has=self.page.locator("#firmas"))
        for ficha in self.datos.get("invitacion", []):
            if "sin_firma" in ficha:
                self._explicar(firmas, self.personas[ficha["persona"]]["nombre"], ficha["sin_firma"])
        for ficha in self.datos.get("firmante", []):
            institucion = self._institucion(ficha["asiento"])
            self._explicar(firmas, institucion, ficha["explicacion"])

    def _explicar(self, firmas: Locator, quien: str, texto: str) -> None:
        """Escribe por qué firma o por qué no."""
        renglon = firmas.locator("li", has_text=quien, has=self.page.locator("[name=explicacion]")).first
        renglon.locator("[name=explicacion]").fill(texto)
        self.presionar(renglon.get_by_role("button", name="Guardar la explicación"))


def _ordinal(numero: int) -> str:
    """El número del acuerdo como lo dice la lista de la mesa."""
    return f"Acuerdo {ordinal_acuerdo(numero)}:"
