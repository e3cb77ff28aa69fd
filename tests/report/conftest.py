"""One report of a planted network, made once."""

from dataclasses import replace

import pytest

from translate.lab.experiments.reading.gradients import gradient_course
from translate.lab.planted import networks as planted
from translate.lab.verdicts.probing import probe


@pytest.fixture(scope="session")
def results():
    setup = planted.make("one-cell").setup()
    found = probe(setup, 'translate probe <&> "x"', twin=setup.translator)  # its own twin: what is drawn is tested here
    return replace(found, gradients=found.gradients or gradient_course(setup))
