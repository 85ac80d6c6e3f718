// What a machine can check of the RGAA 4.1, the French accessibility rules, on the fullest page of each kind. The numbers are
// those of its criteria. Contrast, names and roles in depth are axe's, in pages.test.mjs; what needs judgement is nobody's here.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { host, samples } from "./house.mjs";

const site = host();
const kinds = samples(site.folder);
/** For each page, what was found for each point. */
const found = new Map();

/** Runs in the page: a list of faults for each point. */
function inspect() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const tell = (element) => element.outerHTML.slice(0, 140);
  const faulty = (selector, is) => all(selector).filter(is).map(tell);
  const name = (element) => {
    const by = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "");
    return [element.getAttribute("aria-label"), ...by, element.textContent, element.getAttribute("title")].join("").trim();
  };
  const levels = all("h1, h2, h3, h4, h5, h6").filter((heading) => !heading.closest("dialog")).map((heading) => Number(heading.tagName[1]));
  const ids = all("[id]").map((element) => element.id);
  const exists = (id) => document.getElementById(id);
  const refers = (attribute) => (element) => element.getAttribute(attribute).split(/\s+/).some((id) => id && !exists(id));
  const navs = all("nav").map(name);
  const skip = document.querySelector("body a");
  return {
    "1.1 pictures have an alternative": faulty("img", (image) => !image.hasAttribute("alt")),
    "1.2 drawings are told or hidden": faulty("svg", (svg) => !svg.closest("[aria-hidden='true']") && !(svg.getAttribute("role") === "img" && name(svg))),
    "2.1 frames have a title": faulty("iframe, frame", (frame) => !frame.title),
    "4.10 no sound or film starts by itself": faulty("audio, video", (media) => media.autoplay),
    "5.4 tables have a title": faulty("table", (table) => !table.caption?.textContent.trim() && !name(table.closest("[aria-label], [aria-labelledby]") ?? table).length),
    "5.6 tables have heads": faulty("table", (table) => !table.querySelector("th")),
    "5.7 heads say of what": faulty("th", (head) => !["col", "row", "colgroup", "rowgroup"].includes(head.scope)),
    "6.2 links have words": faulty("a[href]", (link) => !name(link) && !link.querySelector("img[alt]:not([alt=''])")),
    "7.1 what elements refer to is there": ["aria-labelledby", "aria-describedby", "aria-controls"].flatMap((attribute) => faulty(`[${attribute}]`, refers(attribute))),
    "7.3 a script's button is a button": faulty("[onclick], div[role='button'], span[role='button']", () => true),
    "8.1 there is a document type": document.doctype?.name === "html" ? [] : ["none"],
    "8.2 anchors are unique": ids.filter((id, place) => ids.indexOf(id) !== place),
    "8.3 the language is said": document.documentElement.lang ? [] : ["none"],
    "8.4 the language is one": (() => { try { return Intl.getCanonicalLocales(document.documentElement.lang).length === 1 ? [] : ["none"]; } catch (error) { return [String(error)]; } })(),
    "8.5 the page has a title": document.title.trim().length > 3 ? [] : [document.title],
    "8.9 no element is there for its looks": faulty("font, center, big, tt, strike, marquee, blink, u", () => true),
    "9.1 headings form a tree": [...(levels.filter((level) => level === 1).length === 1 ? [] : ["not one first heading"]), ...levels.filter((level, place) => place > 0 && level > levels[place - 1] + 1).map((level) => `h${level} is skipped to`)],
    "9.2 the page has its landmarks": ["header", "main", "footer"].filter((part) => !document.querySelector(part)).concat(all("main").length === 1 ? [] : ["not one main"], navs.filter((nav, place) => !nav || navs.indexOf(nav) !== place)),
    "9.3 lists hold items": faulty("ul > *, ol > *", (item) => !["LI", "SCRIPT", "TEMPLATE"].includes(item.tagName)).concat(faulty("li", (item) => !["UL", "OL", "MENU"].includes(item.parentElement.tagName))),
    "10.8 what is hidden takes no focus": faulty("[aria-hidden='true'] a[href], [aria-hidden='true'] button, [aria-hidden='true'] input", () => true),
    "11.1 fields have a label": faulty("input:not([type='hidden']), select, textarea", (field) => !field.labels?.length && !field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby")),
    "11.9 buttons have words": faulty("button", (button) => !name(button)),
    "12.7 the first link leads to the content": skip?.hash && exists(skip.hash.slice(1)) ? [] : [skip ? tell(skip) : "none"],
    "12.8 the order of the focus is that of the text": faulty("[tabindex]", (element) => element.tabIndex > 0),
    "13.1 nothing is reloaded by itself": faulty("meta[http-equiv='refresh' i]", () => true),
    "13.2 no window opens by itself": faulty("[target='_blank']", () => true),
    "zoom is not forbidden": faulty("meta[name='viewport']", (meta) => /user-scalable\s*=\s*no|maximum-scale/.test(meta.content)),
  };
}

/** Runs in the page: what is cut off, or wider than the screen. */
function lost() {
  const width = document.documentElement.clientWidth;
  const clipped = [...document.querySelectorAll("main p, main li, main dd, main a, main h1, main h2, main h3, button")].filter((element) => {
    const { overflowY, overflowX } = getComputedStyle(element);
    const cuts = ["hidden", "clip"];
    return element.textContent.trim() && element.clientHeight > 4 && ((cuts.includes(overflowY) && element.scrollHeight > element.clientHeight + 2) || (cuts.includes(overflowX) && element.scrollWidth > element.clientWidth + 2));
  });
  const wide = document.documentElement.scrollWidth > width + 1 ? [`the page is ${document.documentElement.scrollWidth} wide on ${width}`] : [];
  return wide.concat(clipped.map((element) => element.outerHTML.slice(0, 140)));
}

const SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }";

before(async () => {
  for (const { address } of kinds) {
    const page = await site.open(address, { bypassCSP: true });
    const points = await page.evaluate(inspect);
    await page.setViewportSize({ width: 320, height: 640 });
    points["10.11 the text flows in 320 pixels"] = await page.evaluate(lost);
    await page.setViewportSize({ width: 1280, height: 1024 });
    const larger = await page.addStyleTag({ content: "html { font-size: 200% !important; }" });
    points["10.4 letters twice as large stay readable"] = await page.evaluate(lost);
    await larger.evaluate((style) => style.remove());
    await page.addStyleTag({ content: SPACING });
    points["10.12 wider spacing loses nothing"] = await page.evaluate(lost);
    found.set(address || "/", points);
    await page.context().close();
  }
});

const POINTS = ["10.4 letters twice as large stay readable", "10.11 the text flows in 320 pixels", "10.12 wider spacing loses nothing"]
  .concat([...inspect.toString().matchAll(/^ {4}"([^"]+)":/gm)].map((match) => match[1]));

test("there are 25 points at least", () => assert.ok(POINTS.length >= 25, `${POINTS.length}`));

for (const point of POINTS) {
  test(point, () => {
    const faults = [...found].flatMap(([address, points]) => points[point].slice(0, 3).map((fault) => `${address}: ${fault}`));
    assert.deepEqual(faults, []);
  });
}
