/** The lesson in nine steps: a prediction, then what was measured, and what holds in the sentence above. */
import { el, fill, percent } from "app/draw.js";
import { genderOf, openness } from "app/readout.js";
import { GLOSSARY } from "app/glossary.js";
import { gains, settled, shown } from "app/gradients.js";
import { judge } from "app/agreement.js";
import { course } from "app/course.js";
import { differing } from "app/header.js";
import { range } from "app/patterns.js";

const filled = (text, numbers) => text.replace(/\{(\w+)\}/g, (_, name) => numbers[name]?.text ?? numbers[name] ?? "(not measured)");
const within = (rule, value) => (rule.is !== undefined ? rule.is === value : (rule.at_least ?? -Infinity) <= value && value < (rule.below ?? Infinity));
/** A text with every term of the glossary explained where it first stands. */
function glossed(app, text) {
  const seen = new Set();
  return text.split(TERMS).map((part) => { const known = TERM_OF[part.toLowerCase()]; if (!known || seen.has(known)) return part; seen.add(known); return app.term(known, part); });
}
const TERM_OF = Object.fromEntries(Object.keys(GLOSSARY).map((name) => [name.toLowerCase(), name]));
const TERMS = new RegExp(`\\b(${Object.keys(GLOSSARY).filter((name) => /^\w[\w ]+\w$/.test(name)).sort((a, b) => b.length - a.length).join("|")})\\b`, "i");
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** What holds in the sentence in the box, by step: the numbers of the step's sentence `here`, or null where it has none. */
function live(app, runs) {
  const run = runs.now, dec = run.dec, words = run.written.map(app.target.word), state = app.model.memory, n = runs.n;
  const nouns = (list) => list.flatMap((word, t) => (app.grammar(word)?.kind === "noun" ? [t] : []));
  const at = (part, site, t, units) => units.map((unit) => part.row(`l0.${site}`, t)[unit]);
  const three = (side) => app.top(3, side), two = (x) => x.toFixed(2).replace("-", "−");
  const person = runs.tokens.findIndex((word) => Object.hasOwn(app.payload.genders.en, word)), read = range(n).findIndex((t) => app.model.placeOf(t, n) === person);
  const gates = (name) => app.model.gates.includes(name);
  return {
    wrec: () => ({ n: n - 1, below: shown(0.9 ** (n - 1)), above: shown(1.1 ** (n - 1)), one: "1" }),
    async rnn(wanted) {
      const rival = app.rival("rnn"), to = async (model, own, site) => shown((await settled(gains(model, own, "enc", site, n - 1), wanted))[0]);
      return rival && { rnn: await to(rival, rival.run(runs.ids), "l0.h"), lstm: await to(app.model, runs.plain, `l${app.model.config.layers - 1}.${state}`) };
    },
    pipeline() {
      const [unit] = three("enc"), t = Math.max(read, 0);
      return gates("g") && { unit, word: app.read("enc", t), before: two(run.enc.before("l0.c", t)[unit]), after: two(run.enc.row("l0.c", t)[unit]), ...Object.fromEntries(["f", "i", "g"].map((name) => [name, two(at(run.enc, name, t, [unit])[0])])) };
    },
    valves() {
      const genders = app.genders("enc", run);
      return read >= 0 && genders && gates("o") && { word: app.read("enc", read), before: percent(genders[read - 1] ?? 0.5), after: percent(genders[read]), ...Object.fromEntries(["f", "i", "o"].map((name) => [name, two(mean(at(run.enc, name, read, three("enc"))))])) };
    },
    cases() {
      if (!gates("f")) return null;
      const { cases, between } = app.payload.walk, [f, i] = ["f", "i"].map((name) => dec.sites[`l0.${name}`]), count = {};
      f.forEach((v, k) => { const name = cases[`${openness(v, app.payload.walk)} ${openness(i[k], app.payload.walk)}`] ?? between; count[name] = (count[name] ?? 0) + 1; });
      const share = (name) => percent((count[name] ?? 0) / f.length);
      return { kept: share("kept"), changed: share("changed completely"), added: share("added to"), cleared: share("cleared"), rest: share(between) };
    },
    boygirl() {
      const twin = runs.twin();
      if (!twin) return null;
      const others = twin.written.map(app.target.word), changed = [...differing(others, words)];
      return { count: `${changed.length} ${changed.length === 1 ? "word" : "words"}`, changes: changed.map((t) => `${words[t]} → ${others[t] ?? "–"}`).join(", ") };
    },
    switch() {
      const link = runs.tokens.findIndex((word) => /^(but|and)$/.test(word)), first = link > 0 && app.twin(runs.tokens.slice(0, link).join(" "));
      const [, second] = nouns(words);
      if (!first || !second || !gates("f")) return null;
      const other = app.runOf(`${first} ${runs.tokens.slice(link).join(" ")}`), around = (part, to) => range(5).map((k) => to - 3 + k).filter((t) => t >= 0 && t < part.steps);
      const lowest = (part, to) => two(Math.min(...around(part, to).map((t) => mean(at(part, "f", t, three("dec")))))), highest = (part, to) => two(Math.max(...around(part, to).map((t) => mean(at(part, "i", t, three("dec"))))));
      const there = nouns(other.written.map(app.target.word))[1] ?? second, changes = app.grammar(words[nouns(words)[0]]).gender !== app.grammar(words[second]).gender;
      const [a, b] = changes ? [[dec, second], [other.dec, there]] : [[other.dec, there], [dec, second]];
      const inside = range(nouns(words)[0] + 3).slice(nouns(words)[0] + 1).map((t) => mean(at(dec, "f", t, three("dec"))));
      return { word: words[second], f: lowest(...a), i: highest(...a), f_same: lowest(...b), i_same: highest(...b), f_inside: two(mean(inside)) };
    },
    output() {
      const agreeing = new Set(range(words.length).filter((t) => app.grammar(words[t])?.kind === "agrees")), of = (test) => range(dec.steps).filter(test).map((t) => mean(at(dec, "o", t, three("dec"))));
      return gates("o") && agreeing.size && { o_agree: two(mean(of((t) => agreeing.has(t)))), o_other: two(mean(of((t) => !agreeing.has(t)))) };
    },
  };
}

