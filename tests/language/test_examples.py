"""The correct examples of a grammar of Czech come out exactly, construction by construction.

Longer than 300 lines because it is a list of examples, in the order of the grammar.
"""

import pytest

from tests.language.trees import (
    BOOK,
    MAIN,
    because,
    clause,
    does,
    he_or_she,
    is_,
    is_a,
    likes,
    meets,
    noun,
    says,
    sentence,
    to_people,
    told,
    where,
    whom,
    with_own,
)
from translate.corpus.pair import Unsayable, realise
from translate.language.meaning import (
    Becoming,
    Beside,
    Both,
    Doing,
    Fond,
    Having,
    Modal,
    Passive,
    Quote,
    Referent,
    Saying,
    Series,
    Staying,
    Twice,
    Whose,
)
from translate.language.words import Adverbial

PAST = "past"


def about(phrase, predicate, **more):
    return sentence(clause(phrase, predicate), **more)


def as_a(word, pronoun, predicate):
    role = noun(word, "a")
    return sentence(clause(told(pronoun, role), predicate, role=role))


def liking():
    """rád: what one likes to do."""
    yield "I am a boy who likes to read.", "Jsem kluk, který rád čte.", is_a("boy", "I", likes("read"))
    yield "I am a girl who likes to read.", "Jsem holka, která ráda čte.", is_a("girl", "I", likes("read"))
    yield "My sister likes to dance.", "Moje sestra ráda tančí.", about(noun("sister", "my"), likes("dance"))
    yield "The boys like to swim.", "Kluci rádi plavou.", about(noun("boy", number="pl"), likes("swim"))
    learns = likes("learn", negative=True)
    yield "I am a girl who does not like to learn.", "Jsem holka, která se nerada učí.", is_a("girl", "I", learns)
    for word, czech in (("boy", "kluk, který se rád učí"), ("girl", "holka, která se ráda učí")):
        yield f"I am a {word} who likes to learn", f"Jsem {czech}", is_a(word, "I", likes("learn"), end="")
    for word, czech in (("boy", "kluk, který rád"), ("girl", "holka, která ráda")):
        earns = likes("earn", "money")
        yield f"I am a {word} who likes to earn money.", f"Jsem {czech} vydělává peníze.", is_a(word, "I", earns)
    yield "I am a boy who likes to teach.", "Jsem kluk, který rád učí.", is_a("boy", "I", likes("teach"))
    girl = noun("girl")
    yield "The girl likes tea.", "Holka má ráda čaj.", about(girl, Fond(BOOK.verbs["drink"].complements["tea"]))


def copula():
    """A relative clause after *to be*."""
    yield "I am a boy who likes to travel.", "Jsem kluk, který rád cestuje.", is_a("boy", "I", likes("travel"))
    smiles, chess = likes("smile"), likes("play chess")
    yield "You are a woman who likes to smile.", "Jsi žena, která se ráda usmívá.", is_a("woman", "you", smiles)
    yield "He is a boy who likes to play chess.", "Je to kluk, který rád hraje šachy.", is_a("boy", "he", chess)
    draws = is_a("girl", "she", likes("draw", "animals"))
    yield "She is a girl who likes to draw animals.", "Je to holka, která ráda kreslí zvířata.", draws
    drinks, neighbour = noun("widow", "a", likes("drink", "tea")), noun("neighbour", "my", gender="f")
    drinks.who = neighbour.who
    yield (
        "My neighbour is a widow who likes to drink tea.",
        "Moje sousedka je vdova, která ráda pije čaj.",
        about(neighbour, is_(drinks)),
    )
    peter = noun("Peter")
    reads = noun("boy", "a", likes("read"), who=peter.who)
    yield "Peter is a boy who likes to read.", "Petr je kluk, který rád čte.", about(peter, is_(reads))


