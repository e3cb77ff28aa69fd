/** A sentence and its twin, beside each other and exchanged: where they differ, and what a transplant of the state does. */
import { el, svg, fill, number } from "app/draw.js";
import { genderOf, lookAlong } from "app/readout.js";
import { course, choice } from "app/course.js";
import { differing } from "app/header.js";
import { range } from "app/patterns.js";

const PARTS = { both: "c and h", c: "c", h: "h", top1: "the best unit of c", top3: "the best 3 units of c", top10: "the best 10 units of c", pinned: "the pinned units of c" };
const WHOLE = ["both", "c", "h"], DRAWS = 20;

export const screen = {
  id: "pair",
  title: "Boy / girl",
  question: "One word differs: where does it go, and is it the state that carries it?",
  mount(root, app) {
    const { store, model } = app, state = model.memory;
    const side = choice("While", [["enc", "reading English"], ["dec", "writing Czech"]], (value) => store.set({ side: value }));
    const what = choice("Along", [["gender", "the gender direction"]], (value) => store.set({ unit: value === "gender" ? value : Number(value) }));
    const part = choice("Put into A from B", [], (value) => store.set({ part: value }));
    const box = el("input", { type: "text", id: "twin", spellcheck: "false", onchange: () => store.set({ twin: box.value.trim() }) });
    const swap = choice("exchange", [], (value) => store.set({ twin: value }));
    const chart = el("div"), facts = el("p"), when = el("select", { id: "when", onchange: () => store.set({ when: when.value }) });
    const result = el("div", { class: "result", "aria-live": "polite" });
    root.append(el("div", { class: "card" }, el("p", { class: "field" }, el("label", { for: "twin" }, "Sentence B"), box, swap.node), el("div", { class: "controls" }, side.node, what.node), chart, facts),
      el("section", { class: "card" }, el("h3", null, "Transplant"), el("p", null, "An ", app.term("intervention"), ": run A, and once A has read the word below, exchange a part of its state for what B has there. Then A goes on by itself."),
        el("div", { class: "controls" }, part.node, el("p", { class: "field" }, el("label", { for: "when" }, "after A has read"), when)), result));

    /** B: the twin of the whole sentence, or of one of its two people. */
    function twins({ tokens, twinSentence }) {
      const link = tokens.findIndex((word) => /^(but|and)$/.test(word)), parts = [tokens.slice(0, link), tokens.slice(link)].map((part) => part.join(" "));
      const [first, second] = link > 0 ? parts.map((part) => app.twin(part)) : [];
      return [...(first && second ? [[join([first, parts[1]]), "the first person"], [join([parts[0], second]), "the second"]] : []), ...(twinSentence ? [[join([twinSentence]), "everyone"]] : [])];
    }
    const join = (parts) => parts.join(" ").replace(/ ([,.!?])/g, "$1");
    const line = (ids, changed) => el("p", { class: "czechline", lang: "cs" }, ids.map((id, t) => [el("span", { class: changed.has(t) ? "changed" : null }, id === app.END ? "" : app.czech(app.target.word(id))), " "]));
    /** One word after the first one that differs, as the report does it: on both sides when that word has been read. */
    function usual(a, b, side) {
      const differs = side === "enc" ? a.enc.ids.findIndex((id, t) => id !== b.enc.ids[t]) : a.written.findIndex((id, t) => id !== b.written[t]);
      return Math.max(0, Math.min(differs + 1, a[side].steps - 1, b[side].steps - 1));
    }

    /** The transplant as edits. In the decoder h stays A's where only c is taken (lab/intervene.py), so that the two can be told apart. */
    function edits({ part, side, layer, sentence }, other, units, step) {
      const whole = WHOLE.includes(part), steps = [side === "enc" ? model.placeOf(step, app.runs().n) : step], names = part === "both" ? model.states : [part === "h" ? "h" : state];
      const of = (name, l, from, some) => ({ site: `${side}.l${l}.${name}`, units: some, steps, op: "from", sentence: from });
      const layers = model.sides[side].layers.map((_, l) => l).filter((l) => whole || l === layer);
      return layers.flatMap((l) => [...names.map((name) => of(name, l, other, whole ? null : units)), ...(side === "dec" && state === "c" && names.join() === "c" ? [of("h", l, sentence, null)] : [])]);
    }
    const turned = (before, after) => before.some((id, t) => { const g = app.grammar(app.target.word(id)), h = after[t] === undefined ? null : app.grammar(app.target.word(after[t])); return g?.kind !== "noun" && h && g && g.gender !== h.gender; });

    function compare(view, runs, sentence) {
      const a = runs.plain, b = app.runOf(sentence), where = view.side;
      const site = `l${view.layer}.${state}`, steps = Math.max(a[where].steps, b[where].steps);
      const unit = Number.isInteger(view.unit) ? view.unit : "gender", look = lookAlong(app, { ...view, unit }, where, state);
      const course_ = (run) => range(run[where].steps).map((t) => look.along(run[where].row(site, t)) + look.bias);
      const [of, ob] = [course_(a), course_(b)], gap = of.slice(0, ob.length).map((v, k) => ob[k] - v);
      const words = range(steps).map((k) => {
        const [p, q] = [a, b].map((run) => (k >= run[where].steps ? "" : where === "enc" ? app.source.word(run.enc.ids[k]) : app.target.word(run.written[k])));
        return p === q ? p : `${p || "–"} / ${q || "–"}`;
      });
      const p = (run) => app.genders(where, run, view.layer), [pa, pb] = [p(a), p(b)];
      const differs = words.findIndex((word) => word.includes(" / "));
      const marks = (ps) => (ps ? (k) => genderOf(ps[k]) : null);
      fill(chart, course({
        width: Math.max(260, root.clientWidth - 46), height: 300, words, lang: where === "dec" ? "cs" : null, at: app.where().t, pick: (k) => app.go(where, k),
        text: (v) => `${unit !== "gender" || !v ? "" : v > 0 ? "■ " : "● "}${String(v).replace("-", "−")}`,
        title: `A, B and B − A along ${look.name}, word by word`,
        lines: [{ values: gap, kind: "gap", name: "B − A" }, { values: of, kind: "", name: "A", marks: marks(pa) }, { values: ob, kind: "dotted", name: "B", marks: marks(pb) }],
        extra: (y, cols) => [svg("line", { class: "zero", x1: cols.x(0), x2: cols.x(steps - 1), y1: y(0), y2: y(0) }), differs < 0 ? null : svg("text", { class: "note", x: cols.x(differs), y: 10, "text-anchor": "middle" }, "▾")],
      }));
      const firstWritten = a.written.findIndex((id, t) => id !== b.written[t]), changed = differing(a.written, b.written);
      fill(facts, unit === "gender" ? "Height: the log-odds of feminine that the readout sees in the memory; above 0 feminine. " : `Height: ${state} of unit ${unit}. `,
        "A solid, B dashed, B − A dotted; ● masculine, ■ feminine, ◇ undecided. ", differs < 0 ? "No word differs on this side. " : `▾: the first word that differs on this side, ${words[differs]}. `,
        firstWritten < 0 ? "Both are translated alike." : `Czech: ${changed.size} ${changed.size === 1 ? "word differs" : "words differ"}, first word ${firstWritten + 1}.`);
      return { a, b };
    }

    /** The same over many sentences; the report exchanges one word after the noun, and not every part. */
    const general = (id) => (app.payload.measured && !app.payload.aggregates[id] ? el("p", { class: "aggregate" }, el("b", null, "In general: "), "this part was not exchanged over many sentences; the whole state was. ", app.aggregate(`swap.${store.get().side}.both`)) : app.aggregate(id));

    function transplant(view, runs, sentence, { a, b }) {
      const where = view.side, steps = Math.min(a[where].steps, b[where].steps);
      const named = /^\d+$/.test(view.when) && Number(view.when) < steps, step = named ? Number(view.when) : usual(a, b, where);
      fill(when, range(steps).map((t) => el("option", { value: t }, `${t + 1} ${app.read(where, t, a)}`)));
      when.value = step;
      const best = /^top/.test(view.part) ? app.top(Number(view.part.slice(3)), where, view.layer) : view.pinned;
      const run = (units) => model.run(runs.ids, { edits: app.resolve(edits(view, sentence, units, step)) });
      const after = run(best), changed = differing(a.written, after.written), whole = WHOLE.includes(view.part);
      const did = turned(a.written, after.written);
      const draws = whole ? [] : Array.from({ length: DRAWS }, (_, k) => turned(a.written, run(app.random(best, k)).written));
      const id = `swap.${where}.${view.part}`;
      fill(result, el("dl", null,
        el("dt", null, "A"), el("dd", null, line(a.written, new Set())), el("dt", null, "B"), el("dd", null, line(b.written, new Set())),
        el("dt", null, `A with ${PARTS[view.part]} of B after ${step + 1} ${app.read(where, step, a)}`), el("dd", null, line(after.written, changed), el("p", null, changed.size ? `${changed.size} ${changed.size === 1 ? "word" : "words"} changed; ` : "Nothing changed; ", el("b", null, did ? "the agreement turned." : "no agreeing word turned.")))),
        whole ? null : el("p", null, "The same for as many ", app.term("random units"), `: agreement turned in ${draws.filter(Boolean).length} of ${draws.length} draws.`),
        general(id), /^top(3|10)$/.test(view.part) && where === "dec" ? general(`swap.dec.random${view.part.slice(3)}`) : null,
        el("p", { class: "turn" }, el("button", { type: "button", onclick: () => store.set({ edits: edits(view, sentence, best, step), screen: "whatif" }) }, "Keep it as a clamp and look around")));
    }

    return {
      update(view, runs, why) {
        const offered = twins(runs), sentence = view.twin || offered[0]?.[0] || "", units = app.top(5, view.side, view.layer);
        side.set(view.side);
        swap.node.hidden = !offered.length;
        swap.set(sentence, offered);
        if (document.activeElement !== box) box.value = sentence;
        const more = Number.isInteger(view.unit) && !units.includes(view.unit) ? [...units, view.unit] : units;
        what.set(Number.isInteger(view.unit) ? view.unit : "gender", [["gender", "the gender direction"], ...more.map((unit) => [unit, `unit ${unit}`])]);
        part.set(view.part, Object.entries(PARTS).filter(([name]) => (name !== "pinned" || view.pinned.length) && (name !== "both" || model.states.length > 1) && (name !== "c" || state === "c")));
        if (!runs.n || !sentence || !app.tokensOf(sentence).length) {
          fill(chart, el("p", { class: "empty" }, "This sentence has no boy or girl to exchange. Write a second sentence above."));
          return fill(facts), fill(result);
        }
        if (["at", "runs", "unit", "side", "layer", "twin", "size", "scheme", "shown"].some((name) => why.has(name))) {
          const both = compare(view, runs, sentence);
          if (why.size > 1 || !why.has("at")) transplant(view, runs, sentence, both);
        } else if (["part", "when", "pinned"].some((name) => why.has(name))) transplant(view, runs, sentence, { a: runs.plain, b: app.runOf(sentence) });
      },
    };
  },
};