/** A small picture of some steps, over the words of the sentence in the box. */
function drawn(app, runs, id, width) {
  const words = (side) => range(runs.now[side].steps).map((t) => (side === "enc" ? app.read("enc", t) : app.target.word(runs.now.written[t])));
  const valves = (side, names) => names.map(([site, name, kind, marks]) => ({ name, kind, marks, values: range(runs.now[side].steps).map((t) => mean(app.top(3, side).map((unit) => runs.now[side].row(`l0.${site}`, t)[unit]))) }));
  const agrees = (t) => { const it = app.grammar(words("dec")[t] ?? ""); return it?.kind === "agrees" ? it.gender : undefined; };
  const gender = (side) => { const found = app.genders(side); return found ? (t) => genderOf(found[t]) : undefined; };
  const shown_ = {
    wrec: () => ({ words: range(Math.max(runs.n, 2)).map(String), log: true, text: shown, title: "W_rec to the power of the number of words", lines: [0.9, 1, 1.1].map((w) => ({ name: String(w), kind: w === 1 ? "strong" : "faint", values: range(Math.max(runs.n, 2)).map((k) => w ** k) })) }),
    valves: () => ({ words: words("enc"), title: "Three valves over the English words", lines: valves("enc", [["f", "forget", "strong", gender("enc")], ["i", "memory", "dotted"], ["o", "output", "faint"]]) }),
    switch: () => ({ words: words("dec"), lang: "cs", title: "Forget and memory valve over the Czech words", lines: valves("dec", [["f", "forget", "strong", gender("dec")], ["i", "memory", "dotted"]]) }),
    output: () => ({ words: words("dec"), lang: "cs", title: "Output valve over the Czech words", lines: valves("dec", [["o", "output", "strong", agrees]]) }),
  }[id];
  if (!shown_ || (id !== "wrec" && !app.model.gates.includes("f"))) return null;
  const what = shown_();
  return [course({ width, height: 210, at: -1, ...(id === "wrec" ? {} : { low: 0, high: 1 }), ...what }), el("p", { class: "small" }, { wrec: "A log axis: each line is as much of a factor above the next.", output: "The three units that tell the gender best; ● and ■ stand at the words that agree." }[id] ?? "The mean of the three units that tell the gender best; ● ■ ◇: the gender that is read from the memory at that word.")];
}

