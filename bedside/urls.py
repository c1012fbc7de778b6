"""Every address of Bedside. What a package answers stands in its own urls.py."""

from django.urls import include, path

from bedside.api import api

urlpatterns = [
    path("", include("bedside.inbox.urls")),
    path("", include("bedside.accounts.urls")),
    path("", include("bedside.governance.urls")),
    path("", include("bedside.listening.urls")),
    path("api/v1/", api.urls),
]

handler400 = "bedside.lib.pages.bad_request"
handler403 = "bedside.lib.pages.forbidden"
handler404 = "bedside.lib.pages.not_found"
handler429 = "bedside.lib.pages.too_many"  # ours; allauth looks for it here
handler500 = "bedside.lib.pages.failed"