def order():
    """Clitics second in their clause, adverbials where English has them."""
    school = is_a("boy", "I", likes("learn", final=["at school"]))
    yield "I am a boy who likes to learn at school.", "Jsem kluk, který se rád učí ve škole.", school
    school = is_a("boy", "I", likes("learn", mid=["at school"]))
    yield "I am a boy who at school likes to learn.", "Jsem kluk, který se ve škole rád učí.", school
    yield (
        "I am a father who after work likes to play with children.",
        "Jsem otec, který si po práci rád hraje s dětmi.",
        is_a("father", "I", likes("play", mid=["after work"], final=["with children"])),
    )
    yield (
        "I am a girl who in the evening at home likes to learn English.",
        "Jsem holka, která se večer doma ráda učí anglicky.",
        is_a("girl", "I", likes("learn", "English", mid=["in the evening", "at home"])),
    )
    boy = noun("boy", relative=likes("read", "books"))
    yield (
        "The boy who likes to read books smiles.",
        "Kluk, který rád čte knihy, se usmívá.",
        about(boy, does("smile", "")),
    )
    chats = likes("chat", "with friends", PAST)
    yield (
        "The girl who liked to chat with friends got lost.",
        "Holka, která si ráda povídala s přáteli, se ztratila.",
        about(noun("girl", relative=chats), does("get lost", tense=PAST)),
    )
    yield (
        "The uncle who likes to learn likes to laugh.",
        "Strýc, který se rád učí, se rád směje.",
        about(noun("uncle", relative=likes("learn")), likes("laugh")),
    )
    tired = is_("tired", "future", manner=where("after dinner"))
    yield "The queen will be tired after dinner.", "Královna bude po večeři unavená.", about(noun("queen"), tired)
    polite = is_("polite", frequency="always")
    yield "The boy is always polite.", "Kluk je vždycky zdvořilý.", about(noun("boy"), polite)


def past():
    """The past tense, in which all agrees, and its auxiliary."""
    for word, czech in (
        ("boy", "Kluk, který rád zpíval, byl šťastný."),
        ("girl", "Holka, která ráda zpívala, byla šťastná."),
    ):
        singer = noun(word, relative=likes("sing", tense=PAST))
        yield f"The {word} who liked to sing was happy.", czech, about(singer, is_("happy", PAST))
    reads = is_a("boy", "I", likes("read", tense=PAST), PAST)
    yield "I was a boy who liked to read.", "Byl jsem kluk, který rád četl.", reads
    learns = is_a("girl", "I", likes("learn", tense=PAST), PAST)
    yield "I was a girl who liked to learn.", "Byla jsem holka, která se ráda učila.", learns
    yield "As a girl you liked to learn.", "Jako holka ses ráda učila.", as_a("girl", "you", likes("learn", tense=PAST))
    yield "As a boy I liked to learn.", "Jako kluk jsem se rád učil.", as_a("boy", "I", likes("learn", tense=PAST))
    always = is_("tired", PAST, frequency="always")
    yield "As a girl I was always tired.", "Jako holka jsem byla vždycky unavená.", as_a("girl", "I", always)
    used = about(noun("boy"), does("read", "", PAST, used=True))
    yield "The boy used to read.", "Kluk četl.", used


def future_and_conditional():
    yield (
        "As a girl you would like to learn.",
        "Jako holka by ses ráda učila.",
        as_a("girl", "you", likes("learn", tense="conditional")),
    )
    travels = is_a("boy", "I", likes("travel", tense="conditional"))
    yield "I am a boy who would like to travel.", "Jsem kluk, který by rád cestoval.", travels
    learns = is_a("girl", "I", likes("learn", "Czech", "conditional"))
    yield "I am a girl who would like to learn Czech.", "Jsem holka, která by se ráda učila česky.", learns
    eve = noun("Eve")
    doctor = Becoming(noun("doctor", "a", who=eve.who), liking=True)
    yield "Eve would like to become a doctor.", "Eva by se ráda stala lékařkou.", about(eve, doctor)
    sister = noun("sister", "my")
    happy, learns = clause(he_or_she(sister), is_("happy", "conditional")), clause(sister, does("learn", "", PAST))
    yield (
        "If my sister learned, she would be happy.",
        "Kdyby se moje sestra učila, byla by šťastná.",
        sentence(because(happy, "if (unreal)", learns, fronted=True)),
    )
    daughter = noun("daughter", "my")
    happy, returns = clause(daughter, is_("happy", "future")), clause(he_or_she(daughter), does("return"))
    yield (
        "My daughter will be happy when she returns.",
        "Moje dcera bude šťastná, až se vrátí.",
        sentence(because(happy, "when (future)", returns)),
    )
    girl = noun("girl")
    should = Modal(MAIN["have"], does("rest", ""), "conditional")
    yield "The girl should rest.", "Holka by měla odpočívat.", about(girl, should)


