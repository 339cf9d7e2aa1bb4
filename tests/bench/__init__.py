import pytest

pytest.register_assert_rewrite("tests.bench.worlds")  # so that what fails there is told in full
