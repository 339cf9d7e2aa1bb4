"""The addresses under `/<org>/`."""

from django.urls import URLPattern

org_urls: list[URLPattern] = []
