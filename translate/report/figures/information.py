"""How much of the gender is in the state, in bits? Usable information, and the online code."""

from collections.abc import Sequence

from translate.lab.experiments.reading.information import UsableInformation
from translate.lab.experiments.reading.online_code import OnlineCode
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import capital, filled, site_name
from translate.report.picture.marks import CONTROL, FINDING, OTHER, Panel, Rows, panels
from translate.report.picture.style import Drawn
from translate.report.tables import estimates

KEY = {"measured": FINDING.at(-0.16), "shuffled labels": CONTROL, "untrained network": OTHER.at(0.16)}


def information(results: Results) -> Figure | None:
    """Bits that a probe gets out of each site, and how short the genders can be told with it."""
    bits, codes = results.information, results.online_code
    if not bits and not codes:
        return None
    findings, counts = [], []
    shares: list[tuple[str, Estimate]] = []
    for result in bits:
        names = ("bits a word", "bits, shuffled labels", "bits, untrained network")
        shares += _named(result.site, names, (result.bits, result.shuffled, result.untrained))
    for code in codes:
        shares += _named(code.site, ("compression", "compression, shuffled labels"), (code.compression, code.shuffled))
    if bits:
        text = "a probe gets {0.bits.value:.2f} of {0.entropy:.2f} bits about the gender out of {0.site:of}"
        findings.append(filled(text, bits[0]))
        counts.append(filled("usable information {0.bits:interval}", bits[0]))
    if codes:
        text = "told word after word, the genders become {0.compression.value:.1f} times shorter"
        findings.append(filled(text, codes[0]))
        text = "compression {0.compression:interval} ({0.bits:,.0f} instead of {0.uniform_bits:,.0f} bits)"
        counts.append(filled(text, codes[0]))
    return make(
        "information",
        {"information": bits, "online_code": codes},
        estimates("measure", shares),
        lambda _: _draw(bits, codes),
        findings=capital("; ".join(findings)),
        site=(bits or codes)[0].site,
        counts="; ".join(counts),
    )


def _named(site: str, names: Sequence[str], shares: Sequence[Estimate]) -> list[tuple[str, Estimate]]:
    return [(f"{site_name(site)}: {name}", share) for name, share in zip(names, shares, strict=True)]


def _draw(bits: Sequence[UsableInformation], codes: Sequence[OnlineCode]) -> Drawn:
    shown = []
    if bits:
        rows = _rows([(result.site, (result.bits, result.shuffled, result.untrained)) for result in bits])
        shown.append(Panel("Usable information, bits a word", rows, level=0, low=None))
    if codes:
        rows = _rows([(code.site, (code.compression, code.shuffled)) for code in codes])
        shown.append(Panel("Online code, times shorter", rows, level=1, low=None))
    return panels(shown, 34, 50 + 16 * len(shown), KEY, columns=3, sharex=False)


def _rows(shown: Sequence[tuple[str, Sequence[Estimate]]]) -> Rows:
    return [
        (site_name(site).replace(", ", ",\n"), list(zip(shares, KEY.values(), strict=False))) for site, shares in shown
    ]