def whom_and_whose():
    """The pronoun's case is the verb's, its gender the noun's."""
    happy = is_("happy")
    yield (
        "The boy whom the girl sees is happy.",
        "Kluk, kterého vidí holka, je šťastný.",
        about(noun("boy", relative=whom("see", noun("girl"))), happy),
    )
    yield (
        "The girl whom the boy saw was happy.",
        "Holka, kterou viděl kluk, byla šťastná.",
        about(noun("girl", relative=whom("see", noun("boy"), PAST)), is_("happy", PAST)),
    )
    yield (
        "The waitress whom the king helped was surprised.",
        "Servírka, které pomohl král, byla překvapená.",
        about(noun("waitress", relative=whom("help out", noun("king"), PAST)), is_("surprised", PAST)),
    )
    yield (
        "The actor with whom my sister works is famous.",
        "Herec, se kterým pracuje moje sestra, je slavný.",
        about(noun("actor", relative=whom("work with", noun("sister", "my"))), is_("famous")),
    )
    yield (
        "The boy whom the girl likes to praise is clever.",
        "Kluk, kterého holka ráda chválí, je chytrý.",
        about(noun("boy", relative=whom("praise", noun("girl"), liking=True)), is_("clever")),
    )
    yield (
        "The boy whose sister likes to sing is happy.",
        "Kluk, jehož sestra ráda zpívá, je šťastný.",
        about(noun("boy", relative=Whose(noun("sister", ""), likes("sing"))), happy),
    )
    yield (
        "The girl whose brother likes to sing is happy.",
        "Holka, jejíž bratr rád zpívá, je šťastná.",
        about(noun("girl", relative=Whose(noun("brother", ""), likes("sing"))), happy),
    )
    knows = Whose(noun("brother", ""), whom("know", noun("king")))
    yield (
        "The girl whose brother the king knows is happy.",
        "Holka, jejíhož bratra zná král, je šťastná.",
        about(noun("girl", relative=knows), happy),
    )


def clauses():
    """Each clause has its own controller."""
    reads, sister = noun("boy", "a", likes("read")), noun("sister", "my")
    sings = noun("girl", "a", likes("sing"), who=sister.who)
    yield (
        "I am a boy who likes to read, but my sister is a girl who likes to sing.",
        "Jsem kluk, který rád čte, ale moje sestra je holka, která ráda zpívá.",
        sentence(clause(told("I", reads), is_(reads)), clause(sister, is_(sings)), links=[("but", True)]),
    )
    three = [
        clause(noun(word), is_(what)) for word, what in (("king", "strict"), ("queen", "kind"), ("prince", "lazy"))
    ]
    yield (
        "The king is strict, the queen is kind and the prince is lazy.",
        "Král je přísný, královna je hodná a princ je líný.",
        sentence(*three, links=[("", True), ("and", False)]),
    )
    learns, plays = clause(noun("sister", "my"), likes("learn")), clause(noun("brother", "my"), likes("play"))
    yield (
        "My sister likes to learn and my brother likes to play.",
        "Moje sestra se ráda učí a můj bratr si rád hraje.",
        sentence(learns, plays, links=[("and", False)]),
    )
    has = Having(noun("brother", "a", likes("learn")))
    yield (
        "I am a girl who has a brother who likes to learn.",
        "Jsem holka, která má bratra, který se rád učí.",
        is_a("girl", "I", has),
    )
    reads = noun("boy", "a", likes("read"))
    i = told("I", reads)
    yield (
        "I am a boy who likes to read, and I am tired.",
        "Jsem kluk, který rád čte, a jsem unavený.",
        sentence(clause(i, is_(reads)), clause(i, is_("tired")), links=[("and", True)]),
    )
    bathes = likes("bathe", "in the river", PAST, mid=["in summer"])
    twice = Twice(bathes, likes("skate", tense=PAST, mid=["in winter"]))
    yield (
        "The princess who in summer liked to bathe in the river and who in winter liked to skate was happy.",
        "Princezna, která se v létě ráda koupala v řece a která v zimě ráda bruslila, byla šťastná.",
        about(noun("princess", relative=twice), is_("happy", PAST)),
    )


