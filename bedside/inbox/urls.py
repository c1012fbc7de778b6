"""The addresses of the inbox."""

from django.urls import path

from bedside.inbox import views

urlpatterns = [
    path("", views.today, name="today"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/news/", views.news, name="news"),
    path("inbox/<int:pk>/", views.conversation, name="conversation"),
    path("inbox/<int:pk>/check/", views.check, name="check"),
    path("inbox/<int:pk>/answer/", views.answer, name="answer"),
    path("inbox/<int:pk>/decide/", views.decide, name="decide"),
    path("inbox/<int:pk>/move/", views.move, name="move"),
    path("inbox/<int:pk>/assign/", views.assign, name="assign"),
    path("inbox/<int:pk>/note/", views.note, name="note"),
]
