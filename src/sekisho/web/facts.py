"""The one store of this process: opened at the door (server, command line, test), used by the pages."""

from __future__ import annotations

from sekisho.core.errors import StoreError
from sekisho.store.base import Store

_store: Store | None = None


def use(store: Store | None) -> None:
    """Makes this the store that pages ask."""
    global _store
    _store = store


def store() -> Store:
    """The store; raises StoreError when the process has none."""
    if _store is None:
        raise StoreError("this process has no facts store; start it with `sekisho serve`")
    return _store
