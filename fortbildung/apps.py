from django.apps import AppConfig


class FortbildungConfig(AppConfig):
    name = "fortbildung"
    verbose_name = "Fortbildung"
