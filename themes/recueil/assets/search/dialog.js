// The dialog that opens from every page.
(function (search) {
  "use strict";

  const { config, element, say } = search;
  // What a screen shows comes first, and the rest when it is there: each result is a file to fetch.
  const FIRST = 5;
  const SHOWN = 8;

  const label = element("label", { class: "search-label", for: "search-dialog-input", id: "search-dialog-label" }, say("label"));
  const field = element("input", {
    class: "search-input",
    id: "search-dialog-input",
    type: "search",
    name: "q",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    "aria-controls": "search-dialog-results",
  });
  const close = element("button", { type: "button", class: "search-close" }, say("close"));
  const form = element("form", { class: "search-form", role: "search", action: config.page, method: "get" }, label, field, close);
  const status = element("p", { class: "search-status", role: "status" });
  const notes = element("div", { class: "search-notes" });
  const results = element("ol", { class: "search-results", id: "search-dialog-results" });
  const all = element("a", { class: "search-all", href: config.page }, say("all"));
  const body = element("div", { class: "search-body" }, status, notes, results);
  const dialog = element("dialog", { class: "search-dialog", "aria-labelledby": "search-dialog-label" }, form, body, element("p", { class: "search-foot" }, all));
  const announce = search.announcer(status);
  let asked = 0;

  async function update() {
    const text = field.value;
    const turn = (asked += 1);
    all.href = `${config.page}?q=${encodeURIComponent(text)}`;
    if (text.trim() === "") return show(say("hint"), [], []);
    try {
      const ask = (from, to) => search.ask({ text, from, to, count: false, isWanted: () => turn === asked });
      const outcome = await ask(0, FIRST);
      if (turn !== asked) return;
      show(...search.remarks(text, outcome, again), outcome.hits.map(search.resultItem));
      const more = outcome.total > FIRST ? await ask(FIRST, SHOWN) : null;
      if (turn === asked && more) results.append(...more.hits.map(search.resultItem));
    } catch (error) {
      if (turn === asked) show(say("broken"), [], []);
      if (!(error instanceof search.Broken)) throw error;
    }
  }

  function show(said, remarks, items) {
    announce(said);
    notes.replaceChildren(...remarks);
    results.replaceChildren(...items);
    body.scrollTop = 0;
  }

  function again(text) {
    field.value = text;
    field.focus();
    update();
  }

  field.addEventListener("input", search.pausing(update));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  // Before the search field takes Escape for itself.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  // A result on this very page only moves within it.
  results.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
  search.arrows(dialog, field);
  document.body.append(dialog);

  // `typed` is what was typed before the dialog was there.
  search.openDialog = (typed = "") => {
    if (dialog.open) return field.focus();
    dialog.showModal();
    field.focus();
    if (typed !== "") field.value = typed;
    else field.select();
    update();
  };
})((globalThis.recueilSearch ??= {}));
