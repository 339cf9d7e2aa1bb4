"""Addresses whose modules are loaded with the first request for them.

The interface for programs takes 20 MiB and a quarter of the server's start, and most installs never see a request for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from importlib import import_module

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern


def later(module: str, name: str, *, proves_itself: bool = False) -> Callable[..., HttpResponseBase]:
    """A view of a module; `proves_itself` is for requests with a token in them, which no other site can forge."""

    def view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        found: HttpResponseBase = getattr(import_module(module), name)(request, *args, **kwargs)
        return found

    view.csrf_exempt = proves_itself  # type: ignore[attr-defined]  # where Django looks for it
    return view


class Below(URLResolver):
    """The addresses below a route, in a namespace: known by name and by path once one of them was asked for."""

    def __init__(self, route: str, namespace: str, module: str, name: str) -> None:
        self._load: Callable[[], Sequence[URLPattern]] = lambda: getattr(import_module(module), name)()
        super().__init__(RoutePattern(route), [], app_name=namespace, namespace=namespace)

    @cached_property
    def urlconf_module(self) -> Sequence[URLPattern]:
        """The list of addresses."""
        return self._load()

    def _populate(self) -> None:
        """Django looks through all names for one; those here stand in a namespace, and nobody else has it."""
        if "urlconf_module" in self.__dict__:
            super()._populate()
