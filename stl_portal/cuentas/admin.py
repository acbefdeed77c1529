"""Las cuentas en los registros: quién entra y con qué segundo paso, sin ver nunca un secreto."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from stl_portal.gestion.captura import Captura, FormaDeCaptura
from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from . import aparatos, cambios, invitaciones, segundo_factor
from .models import Invitacion, SesionAbierta, Usuario


class FormaDeCuenta(FormaDeCaptura):
    """Correo, nombre y si entra; la contraseña la pone cada quien desde la entrada."""

    administra: Any = None  # quien está guardando

    def clean_email(self) -> str:
        """En minúsculas, como lo guarda el portal."""
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        """Nadie se cierra la puerta a sí misma."""
        datos = super().clean()
        quita = not datos.get("is_active", True) or not datos.get("is_staff", True)
        if quita and self.instance.pk and self.instance == self.administra:
            raise ValidationError("No puedes quitarte a ti misma el acceso: pídelo a otra administradora.")
        return datos


@apuntar(Usuario)
class Cuentas(Captura):
    """Altas, bajas y quién administra el portal; los papeles por órgano son los roles."""

    nota = (
        "A la cuenta nueva le llega una invitación con la que elige su contraseña. Los papeles en un órgano "
        "se dan en sus roles."
    )
    form = FormaDeCuenta
    campos = ("email", "nombre", "is_active", "is_staff")
    ocultos = ("password", "is_superuser")
    list_display = ("nombre", "email", "is_active", "is_staff", "con_dos_pasos", "last_login", "date_joined")
    list_filter = ("is_active", "is_staff", "last_login")
    search_fields = ("nombre", "email")
    ordering = ("nombre", "pk")
    actions = ("cerrar_sesiones", "quitar_segundo_paso")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Usuario]:
        """Con la respuesta de si tiene segundo paso, en la misma consulta."""
        suyos = Authenticator.objects.filter(user=OuterRef("pk"), type__in=segundo_factor.FACTORES)
        anotadas: QuerySet[Usuario] = super().get_queryset(request).annotate(con_factor=Exists(suyos))
        return anotadas

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """La forma sabe quién guarda."""
        forma = super().get_form(request, obj, change, **kwargs)
        return type(forma.__name__, (forma,), {"administra": request.user})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Una cuenta nace sin contraseña y con su invitación; si cambia de correo, se le avisa a los dos."""
        if not change:
            obj.set_unusable_password()
        nuevo, anterior = obj.email, form.initial.get("email")
        if change and nuevo != anterior:
            obj.email = anterior
        super().save_model(request, obj, form, change)
        if change and nuevo != anterior:
            cambios.cambiar_correo(obj, nuevo, str(request.user))
        elif not change and obj.is_active:
            a_que = "a administrar el portal" if obj.is_staff else "a entrar al portal"
            invitaciones.invitar(obj, a_que=a_que, por=request.user)

    @admin.display(description="dos pasos", boolean=True)
    def con_dos_pasos(self, cuenta: Any) -> bool:
        """Si tiene aplicación de códigos o llave de acceso."""
        return bool(cuenta.con_factor)

    @admin.action(description="Cerrar sus sesiones en todos sus aparatos")
    def cerrar_sesiones(self, request: HttpRequest, queryset: QuerySet[Usuario]) -> None:
        """Quien tenga abierta una de esas cuentas, aunque no sea su dueña, tendrá que entrar otra vez."""
        for cuenta in queryset:
            if cuantas := aparatos.cerrar(cuenta.sesiones_abiertas.all()):
                self.log_change(request, cuenta, f"Se cerraron sus sesiones: {cuantas}.")
            messages.success(request, f"{cuenta}: sesiones cerradas, {cuantas}.")

    @admin.action(description="Quitar la verificación en dos pasos (después de comprobar quién lo pide)")
    def quitar_segundo_paso(self, request: HttpRequest, queryset: QuerySet[Usuario]) -> None:
        """Lo mismo que la orden `quitar_segundo_paso`: se le avisa por correo."""
        for cuenta in queryset:
            if cambios.quitar_segundo_factor(cuenta, str(request.user)):
                self.log_change(request, cuenta, "Se quitó la verificación en dos pasos.")
                messages.success(request, f"{cuenta}: ya entra solo con su contraseña. Se le avisó.")
            else:
                messages.warning(request, f"{cuenta} no tiene activa la verificación en dos pasos.")


@apuntar(Authenticator)
class SegundosPasos(Consulta):
    """Qué cuentas tienen segundo paso y desde cuándo; el secreto no se muestra."""

    nombre, nombres = "segundo paso", "segundos pasos de las cuentas"
    nota = "Cada quien pone y quita los suyos en «Mi portal»."
    ocultos = ("data",)
    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type", "created_at")
    search_fields = ("user__nombre", "user__email")
    ordering = ("-pk",)


@apuntar(Invitacion)
class Invitaciones(Consulta):
    """A quién se invitó, quién y cuándo; de la liga no se guarda más que su huella."""

    nota = "Se reenvían y se retiran en «Invitaciones pendientes», en la administración o en la mesa."
    ocultos = ("huella",)
    con = ("cuenta", "invita")
    list_display = ("cuenta", "a_que", "invita", "enviada_el", "vence_el", "aceptada_el", "revocada_el")
    list_filter = ("enviada_el",)
    search_fields = ("cuenta__nombre", "cuenta__email", "a_que")
    ordering = ("-pk",)


@apuntar(SesionAbierta)
class SesionesAbiertas(Consulta):
    """Desde qué aparatos hay sesiones abiertas; la llave no se muestra."""

    nota = "Cada quien cierra las suyas en «Mi portal»."
    ocultos = ("llave",)
    con = ("cuenta",)
    list_display = ("cuenta", "agente", "direccion", "abierta_el", "vista_el")
    search_fields = ("cuenta__nombre", "cuenta__email", "direccion")
    ordering = ("-vista_el",)


@apuntar(EmailAddress)
class Correos(Consulta):
    """Los correos con que allauth reconoce a una cuenta."""

    list_display = ("email", "user", "verified", "primary")
    list_filter = ("verified", "primary")
    search_fields = ("email", "user__nombre")


@apuntar(EmailConfirmation)
class Confirmaciones(Consulta):
    """Ligas enviadas para confirmar un correo; la clave de la liga no se muestra."""

    ocultos = ("key",)
    con = ("email_address__user",)
    list_display = ("email_address", "created", "sent")
    search_fields = ("email_address__email",)


@apuntar(LogEntry)
class Cambios(Consulta):
    """Todo lo que se hizo desde los registros: quién, cuándo y qué."""

    nombre, nombres = "cambio hecho aquí", "cambios hechos en los registros"
    nota = "Se escribe solo y no se corrige."
    list_display = ("action_time", "user", "content_type", "object_repr", "action_flag", "get_change_message")
    list_filter = ("action_flag", "action_time")
    search_fields = ("object_repr", "user__nombre", "change_message")
