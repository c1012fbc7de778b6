"""The addresses of listening."""

from django.urls import path

from bedside.listening import views

urlpatterns = [
    path("listening/", views.listening, name="listening"),
    path("listening/imports/new/", views.import_new, name="import_new"),
    path("listening/imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("listening/imports/<int:pk>/stop/", views.import_stop, name="import_stop"),
    path("listening/imports/<int:pk>/bad-rows.csv", views.import_bad_rows, name="import_bad_rows"),
    path("webhooks/<slug:platform>/<str:token>/", views.webhook, name="webhook"),
]
