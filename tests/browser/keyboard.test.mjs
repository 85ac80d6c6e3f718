// Everything that can be done is done from the keyboard, and the focus is always seen. The dialog of the search is in search.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { host, pages, samples, says } from "./house.mjs";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };

const site = host();
const all = pages(site.folder);
/** The fullest page that has something. */
const having = (...marks) => all.filter(({ html }) => marks.every((mark) => html.includes(mark))).sort((one, other) => other.html.length - one.html.length)[0].address;

const at = (address, viewport = DESK, more = {}) => site.open(address, { viewport, reducedMotion: "reduce", ...more });
const focused = (page, selector) => page.evaluate((selector) => document.activeElement.matches(selector), selector);

/** Presses Tab until the focus is on something; fails when it never comes there. */
async function tabTo(page, selector, most = 200) {
  for (let stop = 0; stop < most; stop += 1) {
    if (await focused(page, selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never comes to ${selector}`);
}

for (const [name, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
  test(`the menu opens, is gone through and closes, on a ${name}`, async () => {
    const page = await at("", viewport);
    await tabTo(page, ".menu > summary");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".menu[open]").count(), 1);
    await page.keyboard.press("Tab");
    assert.ok(await focused(page, ".menu-panel li:first-child a"));
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".menu[open]").count(), 0);
    assert.ok(await focused(page, ".menu > summary"), "the focus is back where it was");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname !== "/");
    await page.context().close();
  });
}

test("what opens the search opens it, and gets the focus back", async () => {
  const page = await at("", PHONE);
  await tabTo(page, "[data-search-open]");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".search-dialog[open]");
  await page.keyboard.press("Escape");
  assert.ok(await focused(page, "[data-search-open]"));
  await page.context().close();
});

test("the table of contents leads to a part, and the next Tab goes on from there", async () => {
  const page = await at(having('class="toc"', 'class="figures"'), PHONE);
  await tabTo(page, ".toc > summary");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const hash = await page.evaluate(() => document.activeElement.hash);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.hash === hash);
  const heading = await page.locator(hash).boundingBox();
  assert.ok(heading.y >= 0 && heading.y < PHONE.height, "its heading is on the screen");
  await page.keyboard.press("Tab");
  const after = await page.evaluate((hash) => document.querySelector(hash).compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING, hash);
  assert.ok(after, "the next stop stands after it");
  await page.context().close();
});

test("a list is narrowed on a telephone", async () => {
  const page = await at(having('class="narrow-all"', 'class="page-collection"'), PHONE);
  await tabTo(page, ".narrow-all > summary");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await focused(page, ".narrow-all .facet > summary"));
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  assert.ok(await focused(page, ".narrow-all .choice"));
  await page.keyboard.press("Enter");
  await page.waitForSelector("body.page-facet");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("results are narrowed on a telephone, and the focus stays on the box that was ticked", async () => {
  const page = await at("recherche/?q=accompagnement", PHONE);
  await says(page, ".search-status", /\d/);
  await tabTo(page, ".search-filters");
  await page.keyboard.press("Enter");
  await tabTo(page, ".search-value input", 3);
  await page.keyboard.press("Space");
  await page.waitForURL((url) => url.searchParams.size === 2);
  assert.ok(await focused(page, ".search-value input:checked"));
  await page.context().close();
});

test("a citation is unfolded and copied", async () => {
  const page = await at(having('class="cite-text"', 'class="figures"'), DESK, { permissions: ["clipboard-read", "clipboard-write"] });
  await tabTo(page, ".cite > summary", 400);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await focused(page, ".cite > .tools button"));
  await page.keyboard.press("Enter");
  await says(page, ".cite > .tools button", /Copié/);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator(".cite-text").textContent());
  await page.context().close();
});

test("every fold of every kind of page opens and closes", async () => {
  for (const { kind, address } of samples(site.folder)) {
    const page = await at(address, PHONE);
    const shut = await page.evaluate(() => {
      const shown = (element) => element.checkVisibility() && !element.closest("details:not([open]) :not(summary)");
      return [...document.querySelectorAll("main details > summary")].filter(shown).length;
    });
    for (let fold = 0; fold < Math.min(shut, 12); fold += 1) {
      const summary = page.locator("main details > summary:visible").nth(fold);
      const turn = async () => {
        await page.keyboard.press("Enter");
        return summary.evaluate((element) => element.parentElement.open);
      };
      await summary.focus();
      const before = await summary.evaluate((element) => element.parentElement.open);
      assert.equal(await turn(), !before, `${kind}: Enter turns fold ${fold}`);
      assert.equal(await turn(), before, `${kind}: and turns it back`);
    }
    await page.context().close();
  }
});

/** Runs in the page: what has the focus, whether its ring is seen, and whether something covers it. */
function lost() {
  const element = document.activeElement;
  if (element === document.body) return null;
  const rings = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  // A card draws the ring around itself, by what stands behind its link.
  const ring = rings(getComputedStyle(element)) || rings(getComputedStyle(element, "::after"));
  const boxes = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  const seen = boxes.some(({ left, right, top, bottom }) => {
    const points = [[left + 2, top + 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
    return points.every(([x, y]) => {
      const there = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y);
      return there && (element.contains(there) || there.contains(element));
    });
  });
  // A region that scrolls is seen when part of it is: it may be larger than the screen.
  const region = element.matches("[role='region'], pre") && boxes.some(({ top, bottom }) => bottom > 0 && top < innerHeight);
  return { fine: ring && (seen || region), told: `${ring ? "covered" : "no ring"}: ${element.outerHTML.slice(0, 140)}` };
}

const WAYS = {
  home: "", report: having('class="cite-text"', 'class="figures"'), rule: having('class="rule-head"'), list: having('class="narrow-all"', 'class="page-collection"'),
  "gap map": "panorama/lacunes/", comparison: "panorama/comparer/", dashboard: "tableau-de-bord/", search: "recherche/?q=accompagnement",
};
for (const [name, address] of Object.entries(WAYS)) {
  for (const [screen, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    test(`nothing covers what has the focus, there and back: ${name}, on a ${screen}`, async () => {
      const page = await at(address, viewport);
      if (name === "search") await says(page, ".search-status", /\d/);
      await page.evaluate(() => document.querySelectorAll("main details").forEach((fold) => (fold.open = true)));
      const faults = new Set();
      for (const key of ["Tab", "Shift+Tab"]) {
        for (let stop = 0; stop < 120; stop += 1) {
          await page.keyboard.press(key);
          const found = await page.evaluate(lost);
          if (!found) break;
          if (!found.fine) faults.add(`${key} ${found.told}`);
        }
      }
      assert.deepEqual([...faults].slice(0, 8), []);
      await page.context().close();
    });
  }
}