def reported():
    """No sequence of tenses; the noun has the gender that a pronoun tells later."""
    for gender, czech in (("f", "Učitelka řekla, že je unavená."), ("m", "Učitel řekl, že je unavený.")):
        teacher = noun("teacher", gender=gender)
        again = he_or_she(teacher)
        told_tired = says("say", clause(again, is_("tired")))
        yield f"The teacher said that {again.person.english} was tired.", czech, about(teacher, told_tired)
    eve, engineer = noun("Eve"), noun("engineer", gender="m")
    ill = says("say", clause(he_or_she(eve), is_("ill", PAST)))
    yield "Eve said that she had been ill.", "Eva řekla, že byla nemocná.", about(eve, ill)
    never = says("say", clause(he_or_she(eve), is_("ill", PAST, frequency="never")))
    yield "Eve said that she had never been ill.", "Eva řekla, že nikdy nebyla nemocná.", about(eve, never)
    hopes = says("hope", clause(he_or_she(engineer), is_("successful", "future")))
    yield (
        "The engineer hoped that he would be successful.",
        "Inženýr doufal, že bude úspěšný.",
        about(engineer, hopes),
    )
    likes_it = says("say", clause(he_or_she(eve), likes("travel")))
    yield "Eve said that she liked to travel.", "Eva řekla, že ráda cestuje.", about(eve, likes_it)
    traveller = noun("woman", "a", likes("travel"), who=eve.who)
    yield (
        "Eve said that she was a woman who liked to travel.",
        "Eva řekla, že je žena, která ráda cestuje.",
        about(eve, says("say", clause(he_or_she(eve), is_(traveller)))),
    )
    girl = noun("girl")
    second = clause(he_or_she(girl, stressed=True), is_("happy"))
    yield (
        "The girl said that the boy was tired and that she was happy.",
        "Holka řekla, že kluk je unavený a že ona je šťastná.",
        about(girl, says("say", clause(noun("boy"), is_("tired")), second=second)),
    )
    girls = noun("girl", number="pl")
    cooks = clause(he_or_she(girls), is_(noun("queen", "", likes("cook"), who=girls.who)))
    both = says("say", cooks, second=clause(he_or_she(girls), is_("happy")))
    yield (
        "The girls said that they were queens who liked to cook and that they were happy.",
        "Holky řekly, že jsou královny, které rády vaří, a že jsou šťastné.",
        about(girls, both),
    )
    actress = noun("actress")
    husband = noun("husband", "his", owner=he_or_she(actress))
    yield (
        "The actress said that her husband was rich.",
        "Herečka řekla, že její manžel je bohatý.",
        about(actress, says("say", clause(husband, is_("rich")))),
    )
    boy, woman = noun("boy"), noun("woman")
    asks = Saying(to_people("ask"), clause(he_or_she(woman), is_("single")), whether=True, whom=woman)
    yield (
        "The boy asked the woman whether she was single.",
        "Kluk se ptal ženy, jestli je svobodná.",
        about(boy, asks),
    )


