"""The registry as a Django application."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Models of who owns what."""

    name = "sekisho.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
