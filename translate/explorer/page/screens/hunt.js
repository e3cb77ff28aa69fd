/** The lesson's last step: the sentence in the box is judged; one that fails may be kept. */
import { el } from "app/drawing/draw.js";
import { judge } from "app/words/agreement.js";

export function hunt(app, view, runs) {
  const { store, payload } = app;
  const words = runs.plain.written.filter((id) => id !== app.END).map(app.target.word);
  const unknown = runs.tokens.filter((word) => !app.source.known(word));
  const { judged, wrong, lost } = judge(runs.tokens, words, {
    genders: payload.genders.en,
    grammar: app.grammar,
    gloss: app.gloss,
  });
  const kept = view.gallery.includes(view.sentence);
  const broken = wrong.length + lost.length > 0;
  const asked = !unknown.length && (judged.length || lost.length);
  const say = unknown.length
    ? `It does not know ${unknown.slice(0, 3).join(", ")}; use words that it knows.`
    : !asked
      ? "No Czech word has to agree here; try a sentence with a boy, a sister, a queen."
      : broken
        ? "You broke it."
        : "It agrees. Try a longer one.";
  return [
    el("h4", null, "Your sentence"),
    el("p", { class: "outcome" }, el("b", null, say)),
    asked
      ? [
          el(
            "ul",
            { class: "claims" },
            judged.length
              ? el(
                  "li",
                  null,
                  judged.map((t) => [
                    el("b", null, wrong.includes(t) ? "✕ " : "✓ "),
                    app.czech(words[t]),
                    wrong.includes(t) ? " does not agree with its person" : "",
                    "  ",
                  ]),
                )
              : null,
            lost.length
              ? el("li", null, el("b", null, "✕ "), `Nobody in the Czech stands for ${lost.join(", ")}.`)
              : null,
          ),
          broken
            ? el(
                "button",
                {
                  type: "button",
                  class: "primary",
                  disabled: kept,
                  onclick: () => store.set({ gallery: [...store.get().gallery, view.sentence].slice(-20) }),
                },
                kept ? "In your gallery" : "Keep it in the gallery",
              )
            : null,
        ]
      : null,
    view.gallery.length
      ? [
          el("h4", null, "Your gallery (it is in the link)"),
          el(
            "ol",
            { class: "gallery" },
            view.gallery.map((sentence) =>
              el(
                "li",
                null,
                el("button", { type: "button", class: "word", onclick: () => store.set({ sentence }) }, sentence),
                " ",
                el("span", { lang: "cs" }, app.target.text(app.runOf(sentence).written)),
                " ",
                el(
                  "button",
                  {
                    type: "button",
                    "aria-label": `Remove: ${sentence}`,
                    onclick: () => store.set({ gallery: store.get().gallery.filter((s) => s !== sentence) }),
                  },
                  "✕",
                ),
              ),
            ),
          ),
        ]
      : null,
  ];
}
