import pytest

from tests.planted_report import planted_results
from tests.shared import made_once


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """A whole report of a planted network."""
    return made_once(tmp_path_factory, "planted results", planted_results)
