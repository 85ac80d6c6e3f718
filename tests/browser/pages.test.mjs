// Every kind of page of our own book, as readers get it: accessible, within the screen, quiet, alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { host, pages, samples } from "./house.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };

const site = host();
const kinds = samples(site.folder);

test("the book has a page of every kind", () => {
  const found = kinds.map((page) => page.kind).sort();
  const wanted = ["404", "collection", "document", "entry", "facet", "facets", "free", "home", "search", "sitemap"];
  assert.deepEqual(wanted.filter((kind) => !found.includes(kind)), []);
});

for (const { kind, address } of kinds) {
  describe(`${kind} (${address || "/"})`, () => {
    let page;

    before(async () => {
      page = await site.open(address, { reducedMotion: "reduce" });
      await page.evaluate(axe);
    });

    after(() => page.context().close());

    /** Shows the page on a screen, as if it had just been opened there. */
    const show = async (viewport, colorScheme = "light") => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, media: "screen" });
    };

    for (const [width, viewport] of Object.entries(WIDTHS)) {
      for (const colorScheme of ["light", "dark"]) {
        test(`on a ${width}, ${colorScheme}: no barrier`, async () => {
          await show(viewport, colorScheme);
          const { violations } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), LEVELS);
          const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 4).map((node) => `  ${node.html}\n  ${node.failureSummary}`).join("\n")}`);
          assert.deepEqual(told, []);
        });
      }
    }

    test("nothing is wider than a screen of 320 pixels", async () => {
      await show({ width: 320, height: 640 });
      const wide = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const scrolls = (element) => element && (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
        const outside = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement));
        const told = outside.map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.slice(0, 40)}`);
        return document.documentElement.scrollWidth > width ? told : [];
      });
      assert.deepEqual(wide, []);
    });

    test("on paper there is the text and none of the tools", async () => {
      await show(WIDTHS.desk);
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const seen = await page.evaluate(() => {
        const shown = (selector) => [...document.querySelectorAll(selector)].some((element) => element.getClientRects().length > 0);
        const light = (color) => color.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
        const { color } = getComputedStyle(document.querySelector("main"));
        return { tools: shown("[data-menu]") || shown("[data-search-open]"), text: shown("main h1"), dark: light(color) < 100 };
      });
      assert.deepEqual(seen, { tools: false, text: true, dark: true });
    });

    test("the focus is seen wherever it goes, first on a link that leads to the content", async () => {
      await show(WIDTHS.desk);
      await page.reload();
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
          return { ring, inside, href: element.getAttribute("href"), html: element.outerHTML.slice(0, 120) };
        });
        if (seen.end) break;
        if (!seen.ring || !seen.inside) lost.push(seen);
        if (stop === 0) assert.match(seen.href ?? "", /^#/, "the first stop is the skip link");
      }
      assert.deepEqual(lost, []);
      await page.locator("a[href^='#']").first().press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
    });

    test("nothing went wrong", () => assert.deepEqual(page.faults, []));
  });
}

test("who wants less motion gets none", async () => {
  const page = await site.open("", { reducedMotion: "reduce" });
  const moving = await page.evaluate(() => {
    const time = (text) => Math.max(...text.split(",").map((part) => parseFloat(part)));
    const moves = (element) => time(getComputedStyle(element).transitionDuration) > 0.01 || time(getComputedStyle(element).animationDuration) > 0.01;
    return [...document.querySelectorAll("*")].filter(moves).map((element) => element.outerHTML.slice(0, 80));
  });
  await page.context().close();
  assert.deepEqual(moving, []);
});

test("a term of the glossary is told where it is first used, without a script and from the keyboard", async () => {
  const { address } = pages(site.folder).find(({ html }) => html.includes('class="term"'));
  const page = await site.open(address, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const term = page.locator(".term").first();
  await term.focus();
  await page.keyboard.press("Enter");
  const card = page.locator(".term-card:popover-open");
  await card.waitFor();
  const { x, width } = await card.boundingBox();
  assert.ok(x >= 0 && x + width <= 320, "it stands on the screen");
  assert.ok(await card.locator("a").isVisible(), "it leads to the term");
  await page.keyboard.press("Escape");
  assert.equal(await card.count(), 0);
  assert.equal(await term.evaluate((element) => element === document.activeElement), true, "the focus stays");
  await page.context().close();
});

test("a table whose rows become blocks on a phone stays a table for those who hear it", async () => {
  const { address } = pages(site.folder).find(({ html }) => html.includes('class="outcomes"'));
  const page = await site.open(address, { viewport: WIDTHS.phone });
  assert.equal(await page.locator(".outcomes tr").first().evaluate((row) => getComputedStyle(row).display), "block");
  const { nodes } = await (await page.context().newCDPSession(page)).send("Accessibility.getFullAXTree");
  const roles = new Set(nodes.map(({ role }) => role?.value));
  for (const role of ["table", "row", "rowheader", "cell"]) assert.ok(roles.has(role), `no ${role} among ${[...roles]}`);
  await page.context().close();
});
