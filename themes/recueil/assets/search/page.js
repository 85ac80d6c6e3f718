// The full page: the same search with facets, its state in the address.
//= require narrow.js
//= require facets.js
(function (search) {
  "use strict";

  const { element, say } = search;
  const STEP = 10;
  const WIDE = "(min-width: 60rem)";

  search.openPage = (place) => {
    const form = place.querySelector("form");
    const field = form.querySelector("input[type=search]");
    const status = element("p", { class: "search-status", role: "status" });
    const notes = element("div", { class: "search-notes" });
    const results = element("ol", { class: "search-results" });
    const more = element("button", { type: "button", class: "search-more", hidden: true }, say("more"));
    const facets = search.facetPanel((chosen) => change({ facets: chosen }, "push"));
    facets.panel.open = matchMedia(WIDE).matches;
    const found = element("div", { class: "search-found" }, status, notes, results, more);
    place.querySelector("[data-search-fallback]")?.remove();
    place.append(element("div", { class: "search-columns" }, facets.panel, found));
    const announce = search.announcer(status);

    let state = read();
    let asked = 0;

    // The address: ?q=…&service=…&service=…&annee=2012..2014
    function read() {
      const query = new URLSearchParams(location.search);
      const chosen = {};
      for (const [key, value] of query) if (key !== "q") (chosen[key] ??= []).push(value);
      return { text: query.get("q") ?? "", facets: chosen, to: STEP };
    }

    function write(how) {
      const query = new URLSearchParams();
      if (state.text !== "") query.set("q", state.text);
      for (const [key, values] of Object.entries(state.facets)) for (const value of values) query.append(key, value);
      const search = query.toString();
      try {
        history[how === "push" ? "pushState" : "replaceState"](null, "", search === "" ? location.pathname : `?${search}`);
      } catch {
        // A page opened from a folder may not rewrite its address: the search works all the same.
      }
    }

    function change(next, how) {
      state = { ...state, to: STEP, ...next };
      write(how);
      return update();
    }

    async function update() {
      const turn = (asked += 1);
      try {
        const outcome = await search.ask({ ...state, isWanted: () => turn === asked });
        if (turn !== asked) return;
        const [said, remarks] = search.remarks(state.text, outcome, again);
        announce(said);
        notes.replaceChildren(...remarks);
        results.replaceChildren(...outcome.hits.map(search.resultItem));
        more.hidden = outcome.total <= outcome.hits.length;
        facets.show(outcome.facets, state.facets);
      } catch (error) {
        if (turn === asked) {
          announce(say("broken"));
          facets.panel.hidden = true;
          notes.replaceChildren();
          results.replaceChildren();
          more.hidden = true;
        }
        if (!(error instanceof search.Broken)) throw error;
      }
    }

    function again(text) {
      field.value = text;
      field.focus();
      change({ text }, "push");
    }

    field.addEventListener("input", search.pausing(() => change({ text: field.value }, "replace")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      change({ text: field.value }, "push");
    });
    more.addEventListener("click", async () => {
      const shown = results.children.length;
      state = { ...state, to: state.to + STEP };
      await update();
      results.children[shown]?.querySelector("a").focus();
    });
    addEventListener("popstate", () => {
      state = read();
      field.value = state.text;
      update();
    });
    search.arrows(place, field);
    // What was typed before this script came is not lost.
    if (field.value === "" || state.text !== "") field.value = state.text;
    else state.text = field.value;
    update();
  };
})((globalThis.recueilSearch ??= {}));
