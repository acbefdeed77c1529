"""Entrar, salir, cambiar la contraseña y la verificación en dos pasos."""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import views as propias
from . import views_aparatos as aparatos
from . import views_invitaciones as invitaciones

urlpatterns = [
    path("entrar/", views.login, name="account_login"),
    path("salir/", views.logout, name="account_logout"),
    path("cuenta/nueva/", views.signup, name="account_signup"),  # cerrado; allauth exige la dirección
    path("cuenta/inactiva/", views.account_inactive, name="account_inactive"),
    # El correo lo cambia la administración; allauth exige que la dirección exista.
    path("cuenta/correo/", RedirectView.as_view(pattern_name="mi"), name="account_email"),
    path("cuenta/reautenticar/", views.reauthenticate, name="account_reauthenticate"),
    path("contrasena/cambiar/", views.password_change, name="account_change_password"),
    path("contrasena/poner/", views.password_set, name="account_set_password"),
    path("contrasena/olvidada/", views.password_reset, name="account_reset_password"),
    path("contrasena/enviada/", views.password_reset_done, name="account_reset_password_done"),
    # La llave también lleva guiones: el primero es el que separa.
    re_path(
        r"^contrasena/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/lista/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("entrar/codigo/", propias.segundo_paso, name="mfa_authenticate"),
    path("cuenta/reautenticar/codigo/", propias.confirmar_con_codigo, name="mfa_reauthenticate"),
    path("entrar/llave/", propias.entrar_con_llave, name="mfa_login_webauthn"),
    path("cuenta/reautenticar/llave/", propias.confirmar_con_llave, name="mfa_reauthenticate_webauthn"),
    path("invitacion/<str:ficha>/", invitaciones.abrir, name="invitacion"),
    path("gestion/invitaciones/", invitaciones.todas, name="invitaciones"),
    path("cuenta/aparatos/", aparatos.lista, name="aparatos"),
    path("cuenta/dos-pasos/", propias.dos_pasos, name="mfa_index"),
    path("cuenta/dos-pasos/hace-falta/", propias.hace_falta, name="mfa_hace_falta"),
    path("cuenta/dos-pasos/llaves/nueva/", propias.agregar_llave, name="mfa_add_webauthn"),
    path("cuenta/dos-pasos/llaves/<int:pk>/quitar/", propias.quitar_llave, name="mfa_remove_webauthn"),
    path("cuenta/dos-pasos/activar/", propias.activar, name="mfa_activate_totp"),
    path("cuenta/dos-pasos/desactivar/", propias.desactivar, name="mfa_deactivate_totp"),
    path("cuenta/dos-pasos/codigos/", propias.codigos, name="mfa_view_recovery_codes"),
    path("cuenta/dos-pasos/codigos/nuevos/", propias.codigos_nuevos, name="mfa_generate_recovery_codes"),
]
