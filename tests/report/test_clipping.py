"""No word of a figure is cut off at its edge."""

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from translate.lab.verdicts.results import Results
from translate.report.figures import figures
from translate.resources import models

_ROUNDED = 2  # pixels that a letter's box may stand over the edge, and its ink not


def _texts(drawn):
    """All that is written but the axes' ticks, some of which lie beyond the axis and are not drawn."""
    axes = [axis for ax in drawn.axes for axis in (ax.xaxis, ax.yaxis)]
    ticks = {id(tick) for axis in axes for tick in axis.findobj(Text) if tick is not axis.label}
    texts = [text for text in drawn.findobj(Text) if id(text) not in ticks]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def test_no_word_is_cut_off():
    results = Results.from_json((models("lesson") / "results.json").read_bytes())
    cut, seen = [], 0
    for figure in (figure for answers in figures(results).values() for figure in answers):
        drawn = figure.draw()
        drawn.draw_without_rendering()  # lays it out
        renderer, width, height = FigureCanvasAgg(drawn).get_renderer(), drawn.bbox.width, drawn.bbox.height
        for text in _texts(drawn):
            box, seen = text.get_window_extent(renderer), seen + 1
            if min(box.x0, box.y0) < -_ROUNDED or box.x1 > width + _ROUNDED or box.y1 > height + _ROUNDED:
                cut.append((figure.name, text.get_text()))
    assert not cut and seen > 100
