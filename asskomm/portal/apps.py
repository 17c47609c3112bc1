from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "asskomm.portal"
    verbose_name = "Website"
