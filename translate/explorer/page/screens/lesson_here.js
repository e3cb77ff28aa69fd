/** What holds in the sentence in the box, step by step of the lesson: its numbers, and a small picture of some. */
import { course } from "app/drawing/course.js";
import { el } from "app/drawing/draw.js";
import { mean, range } from "app/network/arrays.js";
import { gains, settled } from "app/network/gradients.js";
import { genderOf } from "app/network/readout.js";
import { caseOf } from "app/network/walk.js";
import { differing } from "app/words/differing.js";
import { count as counted, percent, short, two } from "app/words/numbers.js";

/**
 * What holds in the sentence in the box, by step: the numbers of the step's sentence `here`, or null where it has
 * none.
 */
export function live(app, runs) {
  const run = runs.now;
  const dec = run.dec;
  const words = run.written.map(app.target.word);
  const state = app.model.memory;
  const n = runs.n;
  const nouns = (list) => list.flatMap((word, t) => (app.grammar(word)?.kind === "noun" ? [t] : []));
  const at = (part, site, t, units) => units.map((unit) => part.row(`l0.${site}`, t)[unit]);
  const three = (side) => app.top(3, side);
  const person = runs.tokens.findIndex((word) => Object.hasOwn(app.payload.genders.en, word));
  const read = range(n).findIndex((t) => app.model.placeOf(t, n) === person);
  const gates = (name) => app.model.gates.includes(name);
  return {
    wrec: () => ({ n: n - 1, below: short(0.9 ** (n - 1)), above: short(1.1 ** (n - 1)), one: "1" }),
    async rnn(wanted) {
      const rival = app.rival("rnn");
      const to = async (model, own, site) => short((await settled(gains(model, own, "enc", site, n - 1), wanted))[0]);
      return (
        rival && {
          rnn: await to(rival, rival.run(runs.ids), "l0.h"),
          lstm: await to(app.model, runs.plain, `l${app.model.config.layers - 1}.${state}`),
        }
      );
    },
    pipeline() {
      const [unit] = three("enc");
      const t = Math.max(read, 0);
      return (
        gates("g") && {
          unit,
          word: app.read("enc", t),
          before: two(run.enc.before("l0.c", t)[unit]),
          after: two(run.enc.row("l0.c", t)[unit]),
          ...Object.fromEntries(["f", "i", "g"].map((name) => [name, two(at(run.enc, name, t, [unit])[0])])),
        }
      );
    },
    valves() {
      const genders = app.genders("enc", run);
      return (
        read >= 0 &&
        genders &&
        gates("o") && {
          word: app.read("enc", read),
          before: percent(genders[read - 1] ?? 0.5),
          after: percent(genders[read]),
          ...Object.fromEntries(
            ["f", "i", "o"].map((name) => [name, two(mean(at(run.enc, name, read, three("enc"))))]),
          ),
        }
      );
    },
    cases() {
      if (!gates("f")) return null;
      const { cases, between } = app.payload.walk;
      const [f, i] = ["f", "i"].map((name) => dec.sites[`l0.${name}`]);
      const count = {};
      f.forEach((v, k) => {
        const name = caseOf(app.payload.walk, v, i[k]);
        count[name] = (count[name] ?? 0) + 1;
      });
      const share = (name) => percent((count[name] ?? 0) / f.length);
      return {
        kept: share(cases["open closed"]),
        changed: share(cases["closed open"]),
        added: share(cases["open open"]),
        cleared: share(cases["closed closed"]),
        rest: share(between),
      };
    },
    boygirl() {
      const twin = runs.twin();
      if (!twin) return null;
      const others = twin.written.map(app.target.word);
      const changed = [...differing(others, words)];
      return {
        count: counted(changed.length, "word"),
        changes: changed.map((t) => `${words[t]} → ${others[t] ?? "–"}`).join(", "),
      };
    },
    switch() {
      const link = runs.tokens.findIndex((word) => /^(but|and)$/.test(word));
      const first = link > 0 && app.twin(runs.tokens.slice(0, link).join(" "));
      const [, second] = nouns(words);
      if (!first || !second || !gates("f")) return null;
      const other = app.runOf(`${first} ${runs.tokens.slice(link).join(" ")}`);
      const around = (part, to) =>
        range(5)
          .map((k) => to - 3 + k)
          .filter((t) => t >= 0 && t < part.steps);
      const lowest = (part, to) => two(Math.min(...around(part, to).map((t) => mean(at(part, "f", t, three("dec"))))));
      const highest = (part, to) => two(Math.max(...around(part, to).map((t) => mean(at(part, "i", t, three("dec"))))));
      const there = nouns(other.written.map(app.target.word))[1] ?? second;
      const changes = app.grammar(words[nouns(words)[0]]).gender !== app.grammar(words[second]).gender;
      const [a, b] = changes
        ? [
            [dec, second],
            [other.dec, there],
          ]
        : [
            [other.dec, there],
            [dec, second],
          ];
      const inside = range(nouns(words)[0] + 3)
        .slice(nouns(words)[0] + 1)
        .map((t) => mean(at(dec, "f", t, three("dec"))));
      return {
        word: words[second],
        f: lowest(...a),
        i: highest(...a),
        f_same: lowest(...b),
        i_same: highest(...b),
        f_inside: two(mean(inside)),
      };
    },
    output() {
      const agreeing = new Set(range(words.length).filter((t) => app.grammar(words[t])?.kind === "agrees"));
      const of = (test) =>
        range(dec.steps)
          .filter(test)
          .map((t) => mean(at(dec, "o", t, three("dec"))));
      return (
        gates("o") &&
        agreeing.size && {
          o_agree: two(mean(of((t) => agreeing.has(t)))),
          o_other: two(mean(of((t) => !agreeing.has(t)))),
        }
      );
    },
  };
}

