// Small comforts. Everything works without this file.
(() => {
  "use strict";

  // The table of contents and the filters are open where there is room for them.
  const wide = window.matchMedia("(min-width: 62rem)");
  const settle = () => {
    for (const box of document.querySelectorAll("details[data-open-when-wide]")) box.open = wide.matches;
  };
  settle();
  wide.addEventListener("change", settle);

  // The menu closes on Escape, on a click elsewhere, and when the focus leaves it.
  const menu = document.querySelector("details[data-menu]");
  if (menu) {
    const summary = menu.querySelector("summary");
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      summary.focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }

  // What has the focus in a wide table comes out whole from under its column that stays: browsers are content with a part.
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".table-scroll :focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // The table of contents tells where the reader is.
  const links = new Map();
  for (const link of document.querySelectorAll(".toc a")) links.set(link.hash.slice(1), link);
  const headings = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);
  if (headings.length > 1 && "IntersectionObserver" in window) {
    const here = () => {
      let current = headings[0];
      for (const heading of headings) if (heading.getBoundingClientRect().top < 140) current = heading;
      for (const [id, link] of links) {
        if (decodeURIComponent(id) === current.id) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    };
    const watcher = new IntersectionObserver(here, { rootMargin: "-140px 0px -60% 0px" });
    for (const heading of headings) watcher.observe(heading);
    here();
  }

  // What is there to be copied gets a button to do it, and one to keep it as a file. The words come from the page.
  const button = (word, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-quiet button-small";
    made.textContent = word;
    made.addEventListener("click", act);
    return made;
  };
  for (const text of document.querySelectorAll("[data-copy]")) {
    const tools = document.createElement("p");
    tools.className = "tools";
    if (navigator.clipboard) {
      const copy = button(text.dataset.copy, async () => {
        await navigator.clipboard.writeText(text.textContent);
        copy.textContent = text.dataset.copied;
        setTimeout(() => { copy.textContent = text.dataset.copy; }, 2000);
      });
      copy.setAttribute("aria-live", "polite");
      tools.append(copy);
    }
    if (text.dataset.file) {
      tools.append(button(text.dataset.save, () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text.textContent], { type: "text/plain;charset=utf-8" }));
        link.download = text.dataset.file;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      }));
    }
    text.after(tools);
  }

  // A site opened from a folder has no server to add the name of the page.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
    for (const form of document.querySelectorAll("form[action$='/']")) form.action += "index.html";
  }
})();
