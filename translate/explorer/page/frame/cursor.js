/** The time cursor: the slider, its keys, playing, and the sentence about the word under it. */
import { genderOf, lookAlong, openness } from "app/network/readout.js";
import { GENDERS, genderName, SITES } from "app/words/terms.js";

/** The sentence for the word under the cursor: its valves in number and word, and what became of the gender. */
export function cursorSentence(app, view) {
  const { side, t } = app.where();
  const { now, n, m } = app.runs();
  const part = now[side];
  if (!n) return "Type an English sentence.";
  const c = app.model.memory;
  const site = `l${view.layer}`;
  const look = lookAlong(app, view, side, c);
  const what =
    side === "enc"
      ? `Reading word ${t + 1} of ${n}, “${app.read(side, t)}”`
      : `Writing word ${t + 1} of ${m}, “${app.target.word(now.written[t])}”, after reading “${app.read(side, t)}”`;
  const valves = ["f", "i", "z"]
    .filter((name) => part.sites[`${site}.${name}`])
    .map((name) => {
      const value = look.valve(part.row(`${site}.${name}`, t));
      return `${SITES[name]} ${value.toFixed(2)}, ${openness(value, app.payload.walk)}`;
    });
  const read = `${side}.${site}.${c}`;
  if (app.readout.has(read)) {
    const [p, q] = [part.before(`${site}.${c}`, t), part.row(`${site}.${c}`, t)].map((row) => app.readout.p(read, row));
    const from = GENDERS[genderOf(p)];
    valves.push(
      genderOf(p) === genderOf(q) || (side === "enc" && t === 0)
        ? `gender in memory: ${genderName(q)}`
        : `gender in memory: ${from} → ${genderName(q)}`,
    );
  }
  return `${what}: ${valves.join("; ")} (valves: ${look.name}).`;
}

const moves = { ArrowLeft: -1, ArrowRight: 1 };
const isCheck = (type) => type === "radio" || type === "checkbox";

/** Whether a key that is pressed at `target` belongs to it, and not to the page. */
const keeps = ({ tagName, type }) =>
  ["SELECT", "TEXTAREA"].includes(tagName) || (tagName === "INPUT" && type !== "range" && !isCheck(type));

export function mountCursor(app) {
  const { store } = app;
  const [slider, button, live] = ["scrub", "play", "live"].map((id) => document.getElementById(id));
  const last = () => app.runs().n + app.runs().m - 1;
  let playing = 0;
  function play(on) {
    clearInterval(playing);
    const next = () => (store.get().at < last() ? store.set({ at: store.get().at + 1 }) : play(false));
    playing = on ? setInterval(next, 700) : 0;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "❚❚" : "▶";
  }
  function toggle() {
    if (!playing && store.get().at >= last()) store.set({ at: 0 });
    play(!playing);
  }
  button.addEventListener("click", toggle);
  slider.addEventListener("input", () => store.set({ at: Number(slider.value) }));
  addEventListener("keydown", (event) => {
    const { target, key } = event;
    const { tagName, type } = target;
    const role = target.getAttribute?.("role");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keeps(target)) return;
    if (target !== slider && type === "range") return;
    if (moves[key] && target !== slider && type !== "radio" && role !== "grid" && role !== "tab") {
      store.set({ at: store.get().at + moves[key] });
      event.preventDefault();
    }
    if (key === " " && !["BUTTON", "SUMMARY", "A"].includes(tagName) && !isCheck(type) && role !== "button") {
      toggle();
      event.preventDefault();
    }
  });

  return {
    update(view, runs) {
      slider.max = Math.max(0, runs.n + runs.m - 1);
      slider.value = view.at;
      live.textContent = cursorSentence(app, view);
      slider.setAttribute("aria-valuetext", live.textContent);
    },
  };
}