def pronouns_and_own():
    grandmother, grandfather = noun("grandmother"), noun("grandfather")
    waits = clause(grandmother, meets("wait for", grandfather, PAST))
    yield (
        "The grandmother waited for the grandfather because he was ill.",
        "Babička čekala na dědečka, protože byl nemocný.",
        sentence(because(waits, "because", clause(he_or_she(grandfather), is_("ill", PAST)))),
    )
    girl, boy = noun("girl"), noun("boy")
    cinema = (Adverbial(("to", "the", "cinema"), ("do", "kina"), "place", "any", False),)
    invites = meets("invite", he_or_she(boy), PAST, final=cinema)
    yield (
        "The girl met the boy and invited him to the cinema.",
        "Holka potkala kluka a pozvala ho do kina.",
        about(girl, Series(meets("meet", boy, PAST), invites, BOOK.conjunctions["and"])),
    )
    queen, prince = noun("queen"), noun("prince")
    sees = clause(queen, meets("see", prince))
    not_him = clause(he_or_she(prince, stressed=True), meets("see", he_or_she(queen), negative=True))
    yield (
        "The queen sees the prince, but he does not see her.",
        "Královna vidí prince, ale on ji nevidí.",
        sentence(sees, not_him, links=[("but", True)]),
    )
    forms = {
        "talk about": ("Mluví o něm.", "Mluví o ní."),
        "work with": ("Pracuje s ním.", "Pracuje s ní."),
        "wait for": ("Čeká na něj.", "Čeká na ni."),
        "help": ("Pomáhá mu.", "Pomáhá jí."),
        "see": ("Vidí ho.", "Vidí ji."),
        "be afraid of": ("Bojí se ho.", "Bojí se jí."),
    }
    for verb, czech in forms.items():
        for gender, said in zip("mf", czech, strict=True):
            whom_, english = told("he" if gender == "m" else "she", gender), to_people(verb).english_forms["en_3sg"]
            object_ = whom_.person.object
            yield f"She {english} {object_}.", said, about(told("she", "f"), meets(verb, whom_))
    for name, relation, english, czech in (
        ("Eve", "brother", "Eve likes to play with her brother.", "Eva si ráda hraje se svým bratrem."),
        ("Peter", "sister", "Peter likes to play with his sister.", "Petr si rád hraje se svou sestrou."),
    ):
        who, plays = noun(name), likes("play")
        plays.final = (with_own(relation, who),)
        yield english, czech, about(who, plays)


def passives_and_adjectives():
    girl = noun("girl")
    praised = Passive(BOOK.participles["praised"], noun("father", "own", owner=he_or_she(girl)))
    yield "The girl was praised by her father.", "Holka byla pochválena svým otcem.", about(girl, praised)
    invited = Passive(BOOK.participles["invited"], noun("king"))
    yield "The hero was invited by the king.", "Hrdina byl pozván králem.", about(noun("hero"), invited)
    found = Passive(BOOK.participles["found"], place=BOOK.adverbials["in the forest"])
    yield (
        "The princess who was found in the forest was ill.",
        "Princezna, která byla nalezena v lese, byla nemocná.",
        about(noun("princess", relative=found), is_("ill", PAST)),
    )
    born = does("be born", tense=PAST, final=["in Prague"])
    yield "The boy was born in Prague.", "Kluk se narodil v Praze.", about(noun("boy"), born)
    yield "The young woman is brave.", "Mladá žena je statečná.", about(noun("woman", adjective="young"), is_("brave"))
    for word, czech in (("boy", "Kluk je sám doma."), ("girl", "Holka je sama doma.")):
        yield f"The {word} is alone at home.", czech, about(noun(word), Staying(BOOK.adverbials["at home"], True))
    for word, czech in (("woman", "Žena je vdaná a spokojená."), ("man", "Muž je ženatý a spokojený.")):
        yield f"The {word} is married and satisfied.", czech, about(noun(word), is_("married and satisfied"))
    eve, princess = noun("Eve"), noun("princess")
    queen = Becoming(noun("queen", "a", who=princess.who))
    yield "The princess became a queen.", "Princezna se stala královnou.", about(princess, queen)
    doctor = noun("doctor", "a", who=eve.who)
    yield "Eve will be a doctor.", "Eva bude lékařkou.", about(eve, is_(doctor, "future"))
    emperor = noun("emperor", adjective="in love")
    yield "The emperor in love is ill.", "Zamilovaný císař je nemocný.", about(emperor, is_("ill"))


