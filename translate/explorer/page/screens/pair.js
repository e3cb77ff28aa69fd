/**
 * A sentence and its twin, beside each other and exchanged: where they differ, and what a transplant of the state
 * does.
 */
import { choice, course } from "app/drawing/course.js";
import { el, fill, svg } from "app/drawing/draw.js";
import { range } from "app/network/arrays.js";
import { genderOf, lookAlong } from "app/network/readout.js";
import { EXCHANGED, transplant } from "app/screens/transplant.js";
import { differing } from "app/words/differing.js";
import { count, minus } from "app/words/numbers.js";

export const screen = {
  id: "pair",
  title: "Boy / girl",
  question: "One word differs: where does it go, and is it the state that carries it?",
  mount(root, app) {
    const { store, model } = app;
    const state = model.memory;
    const side = choice(
      "While",
      [
        ["enc", "reading English"],
        ["dec", "writing Czech"],
      ],
      (value) => store.set({ side: value }),
    );
    const what = choice("Along", [["gender", "the gender direction"]], (value) =>
      store.set({ unit: value === "gender" ? value : Number(value) }),
    );
    const part = choice("Put into A from B", [], (value) => store.set({ part: value }));
    const box = el("input", {
      type: "text",
      id: "twin",
      spellcheck: "false",
      onchange: () => store.set({ twin: box.value.trim() }),
    });
    const swap = choice("exchange", [], (value) => store.set({ twin: value }));
    const chart = el("div");
    const facts = el("p");
    const when = el("select", { id: "when", onchange: () => store.set({ when: when.value }) });
    const result = el("div", { class: "result", "aria-live": "polite" });
    root.append(
      el(
        "div",
        { class: "card" },
        el("p", { class: "field" }, el("label", { for: "twin" }, "Sentence B"), box, swap.node),
        el("div", { class: "controls" }, side.node, what.node),
        chart,
        facts,
      ),
      el(
        "section",
        { class: "card" },
        el("h3", null, "Transplant"),
        el(
          "p",
          null,
          "An ",
          app.term("intervention"),
          ": run A, and once A has read the word below, exchange a part of its state for what B has there. ",
          "Then A goes on by itself.",
        ),
        el(
          "div",
          { class: "controls" },
          part.node,
          el("p", { class: "field" }, el("label", { for: "when" }, "after A has read"), when),
        ),
        result,
      ),
    );

    /** B: the twin of the whole sentence, or of one of its two people. */
    function twins({ tokens, twinSentence }) {
      const link = tokens.findIndex((word) => /^(but|and)$/.test(word));
      const parts = [tokens.slice(0, link), tokens.slice(link)].map((part) => part.join(" "));
      const [first, second] = link > 0 ? parts.map((part) => app.twin(part)) : [];
      return [
        ...(first && second
          ? [
              [join([first, parts[1]]), "the first person"],
              [join([parts[0], second]), "the second"],
            ]
          : []),
        ...(twinSentence ? [[join([twinSentence]), "everyone"]] : []),
      ];
    }
    const join = (parts) => parts.join(" ").replace(/ ([,.!?])/g, "$1");
    function compare(view, runs, sentence) {
      const a = runs.plain;
      const b = app.runOf(sentence);
      const where = view.side;
      const site = `l${view.layer}.${state}`;
      const steps = Math.max(a[where].steps, b[where].steps);
      const unit = Number.isInteger(view.unit) ? view.unit : "gender";
      const look = lookAlong(app, { ...view, unit }, where, state);
      const course_ = (run) => range(run[where].steps).map((t) => look.along(run[where].row(site, t)) + look.bias);
      const [of, ob] = [course_(a), course_(b)];
      const gap = of.slice(0, ob.length).map((v, k) => ob[k] - v);
      const words = range(steps).map((k) => {
        const [p, q] = [a, b].map((run) =>
          k >= run[where].steps
            ? ""
            : where === "enc"
              ? app.source.word(run.enc.ids[k])
              : app.target.word(run.written[k]),
        );
        return p === q ? p : `${p || "–"} / ${q || "–"}`;
      });
      const p = (run) => app.genders(where, run, view.layer);
      const [pa, pb] = [p(a), p(b)];
      const differs = words.findIndex((word) => word.includes(" / "));
      const marks = (ps) => (ps ? (k) => genderOf(ps[k]) : null);
      fill(
        chart,
        course({
          width: Math.max(260, root.clientWidth - 46),
          height: 300,
          words,
          lang: where === "dec" ? "cs" : null,
          at: app.where().t,
          pick: (k) => app.go(where, k),
          text: (v) => `${unit !== "gender" || !v ? "" : v > 0 ? "■ " : "● "}${minus(String(v))}`,
          title: `A, B and B − A along ${look.name}, word by word`,
          lines: [
            { values: gap, kind: "gap", name: "B − A" },
            { values: of, kind: "", name: "A", marks: marks(pa) },
            { values: ob, kind: "dotted", name: "B", marks: marks(pb) },
          ],
          extra: (y, cols) => [
            svg("line", { class: "zero", x1: cols.x(0), x2: cols.x(steps - 1), y1: y(0), y2: y(0) }),
            differs < 0
              ? null
              : svg("text", { class: "note", x: cols.x(differs), y: 10, "text-anchor": "middle" }, "▾"),
          ],
        }),
      );
      const firstWritten = a.written.findIndex((id, t) => id !== b.written[t]);
      const changed = differing(a.written, b.written);
      fill(
        facts,
        unit === "gender"
          ? "Height: the log-odds of feminine that the readout sees in the memory; above 0 feminine. "
          : `Height: ${state} of unit ${unit}. `,
        "A solid, B dashed, B − A dotted; ● masculine, ■ feminine, ◇ undecided. ",
        differs < 0
          ? "No word differs on this side. "
          : `▾: the first word that differs on this side, ${words[differs]}. `,
        firstWritten < 0
          ? "Both are translated alike."
          : `Czech: ${count(changed.size, "word differs", "words differ")}, first word ${firstWritten + 1}.`,
      );
      return { a, b };
    }

    return {
      update(view, runs, why) {
        const offered = twins(runs);
        const sentence = view.twin || offered[0]?.[0] || "";
        const units = app.top(5, view.side, view.layer);
        side.set(view.side);
        swap.node.hidden = !offered.length;
        swap.set(sentence, offered);
        if (document.activeElement !== box) box.value = sentence;
        const more = Number.isInteger(view.unit) && !units.includes(view.unit) ? [...units, view.unit] : units;
        what.set(Number.isInteger(view.unit) ? view.unit : "gender", [
          ["gender", "the gender direction"],
          ...more.map((unit) => [unit, `unit ${unit}`]),
        ]);
        part.set(
          view.part,
          Object.entries(EXCHANGED).filter(
            ([name]) =>
              (name !== "pinned" || view.pinned.length) &&
              (name !== "both" || model.states.length > 1) &&
              (name !== "c" || state === "c"),
          ),
        );
        if (!runs.n || !sentence || !app.tokensOf(sentence).length) {
          fill(
            chart,
            el("p", { class: "empty" }, "This sentence has no boy or girl to exchange. Write a second sentence above."),
          );
          fill(facts);
          fill(result);
          return;
        }
        if (["at", "runs", "unit", "side", "layer", "twin", "size", "scheme", "shown"].some((name) => why.has(name))) {
          const both = compare(view, runs, sentence);
          if (why.size > 1 || !why.has("at")) transplant(app, view, runs, sentence, both, when, result);
        } else if (["part", "when", "pinned"].some((name) => why.has(name)))
          transplant(app, view, runs, sentence, { a: runs.plain, b: app.runOf(sentence) }, when, result);
      },
    };
  },
};
