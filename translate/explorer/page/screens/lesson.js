/** The lesson in nine steps: a prediction, then what was measured, and what holds in the sentence above. */
import { el, fill } from "app/drawing/draw.js";
import { hunt } from "app/screens/hunt.js";
import { drawn, live } from "app/screens/lesson_here.js";
import { glossed } from "app/words/tips.js";

const filled = (text, numbers) =>
  text.replace(/\{(\w+)\}/g, (_, name) => numbers[name]?.text ?? numbers[name] ?? "(not measured)");
const within = (rule, value) =>
  rule.is !== undefined ? rule.is === value : (rule.at_least ?? -Infinity) <= value && value < (rule.below ?? Infinity);

export const screen = {
  id: "lesson",
  title: "Lesson",
  question: "Nine steps: first guess, then see what the trained network does.",
  mount(root, app) {
    const { store, payload } = app;
    const steps = payload.lesson?.steps ?? payload.lesson?.step ?? [];
    const numbers = payload.lesson?.numbers ?? {};
    const sentences = payload.lesson?.sentences ?? {};
    if (!steps.length) {
      root.append(el("p", null, "This page was made without the lesson's text."));
      return { update() {} };
    }
    const list = el("ol", { class: "steps" });
    const card = el("div", { class: "card step" });
    const here = el("div", { class: "here" });
    root.append(el("div", { class: "lesson" }, el("nav", { "aria-label": "Steps of the lesson" }, list), card));
    let job = 0;

    const known = (text) => [...text.matchAll(/\{(\w+)\}/g)].every(([, name]) => numbers[name]);
    const pickOf = (view, k) => (/\d/.test(view.picks[k] ?? "") ? Number(view.picks[k]) : null);
    function pick(k, option) {
      const picks = store.get().picks.padEnd(steps.length, "-").split("");
      picks[k] = option ?? "-";
      store.set({ picks: picks.join("") });
    }
    const go = (step) => {
      store.set({ step });
      card.querySelector("h3").focus();
    };

    function verdict(step, chosen) {
      const value = numbers[step.measure]?.value;
      const right = value === undefined ? -1 : step.option.findIndex((option) => within(option, value));
      if (right < 0) return el("p", null, "This was not measured for this model.");
      return el(
        "p",
        { class: "outcome" },
        el("b", null, chosen === right ? "✓ As you predicted: " : "✕ Not as you predicted: "),
        filled(step.option[right].text, numbers),
        ".",
      );
    }

    function claim({ says, measure, holds, fails, ...rule }) {
      const number = numbers[measure];
      const known = (number?.value ?? null) !== null;
      // Decided only where the whole interval lies on one side of the bar, as in the terminal.
      const sides = known
        ? [number.value, number.low ?? number.value, number.high ?? number.value].map((end) => within(rule, end))
        : [];
      const yes = sides[0];
      const decided = sides.every((side) => side === yes);
      const said = !known
        ? "Not measured in this model."
        : decided
          ? filled(yes ? holds : fails, numbers)
          : `Undecided: ${number.text}, and the bar lies within the interval.`;
      return el(
        "li",
        { class: known && decided ? (yes ? "yes" : "no") : "open" },
        el("b", null, known && decided ? (yes ? "✓ " : "✕ ") : "? "),
        el("i", null, says),
        " ",
        said,
      );
    }

    function draw(view) {
      const k = Math.min(view.step, steps.length - 1);
      const step = steps[k];
      const chosen = pickOf(view, k);
      const focused = document.activeElement?.closest?.(".step") && document.activeElement.value;
      fill(
        list,
        steps.map(({ title }, j) =>
          el(
            "li",
            null,
            el(
              "button",
              { type: "button", "aria-current": j === k ? "step" : null, onclick: () => go(j) },
              el("span", null, pickOf(view, j) === null ? String(j + 1) : "✓"),
              title,
            ),
          ),
        ),
      );
      const name = `option-${k}`;
      fill(
        card,
        el("p", { class: "label" }, `Step ${k + 1} of ${steps.length}`),
        el("h3", { tabindex: -1 }, step.title),
        el(
          "blockquote",
          null,
          el("span", { class: "label" }, "The lesson says"),
          el("p", null, glossed(step.statement)),
        ),
        el(
          "fieldset",
          { class: "options" },
          el("legend", null, filled(step.question, numbers)),
          step.option.map(({ text }, j) =>
            el(
              "label",
              null,
              el("input", { type: "radio", name, value: j, checked: chosen === j, onchange: () => pick(k, j) }),
              el("span", null, filled(text, numbers)),
            ),
          ),
        ),
        chosen === null
          ? el("p", { class: "small" }, "Choose what you expect; then the answer appears.")
          : el(
              "div",
              { class: "answer" },
              verdict(step, chosen),
              known(step.explanation) ? el("p", null, glossed(filled(step.explanation, numbers))) : null,
              el("ul", { class: "claims" }, (step.claim ?? []).map(claim)),
              here,
              el("p", { class: "small" }, "The same in a terminal: ", el("code", null, step.command), "."),
            ),
        el(
          "p",
          { class: "turn" },
          k ? el("button", { type: "button", onclick: () => go(k - 1) }, "← Back") : null,
          step.screen !== "lesson"
            ? el(
                "button",
                {
                  type: "button",
                  onclick: () =>
                    store.set({ screen: step.screen, ...(step.id === "switch" ? { unit: "gender" } : {}) }),
                },
                `See it: ${document.querySelector(`[data-screen=${step.screen}]`).textContent}`,
              )
            : null,
          k < steps.length - 1
            ? el("button", { type: "button", class: "primary", onclick: () => go(k + 1) }, "Next →")
            : null,
        ),
      );
      if (focused !== undefined && focused !== false) card.querySelector(`input[value="${focused}"]`)?.focus();
    }

    async function measure(view, runs) {
      const mine = ++job;
      const step = steps[Math.min(view.step, steps.length - 1)];
      const wanted = () => mine === job;
      if (step.id === "break") return fill(here, hunt(app, view, runs));
      const needed = step.id === "switch" ? sentences.switch : sentences.girl;
      const use =
        needed && needed !== view.sentence
          ? el(
              "button",
              { type: "button", onclick: () => store.set({ sentence: needed }) },
              "use the lesson's sentence",
            )
          : null;
      fill(here, el("p", { class: "small" }, "Computing…"));
      const found = runs.n > 1 ? await live(app, runs)[step.id]?.(wanted) : null;
      if (!wanted()) return;
      fill(
        here,
        found
          ? [
              el("p", null, el("b", null, "Here, now: "), filled(step.here ?? "", found), " ", use),
              drawn(app, runs, step.id, card.clientWidth - 80),
            ]
          : el("p", null, "The sentence above does not show this. ", use),
      );
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
