// The only script that pages carry: it opens the search when it is asked for, and fetches the rest then.
//   <script src="…/search/boot.js" defer data-root="../../" data-page="recherche/"></script>
// SEARCH.md of the theme says what pages may hold.
(function (search) {
  "use strict";

  const script = document.currentScript;
  const { root = "", index = "search/", page = "search/", lang } = script.dataset;
  const isFile = location.protocol === "file:";

  search.config = {
    root: new URL(root || "./", document.baseURI).href,
    language: (lang || document.documentElement.lang || "en").split("-")[0],
    // Opened as a folder, a site has no server to answer a directory with its page.
    address: (path) => {
      const address = new URL(path, search.config.root);
      if (isFile && address.pathname.endsWith("/")) address.pathname += "index.html";
      return address.href;
    },
  };
  search.config.index = new URL(index, search.config.root).href;
  search.config.page = search.config.address(page);

  const loaded = new Map();
  function load(name) {
    if (!loaded.has(name)) {
      const loading = new Promise((resolve, reject) => {
        const part = document.createElement("script");
        part.src = new URL(`${name}.js${new URL(script.src).search}`, script.src).href;
        part.async = false;
        part.onload = resolve;
        part.onerror = () => reject(new Error(`cannot load ${part.src}`));
        document.head.append(part);
      });
      loaded.set(name, loading);
      loading.catch(() => loaded.delete(name));
    }
    return loaded.get(name);
  }
  search.load = load;
  const strings = search.config.language === "fr" ? "strings.fr" : "strings.en";
  const parts = (name) => Promise.all([strings, "core", name].map(load));

  let opening = false;
  async function open(event) {
    event.preventDefault();
    if (opening) return;
    opening = true;
    // What is typed while the scripts are on their way is not lost.
    let typed = "";
    const keep = (event) => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      typed += event.key;
    };
    addEventListener("keydown", keep, true);
    try {
      await parts("dialog");
      search.openDialog(typed);
    } catch {
      location.href = search.config.page;
    } finally {
      removeEventListener("keydown", keep, true);
      opening = false;
    }
  }

  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (plain && event.target.closest?.("[data-search-open]")) open(event);
  });

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const isShortcut = key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])");
    const isSlash = key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping;
    const field = document.querySelector("[data-search-page] input[type=search]");
    if (!isShortcut && !isSlash) return;
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    } else open(event);
  });

  for (const form of document.querySelectorAll("form[data-search-form]")) form.action = search.config.page;
  const place = document.querySelector("[data-search-page]");
  if (place) parts("page").then(() => search.openPage(place), () => place.setAttribute("data-search-failed", ""));
})((globalThis.recueilSearch ??= {}));
