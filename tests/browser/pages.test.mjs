// Every kind of page of our own book, as readers get it: accessible, valid, within the screen, quiet, alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { build, launch, open, pages, repository, samples, serve } from "./house.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };

const site = build(repository);
const kinds = samples(site.folder);
let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(site.folder);
});

after(async () => {
  await browser?.close();
  server?.close();
  site.remove();
});

const visit = async (address, settings, look) => {
  const page = await open(browser, server.origin, address, settings);
  try {
    return await look(page);
  } finally {
    await page.context().close();
  }
};

test("the book has a page of every kind", () => {
  const found = kinds.map((page) => page.kind).sort();
  const wanted = ["404", "collection", "document", "entry", "facet", "facets", "free", "home", "search", "sitemap"];
  assert.deepEqual(wanted.filter((kind) => !found.includes(kind)), []);
});

for (const { kind, address } of kinds) {
  describe(`${kind} (${address || "/"})`, () => {
    for (const [width, viewport] of Object.entries(WIDTHS)) {
      for (const colorScheme of ["light", "dark"]) {
        test(`on a ${width}, ${colorScheme}: no barrier and no fault`, () =>
          visit(address, { viewport, colorScheme }, async (page) => {
            await page.evaluate(axe);
            const { violations } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), LEVELS);
            const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 4).map((node) => `  ${node.html}\n  ${node.failureSummary}`).join("\n")}`);
            assert.deepEqual(told, []);
            assert.deepEqual(page.faults, []);
          }));
      }
    }

    test("nothing is wider than a screen of 320 pixels", () =>
      visit(address, { viewport: { width: 320, height: 640 } }, async (page) => {
        const wide = await page.evaluate(() => {
          const width = document.documentElement.clientWidth;
          const scrolls = (element) => element && (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
          const outside = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement));
          const told = outside.map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.slice(0, 40)}`);
          return document.documentElement.scrollWidth > width ? told : [];
        });
        assert.deepEqual(wide, []);
      }));

    test("the skip link is the first stop and leads to the content", () =>
      visit(address, {}, async (page) => {
        await page.keyboard.press("Tab");
        const link = page.locator(":focus");
        assert.match((await link.getAttribute("href")) ?? "", /^#/);
        const box = await link.boundingBox();
        assert.ok(box && box.y >= 0 && box.height > 10, "it shows itself when it has the focus");
        await page.keyboard.press("Enter");
        assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
      }));

    test("the focus is seen wherever it goes", () =>
      visit(address, { reducedMotion: "reduce" }, async (page) => {
        const lost = [];
        for (let stop = 0; stop < 30; stop += 1) {
          await page.keyboard.press("Tab");
          const seen = await page.evaluate(() => {
            const element = document.activeElement;
            if (element === document.body) return { end: true };
            const box = element.getBoundingClientRect();
            const rings = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
            // A card draws the ring around itself, by what stands behind its link.
            const ring = rings(getComputedStyle(element)) || rings(getComputedStyle(element, "::after"));
            const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            return { ring, inside, html: element.outerHTML.slice(0, 120) };
          });
          if (seen.end) break;
          if (!seen.ring || !seen.inside) lost.push(seen);
        }
        assert.deepEqual(lost, []);
      }));

    test("on paper there is the text and none of the tools", () =>
      visit(address, {}, async (page) => {
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        const seen = await page.evaluate(() => {
          const shown = (selector) => [...document.querySelectorAll(selector)].some((element) => element.getClientRects().length > 0);
          const light = (color) => color.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
          const { color } = getComputedStyle(document.querySelector("main"));
          return { tools: shown("[data-menu]") || shown("[data-search-open]"), text: shown("main h1"), dark: light(color) < 100 };
        });
        assert.deepEqual(seen, { tools: false, text: true, dark: true });
      }));
  });
}

test("every page is valid HTML", () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended", "html-validate:document"],
    rules: {
      "void-style": "off",
      "no-trailing-whitespace": "off",
      "long-title": "off",
      "no-implicit-button-type": "error",
      // A table that becomes cards on a phone keeps its meaning by its roles.
      "no-redundant-role": "off",
      // A region that scrolls is one for as long as its table is wide: it is no section of the text.
      "prefer-native-element": ["error", { exclude: ["region"] }],
      "aria-label-misuse": ["error", { allowAnyNamable: true }],
      "valid-id": ["error", { relaxed: true }],
      "require-sri": "off",
      "tel-non-breaking": "off",
    },
  });
  const faults = new Map();
  for (const { address, html } of pages(site.folder)) {
    for (const { messages } of validator.validateStringSync(html).results) {
      for (const { ruleId, message, line } of messages) {
        const told = `${ruleId}: ${message}`;
        if (!faults.has(told)) faults.set(told, `${address}:${line}`);
      }
    }
  }
  assert.deepEqual([...faults].map(([told, where]) => `${where} ${told}`), []);
});

test("every page has a title, a description, a language and one first heading of its own", () => {
  const titles = new Map();
  const faults = [];
  for (const { address, kind, html } of pages(site.folder)) {
    if (kind === "moved") continue;
    const title = html.match(/<title>([^<]+)<\/title>/)?.[1];
    if (!title || !/<html lang="[a-z]/.test(html)) faults.push(`${address} has no title or no language`);
    if ((html.match(/<h1[ >]/g) ?? []).length !== 1) faults.push(`${address} has not one <h1>`);
    if (titles.has(title)) faults.push(`${address} is called ${title}, as ${titles.get(title)} is`);
    titles.set(title, address);
  }
  assert.deepEqual(faults, []);
});

test("every page has the strict security policy", () => {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/;
  const policies = new Set(pages(site.folder).map(({ address, html }) => html.match(policy)?.[1] ?? address));
  assert.equal(policies.size, 1, [...policies].join("\n"));
  const [only] = policies;
  assert.match(only, /default-src 'self'/);
  assert.doesNotMatch(only, /unsafe|\*|https?:/);
});

test("who wants less motion gets none", () =>
  visit("", { reducedMotion: "reduce" }, async (page) => {
    const moving = await page.evaluate(() => {
      const time = (text) => Math.max(...text.split(",").map((part) => parseFloat(part)));
      const moves = (element) => time(getComputedStyle(element).transitionDuration) > 0.01 || time(getComputedStyle(element).animationDuration) > 0.01;
      return [...document.querySelectorAll("*")].filter(moves).map((element) => element.outerHTML.slice(0, 80));
    });
    assert.deepEqual(moving, []);
  }));