/** A small picture of some steps, over the words of the sentence in the box. */
export function drawn(app, runs, id, width) {
  const words = (side) =>
    range(runs.now[side].steps).map((t) =>
      side === "enc" ? app.read("enc", t) : app.target.word(runs.now.written[t]),
    );
  const valves = (side, names) =>
    names.map(([site, name, kind, marks]) => ({
      name,
      kind,
      marks,
      values: range(runs.now[side].steps).map((t) =>
        mean(app.top(3, side).map((unit) => runs.now[side].row(`l0.${site}`, t)[unit])),
      ),
    }));
  const agrees = (t) => {
    const it = app.grammar(words("dec")[t] ?? "");
    return it?.kind === "agrees" ? it.gender : undefined;
  };
  const gender = (side) => {
    const found = app.genders(side);
    return found ? (t) => genderOf(found[t]) : undefined;
  };
  const make = {
    wrec: () => ({
      words: range(Math.max(runs.n, 2)).map(String),
      log: true,
      text: short,
      title: "W_rec to the power of the number of words",
      lines: [0.9, 1, 1.1].map((w) => ({
        name: String(w),
        kind: w === 1 ? "strong" : "faint",
        values: range(Math.max(runs.n, 2)).map((k) => w ** k),
      })),
    }),
    valves: () => ({
      words: words("enc"),
      title: "Three valves over the English words",
      lines: valves("enc", [
        ["f", "forget", "strong", gender("enc")],
        ["i", "memory", "dotted"],
        ["o", "output", "faint"],
      ]),
    }),
    switch: () => ({
      words: words("dec"),
      lang: "cs",
      title: "Forget and memory valve over the Czech words",
      lines: valves("dec", [
        ["f", "forget", "strong", gender("dec")],
        ["i", "memory", "dotted"],
      ]),
    }),
    output: () => ({
      words: words("dec"),
      lang: "cs",
      title: "Output valve over the Czech words",
      lines: valves("dec", [["o", "output", "strong", agrees]]),
    }),
  }[id];
  if (!make || (id !== "wrec" && !app.model.gates.includes("f"))) return null;
  const what = make();
  return [
    course({ width, height: 210, at: -1, ...(id === "wrec" ? {} : { low: 0, high: 1 }), ...what }),
    el(
      "p",
      { class: "small" },
      {
        wrec: "A log axis: each line is as much of a factor above the next.",
        output: "The three units that tell the gender best; ● and ■ stand at the words that agree.",
      }[id] ??
        "The mean of the three units that tell the gender best; " +
          "● ■ ◇: the gender that is read from the memory at that word.",
    ),
  ];
}
