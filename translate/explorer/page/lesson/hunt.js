/** The lesson's last step: the sentence in the box is judged; one that fails may be kept. */
import { el } from "app/drawing/draw.js";
import { judgeRun } from "app/words/agreement.js";
import { lacking, unpaired } from "app/words/counterparts.js";

/** Which words agree, who is lost in the Czech, and what else it lacks or adds. */
function claims(app, words, { judged, wrong, lost, gone, added }) {
  const cross = (text) => el("li", null, el("b", null, "✕ "), text);
  const checked = (t) => [
    el("b", null, wrong.includes(t) ? "✕ " : "✓ "),
    app.czech(words[t]),
    wrong.includes(t) ? " does not agree with its person" : "",
    "  ",
  ];
  return el(
    "ul",
    { class: "claims" },
    judged.length ? el("li", null, judged.map(checked)) : null,
    lost.length ? cross(`Nobody in the Czech stands for ${lost.join(", ")}.`) : null,
    gone.length ? cross(`Nothing in the Czech stands for ${gone.join(", ")}.`) : null,
    added.length ? cross(`Nothing in the English is ${added.join(", ")}.`) : null,
  );
}

/** The sentences that were kept, with what becomes of them. */
function galleryOf(app, gallery) {
  const { store } = app;
  const kept = (sentence) => {
    const remove = () => store.set({ gallery: store.get().gallery.filter((other) => other !== sentence) });
    return el(
      "li",
      null,
      el("button", { class: "word", onclick: () => store.set({ sentence }) }, sentence),
      " ",
      el("span", { lang: "cs" }, app.target.text(app.runOf(sentence).written)),
      " ",
      el("button", { "aria-label": `Remove: ${sentence}`, onclick: remove }, "✕"),
    );
  };
  return [el("h4", null, "Your gallery (it is in the link)"), el("ol", { class: "gallery" }, gallery.map(kept))];
}

export function hunt(app, view, runs) {
  const words = runs.plain.written.filter((id) => id !== app.END).map(app.target.word);
  const unknown = runs.tokens.filter((word) => !app.source.known(word));
  const judgement = judgeRun(app, runs.tokens, words);
  const { judged, wrong, lost } = judgement;
  const { added, lost: apart } = unpaired(app.payload, runs.tokens, words);
  const gone = apart.filter((word) => !lost.includes(word));
  const isBroken = wrong.length + lost.length + gone.length + added.length > 0;
  const isAsked = !unknown.length && judged.length + lost.length + gone.length + added.length > 0;
  const lacks = lacking(app.payload, runs.tokens);
  const isKept = view.gallery.includes(view.sentence);
  const keep = () => app.store.set({ gallery: [...app.store.get().gallery, view.sentence].slice(-20) });
  const outcome = unknown.length
    ? `It does not know ${unknown.slice(0, 3).join(", ")}; use words that it knows.`
    : !isAsked
      ? "No Czech word has to agree here; try a sentence with a boy, a sister, a queen."
      : isBroken
        ? "You broke it."
        : "It agrees. Try a longer one.";
  return [
    el("h4", null, "Your sentence"),
    el("p", { class: "outcome" }, el("b", null, outcome)),
    isAsked && isBroken && lacks ? el("p", null, app.payload.taught.never.replace("{what}", lacks)) : null,
    isAsked ? claims(app, words, { ...judgement, gone, added }) : null,
    isAsked && isBroken
      ? el(
          "button",
          { class: "primary", disabled: isKept, onclick: keep },
          isKept ? "In your gallery" : "Keep it in the gallery",
        )
      : null,
    view.gallery.length ? galleryOf(app, view.gallery) : null,
  ];
}
