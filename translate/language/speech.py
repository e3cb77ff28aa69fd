"""A whole sentence, a quote or a discourse, in each language alone."""

from translate.language.czech import clauses as czech
from translate.language.czech import phrases as czech_phrases
from translate.language.english import clauses as english
from translate.language.english import questions
from translate.language.meaning import Clause, Discourse, Link, Meaning, Quote, Sentence
from translate.language.utterance import Utterance

_YES = {"": (), "yes": ("ano", ","), "no": ("ne", ","), "but": ("ale",)}


def in_english(meaning: Meaning) -> Utterance:
    """The English of `meaning`."""
    out = Utterance(english.relative)
    _english(out, meaning)
    return out


def in_czech(meaning: Meaning) -> Utterance:
    """The Czech of `meaning`."""
    out = Utterance(czech.relative)
    _czech(out, meaning)
    return out


def _english(out: Utterance, meaning: Meaning) -> None:
    if type(meaning) is Sentence:
        _english_clauses(out, meaning)
        if meaning.end:
            out.words.append(meaning.end)
    elif isinstance(meaning, Discourse):
        for index, part in enumerate(meaning.parts):
            out.clause += index > 0
            _english(out, part)
    else:
        assert isinstance(meaning, Quote)
        _english_quote(out, meaning)


def _english_clauses(out: Utterance, said: Sentence) -> None:
    if said.opening:
        out.words += (said.opening,) if said.opening == "but" else (said.opening, ",")
    if said.address is not None and not said.address_last:
        english.somebody(out, said.address)
        out.words.append(",")
    for index, clause in enumerate(said.clauses):
        if index:
            link = said.links[index - 1]
            if link.comma or out.open:
                out.words.append(",")
            out.open = False
            if link.conjunction is not None:
                out.words.append(link.conjunction.english)
            out.clause += 1
        if said.end == "?" and isinstance(clause, Clause):
            questions.question(out, clause)
        else:
            english.clause(out, clause)
    out.open = False
    if said.address is not None and said.address_last:
        out.words.append(",")
        english.somebody(out, said.address)


def _english_quote(out: Utterance, said: Quote) -> None:
    if said.lead is not None:
        english.clause(out, said.lead)
        out.words.append(":" if said.colon else ".")
        out.clause += 1
    out.words.append('"')
    _english_clauses(out, said.sentence)
    if said.tag is None:
        out.words += (said.sentence.end, '"')
        return
    out.words += ("," if said.sentence.end == "." else said.sentence.end, '"')
    out.clause += 1
    if said.tag_inverted:
        questions.inverted(out, said.tag)
    else:
        english.clause(out, said.tag)
    if said.rest is not None:
        link, rest = said.rest
        out.clause += 1
        out.words += (",", '"', link.english)
        english.clause(out, rest)
        out.words += (".", '"')
        return
    out.words.append(".")


def _czech(out: Utterance, meaning: Meaning) -> None:
    if type(meaning) is Sentence:
        _czech_clauses(out, meaning)
        if meaning.end:
            _stop(out, meaning.end)
    elif isinstance(meaning, Discourse):
        for index, part in enumerate(meaning.parts):
            out.clause += index > 0
            _czech(out, part)
    else:
        assert isinstance(meaning, Quote)
        _czech_quote(out, meaning)


def _stop(out: Utterance, *marks: str) -> None:
    out.open = False
    out.words += marks


def _czech_clauses(out: Utterance, said: Sentence) -> None:
    if said.opening:
        out.words += _YES[said.opening]
    if said.address is not None and not said.address_last:
        czech_phrases.noun_phrase(out, said.address, "voc")
        out.words.append(",")
    for index, clause in enumerate(said.clauses):
        if index:
            _czech_link(out, said.links[index - 1])
            out.clause += 1
        if said.end == "?" and isinstance(clause, Clause):
            czech.question(out, clause)
        else:
            czech.clause(out, clause)
    if said.address is not None and said.address_last:
        _stop(out, ",")
        czech_phrases.noun_phrase(out, said.address, "voc")


def _czech_link(out: Utterance, link: Link) -> None:
    """*, ale*; before *a* a comma stands only where a dependent clause has to be closed."""
    if link.conjunction is None:
        _stop(out, ",")
        return
    out.open = out.open or link.conjunction.comma == "before"
    out.say(link.conjunction.czech)


def _czech_quote(out: Utterance, said: Quote) -> None:
    if said.lead is not None:
        czech.clause(out, said.lead)
        _stop(out, ":" if said.colon else ".")
        out.clause += 1
    out.words.append("„")
    _czech_clauses(out, said.sentence)
    if said.tag is None:
        _stop(out, said.sentence.end, "“")
        return
    _stop(out, "," if said.sentence.end == "." else said.sentence.end, "“")
    out.clause += 1
    czech.inverted(out, said.tag)
    if said.rest is not None:
        link, rest = said.rest
        out.clause += 1
        _stop(out, ",", "„", *link.czech)
        czech.clause(out, rest)
        _stop(out, ".", "“")
        return
    _stop(out, ".")
