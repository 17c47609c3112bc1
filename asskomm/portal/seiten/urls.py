from django.urls import path, register_converter

from . import views


class Seitenpfad:
    """The address of a Seite: the same rule as its constraint in the database."""

    regex = "[a-z0-9-]+(?:/[a-z0-9-]+)*"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Seitenpfad, "seitenpfad")

# Last of all, because it takes every address that nobody else wants.
urlpatterns = [path("<seitenpfad:pfad>/", views.seite, name="seite")]
