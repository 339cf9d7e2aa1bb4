"""Tests that put something else in the place of a function or class: compiled modules call their own, whatever is set in them."""

import pytest

from sekisho.core import facts

needs_source = pytest.mark.skipif(not facts.__file__.endswith(".py"), reason="this one runs where nothing is compiled")