def dependent():
    girl, man, wife = noun("girl"), noun("man"), noun("wife")
    home = clause(girl, Staying(BOOK.adverbials["at home"], False))
    yield (
        "When the girl is at home, she is happy.",
        "Když je holka doma, je šťastná.",
        sentence(because(clause(he_or_she(girl), is_("happy")), "when", home, fronted=True)),
    )
    reads = clause(he_or_she(girl), likes("read", final=["at night"]))
    yield (
        "The girl is tired because she likes to read at night.",
        "Holka je unavená, protože ráda čte v noci.",
        sentence(because(clause(girl, is_("tired")), "because", reads)),
    )
    sad = clause(he_or_she(man), is_("sad"))
    yield (
        "Although the man is rich, he is sad.",
        "I když je muž bohatý, je smutný.",
        sentence(because(sad, "although", clause(man, is_("rich")), fronted=True)),
    )
    asleep = clause(he_or_she(wife), does("fall asleep", tense=PAST))
    yield (
        "As soon as the wife returned, she fell asleep.",
        "Jakmile se manželka vrátila, usnula.",
        sentence(because(asleep, "as soon as", clause(wife, does("return", tense=PAST)), fronted=True)),
    )
    mother = clause(noun("mother"), does("sing", "", PAST))
    yield (
        "The mother sang until the son fell asleep.",
        "Matka zpívala, dokud syn neusnul.",
        sentence(because(mother, "until", clause(noun("son"), does("fall asleep", tense=PAST)))),
    )
    peter = noun("Peter")
    tired = clause(told("you", peter), is_("tired"))
    yield "Peter, you are tired.", "Petře, jsi unavený.", sentence(tired, address=peter)
    yield "Are you tired, Peter?", "Jsi unavený, Petře?", sentence(tired, end="?", address=peter, address_last=True)
    waitress = clause(noun("waitress"), is_("tired", PAST))
    yield "Was the waitress tired?", "Byla servírka unavená?", sentence(waitress, end="?")
    woman = noun("woman")
    happy = says("think", clause(told("I", woman), is_("happy")), "present")
    quote = sentence(clause(told("I", woman), happy))
    tag = clause(he_or_she(woman), does("say", tense=PAST))
    yield (
        'The woman smiled. "I think that I am happy," she said.',
        "Žena se usmívala. „Myslím si, že jsem šťastná,“ řekla.",
        Quote(clause(woman, does("smile", "", PAST)), quote, tag),
    )


def plural():
    girls = noun("girl", "", likes("learn"), number="pl")
    yield (
        "We are girls who like to learn.",
        "Jsme holky, které se rády učí.",
        sentence(clause(told("we", girls), is_(girls))),
    )
    boys = noun("boy", relative=likes("sing", tense=PAST), number="pl")
    yield (
        "The boys who liked to sing were happy.",
        "Kluci, kteří rádi zpívali, byli šťastní.",
        about(boys, is_("happy", PAST)),
    )
    both = Both(Referent("m", "pl"), noun("boy"), noun("girl"))
    yield "The boy and the girl were happy.", "Kluk a holka byli šťastní.", about(both, is_("happy", PAST))
    both = Both(Referent("f", "pl"), noun("mother"), noun("daughter"))
    yield "The mother and the daughter were happy.", "Matka a dcera byly šťastné.", about(both, is_("happy", PAST))
    actors = noun("actor", relative=whom("invite", noun("queen"), PAST), number="pl")
    yield (
        "The actors whom the queen invited were tired.",
        "Herci, které pozvala královna, byli unavení.",
        about(actors, is_("tired", PAST)),
    )


SECTIONS = (
    *(liking, copula, order, past, future_and_conditional, whom_and_whose, clauses, reported, pronouns_and_own),
    *(passives_and_adjectives, dependent, plural),
)
EXAMPLES = [example for section in SECTIONS for example in section()]


