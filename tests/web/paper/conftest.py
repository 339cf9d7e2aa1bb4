"""The small story of the pages, for the paper."""

from tests.web.pages.conftest import story  # noqa: F401 - a fixture
