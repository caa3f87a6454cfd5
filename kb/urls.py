"""Public addresses; they are fixed, since people and programs outside rely on them."""

from django.urls import path

app_name = "kb"
urlpatterns = []
