"""One report of a planted network, made once for the tests of what is said of it and of how it is shown."""

from dataclasses import replace

from translate.lab.experiments.reading.gradients import gradient_course
from translate.lab.planted import networks as planted
from translate.lab.verdicts.results import Results
from translate.lab.verdicts.whole_report import probe


def planted_results() -> Results:
    """Everything that a report may hold."""
    setup = planted.make_planted("one-cell").setup()
    results = probe(setup, 'translate probe <&> "x"', twin=setup.translator)  # its own twin: what is drawn is tested
    return replace(results, gradients=results.gradients or gradient_course(setup))
