/** What holds in the sentence in the box, step by step of the lesson: its numbers, and where it is seen. */
import { between, mean, range } from "app/network/arrays.js";
import { gains, settled } from "app/network/gradients.js";
import { caseOf } from "app/network/walk.js";
import { landing } from "app/state/landing.js";
import { differing } from "app/words/differing.js";
import { count as counted, percent, short, two } from "app/words/numbers.js";

/** The mean of a gate over the three units that tell the gender best. */
export const valve = (app, run, side, name, t) =>
  mean(app.top(3, side).map((unit) => run[side].row(`l0.${name}`, t)[unit]));

const nouns = (app, words) => [...words.keys()].filter((t) => app.grammar(words[t])?.kind === "noun");
const has = (app, gate) => app.model.gates.includes(gate);

/** The encoder's step that reads the person of the sentence, or −1. */
function personRead({ model, payload }, { tokens, n }) {
  const person = tokens.findIndex((word) => Object.hasOwn(payload.genders.en, word));
  return range(n).findIndex((t) => model.placeOf(t, n) === person);
}

/** By step of the lesson: its numbers in the sentence in the box, or null where it has none. */
const NUMBERS = {
  wrec: (_app, { n }) => ({ n: n - 1, below: short(0.9 ** (n - 1)), above: short(1.1 ** (n - 1)), one: "1" }),
  async rnn(app, runs, wanted) {
    const rival = app.rival("rnn");
    const { memory, config } = app.model;
    const to = (model, run, site) => settled(gains(model, run, "enc", site, runs.n - 1), wanted);
    if (!rival) return null;
    const rnn = await to(rival, rival.run(runs.ids), "l0.h");
    const lstm = await to(app.model, runs.plain, `l${config.layers - 1}.${memory}`);
    return wanted() && { rnn: short(rnn[0]), lstm: short(lstm[0]), lines: { rnn, lstm } };
  },
  pipeline(app, runs) {
    const [unit] = app.top(3, "enc");
    const t = Math.max(personRead(app, runs), 0);
    const { enc } = runs.now;
    return (
      has(app, "g") && {
        unit,
        word: app.read("enc", t),
        before: two(enc.before("l0.c", t)[unit]),
        after: two(enc.row("l0.c", t)[unit]),
        ...Object.fromEntries(["f", "i", "g"].map((name) => [name, two(enc.row(`l0.${name}`, t)[unit])])),
      }
    );
  },
  valves(app, runs) {
    const t = personRead(app, runs);
    const genders = app.genders("enc", runs.now);
    return (
      t >= 0 &&
      genders &&
      has(app, "o") && {
        word: app.read("enc", t),
        before: percent(genders[t - 1] ?? 0.5),
        after: percent(genders[t]),
        ...Object.fromEntries(["f", "i", "o"].map((name) => [name, two(valve(app, runs.now, "enc", name, t))])),
      }
    );
  },
  cases(app, runs) {
    if (!has(app, "f")) return null;
    const { walk } = app.payload;
    const { cases, between } = walk;
    const [f, i] = ["f", "i"].map((name) => runs.now.dec.sites[`l0.${name}`]);
    const count = {};
    f.forEach((v, k) => {
      const name = caseOf(walk, v, i[k]);
      count[name] = (count[name] ?? 0) + 1;
    });
    const share = (name) => percent((count[name] ?? 0) / f.length);
    return {
      counts: Object.values(cases)
        .map((name) => [name, (count[name] ?? 0) / f.length])
        .concat([["a valve half open", (count[between] ?? 0) / f.length]]),
      kept: share(cases["open closed"]),
      changed: share(cases["closed open"]),
      added: share(cases["open open"]),
      cleared: share(cases["closed closed"]),
      rest: share(between),
    };
  },
  boygirl(app, runs) {
    const twin = runs.twin();
    if (!twin) return null;
    const others = twin.written.map(app.target.word);
    const changed = [...differing(others, runs.newWords)];
    return {
      changed,
      others,
      count: counted(changed.length, "word"),
      changes: changed.map((t) => `${runs.newWords[t]} → ${others[t] ?? "–"}`).join(", "),
    };
  },
  switch(app, runs) {
    const words = runs.newWords;
    const link = runs.tokens.findIndex((word) => /^(but|and)$/.test(word));
    const twin = link > 0 && app.twin(app.store.get().sentence, (place) => place < link);
    const [first, second] = nouns(app, words);
    if (!twin || !second || !has(app, "f")) return null;
    const other = app.runOf(twin);
    const around = ([run, noun], name) =>
      between(Math.max(0, noun - 3), Math.min(noun + 1, run.dec.steps - 1)).map((t) => valve(app, run, "dec", name, t));
    const lowest = (place) => two(Math.min(...around(place, "f")));
    const highest = (place) => two(Math.max(...around(place, "i")));
    const own = [runs.now, second];
    const twins = [other, nouns(app, other.written.map(app.target.word))[1] ?? second];
    const changes = app.grammar(words[first]).gender !== app.grammar(words[second]).gender;
    const [changing, same] = changes ? [own, twins] : [twins, own];
    return {
      word: words[second],
      f: lowest(changing),
      i: highest(changing),
      f_same: lowest(same),
      i_same: highest(same),
      f_inside: two(mean([first + 1, first + 2].map((t) => valve(app, runs.now, "dec", "f", t)))),
    };
  },
  output(app, runs) {
    const agrees = (t) => app.grammar(runs.newWords[t])?.kind === "agrees";
    const steps = range(runs.now.dec.steps);
    const of = (test) => two(mean(steps.filter(test).map((t) => valve(app, runs.now, "dec", "o", t))));
    return has(app, "o") && steps.some(agrees) && { o_agree: of(agrees), o_other: of((t) => !agrees(t)) };
  },
};

/** What holds in the sentence in the box: the numbers of a step's sentence `here`, or null where it has none. */
export const live = (app, runs, id, wanted) => NUMBERS[id]?.(app, runs, wanted);

/** Where a step is seen: the side, what is looked along, and the word. */
const PLACES = {
  rnn: { side: "enc" },
  pipeline: { side: "enc", look: "best" },
  valves: { side: "enc", look: "best" },
  cases: { side: "dec", look: "best" },
  boygirl: { side: "dec", look: "gender" },
  switch: { side: "dec", look: "best", isJoint: true },
  output: { side: "dec", look: "best" },
};

/** What a view must have to show a step: its own sentence, or the lesson's where that does not show it. */
export function placeOf(app, id, sentences) {
  const { store, target } = app;
  const { side, look, isJoint } = PLACES[id] ?? {};
  if (!side) return {};
  const own = store.get().sentence;
  const runs = (sentence) => ({ tokens: app.tokensOf(sentence), plain: app.runOf(sentence) });
  const words = (sentence) => runs(sentence).plain.written.map(target.word);
  const shows = (sentence) =>
    isJoint ? nouns(app, words(sentence)).length > 1 : words(sentence).some((word) => app.grammar(word));
  const sentence = shows(own) ? own : sentences[isJoint ? "switch" : "girl"];
  const { tokens, plain } = runs(sentence);
  const read = isJoint ? words(sentence).find((word) => word === "ale" || word === "a") : "";
  const at = landing(app, { tokens, plain, n: plain.enc.steps }, { side, read });
  const [best] = app.top(1, side);
  const unit = look === "gender" ? { unit: "gender" } : look && best !== undefined ? { unit: best } : {};
  return { sentence, side, at, layer: 0, ...unit };
}
