// The panel of facets: boxes to tick, ranges of numbers, and what is chosen.
(function (search) {
  "use strict";

  const { element, say } = search;
  const SHOWN = 8;

  // `choose` is called with { key: [value] } at each choice.
  search.facetPanel = (choose) => {
    const chips = element("ul", { class: "search-chips" });
    const groups = element("div", { class: "search-groups" });
    const title = element("summary", { class: "search-filters" }, say("filters"));
    // It has its place from the start, so that it pushes no result away when it comes.
    const panel = element("details", { class: "search-facets" }, title, chips, groups);
    const shown = new Map();
    let chosen = {};

    function set(key, values) {
      const { [key]: _, ...others } = chosen;
      choose(values.length > 0 ? { ...others, [key]: values } : others);
    }

    // Boxes are made once and then kept, so that the focus stays where it is.
    function group(facet) {
      if (!shown.has(facet.key)) {
        const made = facet.range ? range(facet, set) : choice(facet, set, () => chosen[facet.key] ?? []);
        shown.set(facet.key, made);
        groups.append(made.box);
      }
      return shown.get(facet.key);
    }

    function chip(facet, text, rest) {
      const label = say("remove", { label: facet.label, value: text });
      const button = element("button", { type: "button", class: "search-chip", "aria-label": label }, text);
      button.addEventListener("click", () => {
        set(facet.key, rest);
        title.focus();
      });
      return element("li", {}, button);
    }

    function chipsOf(facet) {
      const values = chosen[facet.key] ?? [];
      if (facet.range) return values.map((value) => chip(facet, `${facet.label} ${value.replace("..", " – ")}`, []));
      return values.map((value) => chip(facet, value, values.filter((other) => other !== value)));
    }

    function show(facets, now) {
      chosen = now;
      panel.hidden = facets.length === 0;
      for (const facet of facets) group(facet).show(facet.values, chosen[facet.key] ?? []);
      const list = facets.flatMap(chipsOf);
      if (list.length > 1) {
        const clear = element("button", { type: "button", class: "search-clear" }, say("clear"));
        clear.addEventListener("click", () => {
          choose({});
          title.focus();
        });
        list.push(element("li", {}, clear));
      }
      const count = facets.reduce((count, facet) => count + chipsOf(facet).length, 0);
      title.textContent = count > 0 ? `${say("filters")} (${count})` : say("filters");
      chips.replaceChildren(...list);
    }

    return { panel, show };
  };

  function choice(facet, set, chosen) {
    const list = element("div", { class: "search-values" });
    const more = element("button", { type: "button", class: "search-more-values" }, say("moreValues"));
    const box = element("fieldset", { class: "search-facet" }, element("legend", {}, facet.label), list, more);
    let whole = false;
    const rows = new Map(
      facet.values.map(({ value }) => {
        const input = element("input", { type: "checkbox", name: facet.key, value });
        const count = element("span", { class: "search-count" });
        const row = element("label", { class: "search-value" }, input, element("span", { class: "search-value-label" }, value), count);
        input.addEventListener("change", () => set(facet.key, input.checked ? [...chosen(), value] : chosen().filter((other) => other !== value)));
        return [value, { row, input, count }];
      }),
    );
    list.append(...[...rows.values()].map(({ row }) => row));
    more.addEventListener("click", () => {
      whole = true;
      box.dispatchEvent(new Event("search-show"));
      more.hidden = true;
      [...rows.values()][0]?.input.focus();
    });

    function show(values, now) {
      // The largest first to be seen, in the order of the alphabet.
      const largest = [...values].filter(({ count }) => count > 0).sort((one, other) => other.count - one.count).slice(0, SHOWN);
      const seen = new Set(largest.map(({ value }) => value));
      let left = 0;
      for (const { value, count } of values) {
        const { row, input, count: number } = rows.get(value);
        const isChosen = now.includes(value);
        const isHeld = row.contains(document.activeElement);
        input.checked = isChosen;
        number.textContent = count;
        row.hidden = !(isChosen || isHeld || seen.has(value) || (whole && count > 0));
        if (row.hidden && count > 0) left += 1;
      }
      more.hidden = whole || left === 0;
      box.hidden = [...rows.values()].every(({ row }) => row.hidden);
      box.addEventListener("search-show", () => show(values, now), { once: true });
    }
    return { box, show };
  }

  function range(facet, set) {
    const numbers = facet.values.map(({ value }) => value);
    const bound = (placeholder) => element("input", { type: "text", inputmode: "decimal", class: "search-bound", size: 5, placeholder });
    const [least, greatest] = [bound(numbers[0] ?? ""), bound(numbers.at(-1) ?? "")];
    const row = element("div", { class: "search-range" }, element("label", {}, say("from"), " ", least), element("label", {}, say("to"), " ", greatest));
    const box = element("fieldset", { class: "search-facet" }, element("legend", {}, facet.label), row);
    const change = () => {
      const [from, to] = [least.value.trim(), greatest.value.trim()];
      set(facet.key, from === "" && to === "" ? [] : [`${from}..${to}`]);
    };
    for (const input of [least, greatest]) input.addEventListener("change", change);

    function show(values, now) {
      const [from, to = from] = (now[0] ?? "").split("..");
      [least.value, greatest.value] = [from, to];
      box.hidden = values.length < 2 && now.length === 0;
    }
    return { box, show };
  }
})((globalThis.recueilSearch ??= {}));