@pytest.mark.parametrize(("english", "czech", "meaning"), EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_correct_examples_come_out_exactly(english, czech, meaning):
    pair = realise(meaning)
    assert (pair.source_text, pair.target_text) == (english, czech)


# Each person in the present, the past and the conditional, of a verb without a reflexive and one with it; m and f.
PERSONS = {
    ("I", "sg"): (
        "Rád čtu. Rád jsem četl. Rád bych četl. Rád se učím. Rád jsem se učil. Rád bych se učil.",
        "Ráda čtu. Ráda jsem četla. Ráda bych četla. Ráda se učím. Ráda jsem se učila. Ráda bych se učila.",
    ),
    ("you", "sg"): (
        "Rád čteš. Rád jsi četl. Rád bys četl. Rád se učíš. Rád ses učil. Rád by ses učil.",
        "Ráda čteš. Ráda jsi četla. Ráda bys četla. Ráda se učíš. Ráda ses učila. Ráda by ses učila.",
    ),
    ("he", "sg"): ("Rád čte. Rád četl. Rád by četl. Rád se učí. Rád se učil. Rád by se učil.",),
    ("we", "pl"): (
        "Rádi čteme. Rádi jsme četli. Rádi bychom četli. Rádi se učíme. Rádi jsme se učili. Rádi bychom se učili.",
        "Rády čteme. Rády jsme četly. Rády bychom četly. Rády se učíme. Rády jsme se učily. Rády bychom se učily.",
    ),
    ("you (pl)", "pl"): (
        "Rádi čtete. Rádi jste četli. Rádi byste četli. Rádi se učíte. Rádi jste se učili. Rádi byste se učili.",
    ),
}


@pytest.mark.parametrize("person", PERSONS, ids=[word for word, _ in PERSONS])
def test_each_person_in_each_tense(person):
    word, number = person
    for gender, expected in zip("mf", PERSONS[person], strict=False):
        subject = told(word, Referent(gender, number))
        predicates = [
            likes(verb, tense=tense) for verb in ("read", "learn") for tense in ("present", "past", "conditional")
        ]
        pairs = [realise(sentence(clause(subject, said)), untold=True) for said in predicates]
        assert " ".join(pair.target_text for pair in pairs) == expected


def test_questions():
    girl = noun("girl")
    swims = does("swim", "")
    for asked, english, czech in (
        (Modal(MAIN["can"], swims), "Can the girl swim?", "Může holka plavat?"),
        (Modal(MAIN["want"], swims, "past"), "Did the girl want to swim?", "Chtěla holka plavat?"),
        (Modal(MAIN["have"], swims, "conditional"), "Should the girl swim?", "Měla by holka plavat?"),
        (does("swim", "", "future"), "Will the girl swim?", "Bude holka plavat?"),
        (likes("swim", tense="conditional"), "Would the girl like to swim?", "Plavala by holka ráda?"),
        (is_("happy", "future"), "Will the girl be happy?", "Bude holka šťastná?"),
        (Fond(BOOK.verbs["drink"].complements["tea"]), "Does the girl like tea?", "Má holka ráda čaj?"),
        (Fond(told("he", "m")), "Does the girl like him?", "Má ho holka ráda?"),
        (Staying(None, True, "future"), "Will the girl be alone?", "Bude holka sama?"),
    ):
        pair = realise(sentence(clause(girl, asked), end="?"))
        assert (pair.source_text, pair.target_text) == (english, czech)
    with pytest.raises(TypeError, match="Becoming"):
        realise(sentence(clause(girl, Becoming(noun("queen", "a", who=girl.who))), end="?"))


@pytest.mark.parametrize("tense", ["past", "conditional"])
def test_the_preposition_se_never_looks_like_the_reflexive(tense):
    you = told("you", Referent("f"))

    def worked(company):
        beside = Beside(("with",), "s", "ins", noun(company))
        return sentence(clause(you, Doing(BOOK.verbs["work"], None, tense, final=(beside,))))

    assert " s kamarádkou." in realise(worked("friend"), untold=True).target_text
    with pytest.raises(Unsayable, match="reflexive"):
        realise(worked("brother-in-law"), untold=True)
