// Asking, and showing what is answered: shared by the dialog and the full page. Text enters the page as text only.
(function (search) {
  "use strict";

  const { config } = search;
  // A page may say some things in its own words: <script type="application/json" id="search-config">{"strings": {…}}</script>
  const own = document.getElementById("search-config");
  const strings = { ...search.strings, ...(own ? JSON.parse(own.textContent).strings : {}) };
  // Made when they are first needed: they cost a telephone as much as a search.
  const once = (make) => {
    let made;
    return () => (made ??= make());
  };
  const plural = once(() => new Intl.PluralRules(config.language));
  const numbers = once(() => new Intl.NumberFormat(config.language));

  search.say = (key, values = {}) => {
    const said = strings[key];
    const text = typeof said === "object" ? (said[plural().select(values.n)] ?? said.other) : said;
    return text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? numbers().format(values[name]) : values[name]));
  };

  // element("p", { class: "search-note" }, "text", child…)
  search.element = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false && value !== null) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  };
  const { element, say } = search;

  // After a new build an open page still has the old manifest: ask once more with the new one.
  let opened = null;
  search.ask = async (query) => {
    const answer = async (fresh) => {
      if (fresh || !opened) opened = new search.Store(config.index).open(fresh);
      return search.search(await opened, query);
    };
    try {
      return await answer(false);
    } catch (error) {
      if (!(error instanceof search.Broken)) throw error;
      opened = null;
      return answer(true);
    }
  };

  const pieces = (list) => list.map(({ text, marked }) => (marked ? element("mark", { class: "search-mark" }, text) : text));

  function dateText(date) {
    const [, year, month, day] = date.match(/^(\d{4})-(\d{2})-(\d{2})$/) ?? [];
    const named = say("months").split(" ")[Number(month) - 1];
    return named ? `${day === "01" ? say("first") : Number(day)} ${named} ${year}` : date;
  }

  function placeItem({ url, title, label, excerpt }) {
    const name = label === "" ? title : `${label} · ${title}`;
    const item = element("li", { class: "search-place" }, element("a", { class: "search-link", href: config.address(url) }, name));
    if (excerpt.length > 0) item.append(element("p", { class: "search-excerpt" }, ...pieces(excerpt)));
    return item;
  }

  search.resultItem = ({ record, title, excerpt, why, places }) => {
    const where = [record.collection, record.context, dateText(record.date)].filter((text) => text !== "");
    const item = element("li", { class: "search-result" });
    item.append(element("a", { class: "search-link", href: config.address(record.url) }, ...pieces(title)));
    if (where.length > 0) item.append(element("p", { class: "search-where" }, where.join(" · ")));
    if (excerpt.length > 0) item.append(element("p", { class: "search-excerpt" }, ...pieces(excerpt)));
    for (const reason of why) item.append(element("p", { class: "search-why" }, say("why", { reason })));
    if (places.length > 0) item.append(element("ul", { class: "search-places" }, ...places.map(placeItem)));
    return item;
  };

  // What to say above the results: [status, notes…]. `again` searches for another text.
  search.remarks = (text, outcome, again) => {
    const notes = [];
    if (outcome.suggestion) {
      const button = element("button", { type: "button", class: "search-suggestion" }, outcome.suggestion);
      button.addEventListener("click", () => again(outcome.suggestion));
      const [before, after] = say("suggestion", { text: "\0" }).split("\0");
      notes.push(element("p", { class: "search-note" }, before, button, after));
    }
    if (outcome.partial && outcome.total > 0) notes.push(element("p", { class: "search-note" }, say("partial")));
    let status = say(outcome.more ? "atLeast" : "count", { n: outcome.total });
    if (outcome.total === 0 && text.trim() !== "") {
      const shown = [...text.trim()];
      status = outcome.words === 0 ? say("noWord") : say("none", { text: shown.length > 60 ? `${shown.slice(0, 60).join("")}…` : shown.join("") });
    }
    return [status, notes];
  };

  // A live region speaks once typing pauses, not at every letter.
  search.announcer = (region) => {
    let timer = 0;
    return (text) => {
      clearTimeout(timer);
      timer = setTimeout(() => (region.textContent = text), 250);
    };
  };

  // Runs once letters stop coming for a moment: each one in between would fetch files for nothing.
  search.pausing = (run) => {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(run, 20);
    };
  };

  // Up and down from the field through the results and back; a letter goes back to the field.
  search.arrows = (area, field) => {
    area.addEventListener("keydown", (event) => {
      const links = [...area.querySelectorAll(".search-link")];
      const at = links.indexOf(document.activeElement);
      const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (at < 0 && document.activeElement !== field) return;
      if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
      else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
      else {
        if (at >= 0 && isLetter) field.focus();
        return;
      }
      event.preventDefault();
    });
  };
})((globalThis.recueilSearch ??= {}));
