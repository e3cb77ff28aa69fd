/** The way back to the step of the lesson that sent the reader to another screen. */
import { el, fill } from "app/drawing/draw.js";

export function mountBack({ store, payload }) {
  const steps = payload.lesson?.steps ?? [];
  const line = el("p", { class: "back", hidden: true });
  document.querySelector("main").prepend(line);
  return {
    update({ screen, back }, _runs, why) {
      line.hidden = back === null || screen === "lesson" || back >= steps.length;
      if (line.hidden || !(why.has("back") || why.has("screen") || !line.firstChild)) return;
      const onclick = () => store.set({ screen: "lesson", step: back, back: null });
      fill(
        line,
        el("button", { class: "primary", onclick }, `← Back to the lesson, step ${back + 1}`),
        ` ${steps[back].title}`,
      );
    },
  };
}
