"""The door. Of allauth's pages only those we need: nobody signs up, and addresses are given by invitation."""

from allauth.account import views as allauth
from django.urls import path, re_path
from django.views.i18n import set_language

from bedside.accounts import forms, views
from bedside.accounts.roles import Right
from bedside.accounts.tenancy import needs

new_password = allauth.PasswordResetFromKeyView.as_view(form_class=forms.NewPasswordForm)
change_password = needs(Right.READ)(allauth.PasswordChangeView.as_view(form_class=forms.ChangeForm))

urlpatterns = [
    path("accounts/login/", views.sign_in, name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/inactive/", allauth.account_inactive, name="account_inactive"),
    path("accounts/password/change/", change_password, name="account_change_password"),
    path("accounts/password/reset/", views.forgotten, name="account_reset_password"),
    path("accounts/password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        new_password,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("no-organisation/", views.no_organisation, name="no_organisation"),
    path("language/", set_language, name="set_language"),
]
