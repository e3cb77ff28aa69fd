/** The lesson in nine steps: a prediction, then what was measured, and what holds in the sentence above. */
import { el, fill } from "app/drawing/draw.js";
import { live, placeOf } from "app/lesson/here.js";
import { hunt } from "app/lesson/hunt.js";
import { drawn } from "app/lesson/pictures.js";
import { glossed } from "app/words/tips.js";

const filled = (text, numbers) =>
  text.replace(/\{(\w+)\}/g, (_, name) => numbers[name]?.text ?? numbers[name] ?? "(not measured)");
const within = (rule, value) =>
  rule.is !== undefined ? rule.is === value : (rule.at_least ?? -Infinity) <= value && value < (rule.below ?? Infinity);

/** A sentence without its end mark. */
const bare = (sentence) => sentence.replace(/[\s.]+$/, "");

/** The lesson of the page's model: its steps and numbers, and the reader's prediction of each step. */
function lessonOf({ store, payload }) {
  const steps = payload.lesson?.steps ?? payload.lesson?.step ?? [];
  return {
    steps,
    numbers: payload.lesson?.numbers ?? {},
    verdict: payload.lesson?.verdict,
    sentences: payload.lesson?.sentences ?? {},
    numberOf: (view) => Math.min(view.step, steps.length - 1),
    pickOf: (view, k) => (/\d/.test(view.picks[k] ?? "") ? Number(view.picks[k]) : null),
    pick(k, option) {
      const picks = store.get().picks.padEnd(steps.length, "-").split("");
      picks[k] = option ?? "-";
      store.set({ picks: picks.join("") });
    },
  };
}

function claim(numbers, { says, measure, holds, fails, ...rule }) {
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

/** The names of all steps; a tick where something was predicted. */
function contents({ steps, pickOf }, view, current, go) {
  return steps.map(({ title }, k) =>
    el(
      "li",
      null,
      el(
        "button",
        { "aria-current": k === current ? "step" : null, onclick: () => go(k) },
        el("span", null, pickOf(view, k) === null ? String(k + 1) : "✓"),
        title,
      ),
    ),
  );
}

/** What the lesson says, and what may be predicted. */
function question({ steps, numbers, pick }, k, chosen) {
  const { title, statement, question, option } = steps[k];
  const name = `option-${k}`;
  return [
    el("p", { class: "label" }, `Step ${k + 1} of ${steps.length}`),
    el("h3", { tabindex: -1 }, title),
    el("blockquote", null, el("span", { class: "label" }, "The lesson says"), el("p", null, glossed(statement))),
    el(
      "fieldset",
      { class: "options" },
      el("legend", null, filled(question, numbers)),
      option.map(({ text }, j) =>
        el(
          "label",
          null,
          el("input", { type: "radio", name, value: j, checked: chosen === j, onchange: () => pick(k, j) }),
          el("span", null, filled(text, numbers)),
        ),
      ),
    ),
  ];
}

/** What was measured beside what was predicted; its picture is in `here`. */
function answer({ numbers, verdict }, step, chosen, here) {
  const known = (text) => [...text.matchAll(/\{(\w+)\}/g)].every(([, name]) => numbers[name]);
  const value = numbers[step.measure]?.value;
  const right = value === undefined ? -1 : step.option.findIndex((option) => within(option, value));
  const said = (k) => filled(step.option[k].text, numbers);
  const outcome = () =>
    verdict[chosen === right ? "right" : "wrong"]
      .replace("{predicted}", () => said(chosen).split(":")[0])
      .replace("{right}", () => said(right));
  return el(
    "div",
    { class: "answer" },
    right < 0
      ? el("p", null, "This was not measured for this model.")
      : el("p", { class: "outcome" }, el("b", null, `${chosen === right ? "✓" : "✕"} ${outcome()}`)),
    known(step.explanation) ? el("p", null, glossed(filled(step.explanation, numbers))) : null,
    here,
    el("h4", null, "What the lesson says, and what was measured"),
    el(
      "ul",
      { class: "claims" },
      (step.claim ?? []).map((each) => claim(numbers, each)),
    ),
    el("p", { class: "small" }, "The same in a terminal: ", el("code", null, step.command), "."),
  );
}

/** To the step before, to the screen that shows this one (and has a way back), and to the next. */
function turns(app, { steps, sentences }, k, go) {
  const { id, screen } = steps[k];
  const see = () => app.store.set({ screen, back: k, ...placeOf(app, id, sentences) });
  const button = (text, onclick) => el("button", { onclick }, text);
  return el(
    "p",
    { class: "turn" },
    k ? button("← Back", () => go(k - 1)) : null,
    screen !== "lesson"
      ? button(`See it: ${document.querySelector(`[data-screen=${screen}]`).textContent}`, see)
      : null,
    k < steps.length - 1 ? el("button", { class: "primary", onclick: () => go(k + 1) }, "Next →") : null,
  );
}

/** What holds in the sentence above, once it is computed. @param {() => boolean} wanted whether it still is */
async function showHere(app, { steps, sentences, numberOf }, { here, width }, view, runs, wanted) {
  const { store } = app;
  const step = steps[numberOf(view)];
  if (step.id === "break") return fill(here, hunt(app, view, runs));
  const needed = step.id === "switch" ? sentences.switch : sentences.girl;
  const onclick = () => store.set({ sentence: needed });
  const use =
    needed && bare(needed) !== bare(view.sentence) ? el("button", { onclick }, "Use the lesson’s sentence") : null;
  fill(here, el("p", { class: "small" }, "Computing…"));
  const found = runs.n > 1 ? await live(app, runs, step.id, wanted) : null;
  if (!wanted()) return;
  if (!found) return fill(here, el("p", null, "The sentence above does not show this. ", use));
  fill(
    here,
    drawn(app, runs, step.id, found, width()),
    el("p", null, el("b", null, "Here, now: "), filled(step.here ?? "", found), " ", use),
  );
}

export const screen = {
  id: "lesson",
  title: "Lesson",
  question: "Nine steps: first guess, then see what the trained network does.",
  mount(root, app) {
    const lesson = lessonOf(app);
    if (!lesson.steps.length) {
      root.append(el("p", null, "This page was made without the lesson's text."));
      return { update() {} };
    }
    const list = el("ol", { class: "steps" });
    const card = el("div", { class: "card step" });
    const here = el("div", { class: "here" });
    root.append(el("div", { class: "lesson" }, el("nav", { "aria-label": "Steps of the lesson" }, list), card));
    let job = 0;
    const go = (step) => {
      app.store.set({ step });
      card.querySelector("h3").focus();
    };

    function draw(view) {
      const k = lesson.numberOf(view);
      const chosen = lesson.pickOf(view, k);
      const focused = document.activeElement?.closest?.(".step") && document.activeElement.value;
      fill(list, contents(lesson, view, k, go));
      fill(
        card,
        question(lesson, k, chosen),
        chosen === null
          ? el("p", { class: "small" }, "Choose what you expect; then the answer appears.")
          : answer(lesson, lesson.steps[k], chosen, here),
        turns(app, lesson, k, go),
      );
      if (focused !== undefined && focused !== false) card.querySelector(`input[value="${focused}"]`)?.focus();
    }

    return {
      update(view, runs, why) {
        const any = (...names) => names.some((name) => why.has(name));
        if (any("step", "picks", "shown")) draw(view);
        if (!any("step", "picks", "shown", "runs", "gallery", "size")) return;
        const mine = ++job;
        showHere(app, lesson, { here, width: () => card.clientWidth - 80 }, view, runs, () => mine === job);
      },
    };
  },
};
