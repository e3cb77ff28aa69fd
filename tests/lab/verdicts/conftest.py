import pytest

from tests.planted_report import planted_results


@pytest.fixture(scope="session")
def results():
    """A whole report of a planted network."""
    return planted_results()
