/** The memory map: units × words, and the same words elsewhere. */
import { choice } from "app/drawing/course.js";
import { el } from "app/drawing/draw.js";
import { makeElsewhere } from "app/map/elsewhere.js";
import { makeMap } from "app/map/map.js";
import { SITES } from "app/words/terms.js";

/** What can be shown, in this order, as far as the cell has it. */
const SHOWN = ["c", "h", "f", "i", "o", "g", "z", "r", "n"];
const WHILE = [
  ["enc", "reading English"],
  ["dec", "writing Czech"],
];
const SORTED = [
  ["weight", "by gender"],
  ["switch", "by change where it turns"],
  ["cluster", "alike together"],
];

export const screen = {
  id: "memory",
  title: "Memory map",
  question: "Which units hold what, and from which word to which?",
  mount(root, app) {
    const { store, model } = app;
    const sites = SHOWN.filter((site) => [...model.gates, ...model.states].includes(site));
    const named = sites.map((site) => [site, `${SITES[site]} ${site}`]);
    const what = choice("Show", named, (site) => store.set({ site }));
    const side = choice("While", WHILE, (value) => store.set({ side: value }));
    const sort = choice("Units sorted", SORTED, (value) => store.set({ sort: value }));
    const map = makeMap(app, () => root.clientWidth - 46);
    const elsewhere = makeElsewhere(app, map);
    root.append(el("div", { class: "controls" }, what.node, side.node, sort.node), map.node, elsewhere.node);
    let waiting = 0;
    return {
      update(view, runs, why) {
        const any = (...names) => names.some((name) => why.has(name));
        what.set(view.site);
        side.set(view.side);
        sort.set(view.sort);
        for (const card of root.querySelectorAll(".card")) card.hidden = !runs.n;
        if (!runs.n) return;
        const anew = any("runs", "site", "sort", "side", "layer", "size", "scheme", "shown");
        if (anew) map.draw(view, runs);
        map.point(view);
        if (anew || any("pinned")) map.drawStrips(view);
        if (!anew && !any("brush", "at")) return;
        clearTimeout(waiting); // while the cursor runs, the corpus waits
        const show = () => {
          if (store.get().screen === "memory" && app.runs().n) elsewhere.show(store.get(), app.runs());
        };
        waiting = setTimeout(show, why.has("brush") ? 0 : 120);
      },
    };
  },
};
