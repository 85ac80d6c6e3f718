// Every kind of page on paper, printed from a dark screen: the text in black on white, whole, and none of the tools.
import assert from "node:assert/strict";
import { test } from "node:test";
import { host, pages, samples } from "./house.mjs";

/** What a sheet of A4 has between its margins, in pixels of CSS. */
const SHEET = { width: 672, height: 980 };

const site = host();
const shown = [...samples(site.folder), ...pages(site.folder).filter(({ address }) => address.startsWith("panorama/"))];
const addresses = [...new Set(shown.map(({ address }) => address))];

/** Runs in the page: what is wrong with it on paper. */
function inspect(width) {
  const tell = (element) => element.outerHTML.slice(0, 120);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (element) => element.checkVisibility({ contentVisibilityAuto: true }) && element.getClientRects().length > 0;
  // Wide tables lie across the sheet.
  const lies = (element) => element !== null && (getComputedStyle(element).page === "across" || lies(element.parentElement));
  const room = (element) => (lies(element) ? 1017 : width);
  const light = (color) => {
    const [red, green, blue] = color.match(/[\d.]+/g).slice(0, 3).map((part) => Number(part) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const words = all("main *").filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()) && seen(element));
  const dark = (element) => element.closest(".heat-4, .mark");
  return {
    tools: all("nav:not(.report > nav), button:not(.term), .menu, .search-open, summary .icon, .tools, .feed-link").filter(seen).map(tell),
    cut: words.filter((element) => element.getBoundingClientRect().right > room(element) + 1 && !element.closest(".visually-hidden")).map(tell),
    pale: words.filter((element) => !dark(element) && light(getComputedStyle(element).color) > 0.183).map((element) => `${getComputedStyle(element).color} ${tell(element)}`),
    ground: [document.documentElement, document.body].map((element) => getComputedStyle(element).backgroundColor).filter((color) => !/^rgb\(255, 255, 255\)$|, 0\)$/.test(color)),
    folded: all("main details:not([open]):not(.view-details) > :not(summary)").filter((part) => getComputedStyle(part).display !== "none" && part.parentElement.checkVisibility() && !seen(part)).map(tell),
    unsaid: all(".prose a[href^='http']").filter((link) => seen(link) && !getComputedStyle(link, "::after").content.includes(link.getAttribute("href"))).map(tell),
  };
}

for (const address of addresses) {
  test(`on paper: ${address || "/"}`, async () => {
    const page = await site.open(address, { viewport: SHEET, colorScheme: "dark", reducedMotion: "reduce" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const found = await page.evaluate(inspect, SHEET.width);
    for (const faults of Object.values(found)) faults.splice(4);
    assert.deepEqual(found, { tools: [], cut: [], pale: [], ground: [], folded: [], unsaid: [] });
    await page.context().close();
  });
}