export const screen = {
  id: "lesson",
  title: "Lesson",
  question: "Nine steps: first guess, then see what the trained network does.",
  mount(root, app) {
    const { store, payload } = app, steps = payload.lesson?.steps ?? payload.lesson?.step ?? [], numbers = payload.lesson?.numbers ?? {}, sentences = payload.lesson?.sentences ?? {};
    if (!steps.length) { root.append(el("p", null, "This page was made without the lesson's text.")); return { update() {} }; }
    const list = el("ol", { class: "steps" }), card = el("div", { class: "card step" }), here = el("div", { class: "here" });
    root.append(el("div", { class: "lesson" }, el("nav", { "aria-label": "Steps of the lesson" }, list), card));
    let job = 0;

    const known = (text) => [...text.matchAll(/\{(\w+)\}/g)].every(([, name]) => numbers[name]);
    const pickOf = (view, k) => (/\d/.test(view.picks[k] ?? "") ? Number(view.picks[k]) : null);
    function pick(k, option) {
      const picks = store.get().picks.padEnd(steps.length, "-").split("");
      picks[k] = option ?? "-";
      store.set({ picks: picks.join("") });
    }
    const go = (step) => { store.set({ step }); card.querySelector("h3").focus(); };

    function verdict(step, chosen) {
      const value = numbers[step.measure]?.value, right = value === undefined ? -1 : step.option.findIndex((option) => within(option, value));
      if (right < 0) return el("p", null, "This was not measured for this model.");
      return el("p", { class: "outcome" }, el("b", null, chosen === right ? "✓ As you predicted: " : "✕ Not as you predicted: "), filled(step.option[right].text, numbers), ".");
    }

    function claim({ says, measure, holds, fails, ...rule }) {
      const number = numbers[measure], known = (number?.value ?? null) !== null;
      // Decided only where the whole interval lies on one side of the bar, as in the terminal.
      const sides = known ? [number.value, number.low ?? number.value, number.high ?? number.value].map((end) => within(rule, end)) : [];
      const yes = sides[0], decided = sides.every((side) => side === yes);
      const said = !known ? "Not measured in this model." : decided ? filled(yes ? holds : fails, numbers) : `Undecided: ${number.text}, and the bar lies within the interval.`;
      return el("li", { class: known && decided ? (yes ? "yes" : "no") : "open" }, el("b", null, known && decided ? (yes ? "✓ " : "✕ ") : "? "), el("i", null, says), " ", said);
    }

    function draw(view) {
      const k = Math.min(view.step, steps.length - 1), step = steps[k], chosen = pickOf(view, k), focused = document.activeElement?.closest?.(".step") && document.activeElement.value;
      fill(list, steps.map(({ title }, j) => el("li", null, el("button", { type: "button", "aria-current": j === k ? "step" : null, onclick: () => go(j) }, el("span", null, pickOf(view, j) === null ? String(j + 1) : "✓"), title))));
      const name = `option-${k}`;
      fill(card, el("p", { class: "label" }, `Step ${k + 1} of ${steps.length}`), el("h3", { tabindex: -1 }, step.title),
        el("blockquote", null, el("span", { class: "label" }, "The lesson says"), el("p", null, glossed(app, step.statement))),
        el("fieldset", { class: "options" }, el("legend", null, filled(step.question, numbers)), step.option.map(({ text }, j) => el("label", null, el("input", { type: "radio", name, value: j, checked: chosen === j, onchange: () => pick(k, j) }), el("span", null, filled(text, numbers))))),
        chosen === null ? el("p", { class: "small" }, "Choose what you expect; then the answer appears.") : el("div", { class: "answer" },
          verdict(step, chosen), known(step.explanation) ? el("p", null, glossed(app, filled(step.explanation, numbers))) : null,
          el("ul", { class: "claims" }, (step.claim ?? []).map(claim)), here,
          el("p", { class: "small" }, "The same in a terminal: ", el("code", null, step.command), ".")),
        el("p", { class: "turn" }, k ? el("button", { type: "button", onclick: () => go(k - 1) }, "← Back") : null,
          step.screen !== "lesson" ? el("button", { type: "button", onclick: () => store.set({ screen: step.screen, ...(step.id === "switch" ? { unit: "gender" } : {}) }) }, `See it: ${document.querySelector(`[data-screen=${step.screen}]`).textContent}`) : null,
          k < steps.length - 1 ? el("button", { type: "button", class: "primary", onclick: () => go(k + 1) }, "Next →") : null));
      if (focused !== undefined && focused !== false) card.querySelector(`input[value="${focused}"]`)?.focus();
    }

    async function measure(view, runs) {
      const mine = ++job, step = steps[Math.min(view.step, steps.length - 1)], wanted = () => mine === job;
      if (step.id === "break") return fill(here, hunt(view, runs));
      const needed = step.id === "switch" ? sentences.switch : sentences.girl;
      const use = needed && needed !== view.sentence ? el("button", { type: "button", onclick: () => store.set({ sentence: needed }) }, "use the lesson's sentence") : null;
      fill(here, el("p", { class: "small" }, "Computing…"));
      const found = runs.n > 1 ? await live(app, runs)[step.id]?.(wanted) : null;
      if (!wanted()) return;
      fill(here, found ? [el("p", null, el("b", null, "Here, now: "), filled(step.here ?? "", found), " ", use), drawn(app, runs, step.id, card.clientWidth - 80)] : el("p", null, "The sentence above does not show this. ", use));
    }

    /** The last step: the sentence in the box is judged; one that fails may be kept. */
    function hunt(view, runs) {
      const words = runs.plain.written.filter((id) => id !== app.END).map(app.target.word), unknown = runs.tokens.filter((word) => !app.source.known(word));
      const { judged, wrong, lost } = judge(runs.tokens, words, { genders: payload.genders.en, grammar: app.grammar, gloss: app.gloss }), kept = view.gallery.includes(view.sentence);
      const broken = wrong.length + lost.length > 0, asked = !unknown.length && (judged.length || lost.length);
      const say = unknown.length ? `It does not know ${unknown.slice(0, 3).join(", ")}; use words that it knows.` : !asked ? "No Czech word has to agree here; try a sentence with a boy, a sister, a queen." : broken ? "You broke it." : "It agrees. Try a longer one.";
      return [el("h4", null, "Your sentence"), el("p", { class: "outcome" }, el("b", null, say)), asked ? [el("ul", { class: "claims" },
        judged.length ? el("li", null, judged.map((t) => [el("b", null, wrong.includes(t) ? "✕ " : "✓ "), app.czech(words[t]), wrong.includes(t) ? " does not agree with its person" : "", "  "])) : null,
        lost.length ? el("li", null, el("b", null, "✕ "), `Nobody in the Czech stands for ${lost.join(", ")}.`) : null),
      broken ? el("button", { type: "button", class: "primary", disabled: kept, onclick: () => store.set({ gallery: [...store.get().gallery, view.sentence].slice(-20) }) }, kept ? "In your gallery" : "Keep it in the gallery") : null] : null,
        view.gallery.length ? [el("h4", null, "Your gallery (it is in the link)"), el("ol", { class: "gallery" }, view.gallery.map((sentence) => el("li", null, el("button", { type: "button", class: "word", onclick: () => store.set({ sentence }) }, sentence), " ", el("span", { lang: "cs" }, app.target.text(app.runOf(sentence).written)), " ",
        el("button", { type: "button", "aria-label": `Remove: ${sentence}`, onclick: () => store.set({ gallery: store.get().gallery.filter((s) => s !== sentence) }) }, "✕"))))] : null];
    }

    return {
      update(view, runs, why) {
        const any = (...names) => names.some((name) => why.has(name));
        if (any("step", "picks", "shown")) draw(view);
        if (any("step", "picks", "shown", "runs", "gallery", "size")) measure(view, runs);
      },
    };
  },
};
