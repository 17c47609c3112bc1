from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """The Django admin with the portal's own site object, start page and German names."""

    default_site = "asskomm.portal.verwaltung.Verwaltung"
