"""One report of a planted network, made once for the tests of what is said of it and of how it is shown."""

from dataclasses import replace

from translate.lab.experiments.intervening.attention import attention
from translate.lab.experiments.reading.gradients import gradient_course
from translate.lab.planted import networks as planted
from translate.lab.planted.looking_back import make_looking_back
from translate.lab.verdicts.results import Results
from translate.lab.verdicts.whole_report import concluded, probe


def planted_results() -> Results:
    """Everything that a report may hold."""
    setup = planted.make_planted("one-cell").fewer(3).setup()
    results = probe(setup, 'translate probe <&> "x"', twin=setup.translator)  # its own twin: what is drawn is tested
    looked = attention(make_looking_back("cell"))  # of another network: what is drawn is tested
    return concluded(replace(results, gradients=results.gradients or gradient_course(setup), attention=looked))
