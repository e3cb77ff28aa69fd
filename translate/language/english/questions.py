"""English clauses that begin with their verb: questions, and what follows a quote."""

from dataclasses import replace

from translate.language.english import clauses, verbs
from translate.language.english.verbs import agreement
from translate.language.meaning import Being, Clause, Doing, Fond, Liking, Modal, Passive, Staying
from translate.language.utterance import Utterance


def question(out: Utterance, said: Clause) -> None:
    """*Do you like to swim? Is she happy? Was the waitress tired?*"""
    who, asks = agreement(said.subject), said.predicate
    if isinstance(asks, (Being, Staying, Passive)):
        out.words += verbs.be(asks.tense, False, who, False)[:1]
    elif isinstance(asks, Modal) and asks.verb.infinitive != "chtít":
        out.words += clauses.modality(asks, who, False)[:1]
    elif isinstance(asks, (Liking, Fond, Doing, Modal)):
        out.words.append(verbs.do(asks.tense, who))
    else:
        raise TypeError(f"English asks with no {type(asks).__name__}")
    clauses.somebody(out, said.subject)
    clauses.predicate(out, asks, said.subject.who, who, asked=True)


def inverted(out: Utterance, said: Clause) -> None:
    """*said the woman*: what follows a quote."""
    who, verb = agreement(said.subject), said.predicate
    if not isinstance(verb, Doing):
        raise TypeError(f"English inverts no {type(verb).__name__}")
    out.words += verbs.group(verb.verb, verb.tense, verb.negative, who, False)
    clauses.somebody(out, said.subject)
    clauses.doing(out, replace(verb, used=False), said.subject.who, (), asked=False)
