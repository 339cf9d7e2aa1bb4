"""The pages as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, tags, static files and translations."""

    name = "sekisho.web"
    label = "web"
