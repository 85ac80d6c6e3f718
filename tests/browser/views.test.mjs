// Pages of views, as readers get them: the French guide and the English book, which have every kind.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { build, launch, open, repository, serve } from "./house.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const KINDS = ["bars", "compare", "dots", "gathered", "ledger", "lines", "list", "matrix", "number", "regions", "shares", "table", "timeline"];
const WIDTHS = [320, 390, 1280];

const books = [
  { name: "our own book", site: build(repository), addresses: ["guide/vues/", "panorama/lacunes/", "panorama/regions/", "panorama/grilles/"], every: "guide/vues/" },
  { name: "the English book", site: build(join(repository, "tests/sites/repair-cafes/in")), addresses: ["figures/"], every: "figures/" },
];
let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
  for (const { site } of books) site.remove();
});

for (const { name, site, addresses, every } of books) {
  const html = (address) => readFileSync(join(site.folder, address, "index.html"), "utf8");

  test(`${name}: one page has a view of every kind`, () => {
    const kinds = new Set([...html(every).matchAll(/<figure class="view view-([a-z]+)"/g)].map(([, kind]) => kind));
    assert.deepEqual([...kinds].sort(), KINDS);
  });

  for (const address of addresses) {
    describe(`${name}, ${address}`, () => {
      let page;
      let server;

      before(async () => {
        server = await serve(site.folder);
        page = await open(browser, server.origin, address, { reducedMotion: "reduce" });
        await page.evaluate(axe);
      });

      after(async () => {
        await page.context().close();
        server.close();
      });

      test("valid HTML, without a style attribute", () => {
        const validator = new HtmlValidate({
          extends: ["html-validate:recommended"],
          rules: {
            "void-style": "off",
            "no-trailing-whitespace": "off",
            "long-title": "off",
            "no-redundant-role": "off",
            "prefer-native-element": ["error", { exclude: ["region"] }],
            "aria-label-misuse": ["error", { allowAnyNamable: true }],
            "valid-id": ["error", { relaxed: true }],
            "require-sri": "off",
            "tel-non-breaking": "off",
            "no-inline-style": "error",
          },
        });
        const { results } = validator.validateStringSync(html(address));
        assert.deepEqual(results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line} ${ruleId}: ${message}`)), []);
      });

      test("every view has its caption, its data and a file of them", () => {
        const figures = html(address).split('<figure class="view ').slice(1).map((rest) => rest.split("</figure>")[0]);
        assert.ok(figures.length > 0);
        for (const figure of figures) {
          assert.match(figure, /<figcaption class="view-title">[^<]/);
          assert.match(figure, /<details class="view-details">/);
          assert.match(figure, /<(table|ul|ol)[ >]/);
          const file = figure.match(/href="([^"]+\.csv)" download/)?.[1];
          assert.ok(file && existsSync(join(site.folder, address, file)), `${file} is there`);
        }
      });

      for (const width of WIDTHS) {
        for (const colorScheme of ["light", "dark"]) {
          test(`${width} px, ${colorScheme}: no barrier, even with everything open`, async () => {
            await page.setViewportSize({ width, height: 900 });
            await page.emulateMedia({ colorScheme });
            await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
            const { violations } = await page.evaluate((values) => window.axe.run("main", { runOnly: { type: "tag", values } }), LEVELS);
            assert.deepEqual(violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 3).map((node) => `  ${node.html}\n  ${node.failureSummary}`).join("\n")}`), []);
          });
        }

        test(`${width} px: nothing is wider than the screen, and words are large enough to be read`, async () => {
          await page.setViewportSize({ width, height: 900 });
          const told = await page.evaluate(() => {
            const screen = document.documentElement.clientWidth;
            const faults = document.documentElement.scrollWidth > screen ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
            for (const text of document.querySelectorAll(".view text")) {
              const scale = text.ownerSVGElement.getBoundingClientRect().width / text.ownerSVGElement.viewBox.baseVal.width;
              const size = parseFloat(getComputedStyle(text).fontSize) * scale;
              if (size < 10) faults.push(`${text.textContent} is ${size.toFixed(1)} px high`);
            }
            return faults;
          });
          assert.deepEqual(told, []);
        });
      }
    });
  }
}
