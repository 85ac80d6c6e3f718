// The site without JavaScript: everything but the search box can be reached and read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { host, pages } from "./house.mjs";

const site = host();

const plain = (address, settings = {}) => site.open(address, { javaScriptEnabled: false, ...settings });

for (const width of [390, 1280]) {
  test(`the menu opens and leads to a collection, at ${width} pixels`, async () => {
    const page = await plain("", { viewport: { width, height: 800 } });
    await page.locator("[data-menu] summary").click();
    const link = page.locator("[data-menu] a").first();
    await link.click();
    assert.notEqual(page.url(), site.origin);
    assert.ok(await page.locator("h1").isVisible());
    await page.context().close();
  });
}

test("a filter is a link to its page, and that page leads to documents", async () => {
  const collection = pages(site.folder).find((page) => page.kind === "collection" && page.html.includes("/filtres/"));
  const page = await plain(collection.address);
  const closed = page.locator("main details:not([open]) > summary");
  while ((await closed.count()) > 0) await closed.first().click();
  await page.locator("main a[href*='filtres/']").first().click();
  assert.match(page.url(), /\/filtres\//);
  assert.ok((await page.locator("main article a, main li a").count()) > 0);
  await page.context().close();
});

test("the search box says what to do instead", async () => {
  const page = await plain("recherche/?q=vae");
  assert.ok(await page.locator("[data-search-fallback]").isVisible());
  await page.context().close();
});

test("the form on the home page leads to the search", async () => {
  const page = await plain("");
  await page.locator("main form input[name=q]").fill("VAE");
  await page.keyboard.press("Enter");
  await page.waitForURL(/recherche\/[?]q=VAE$/);
  await page.context().close();
});

test("every document can be reached from the home page by links alone", () => {
  const all = new Map(pages(site.folder).map((page) => [page.address, page]));
  const seen = new Set([""]);
  const queue = [""];
  while (queue.length > 0) {
    const address = queue.pop();
    for (const [, href] of all.get(address)?.html.matchAll(/<a [^>]*?href="([^"#?]*)/g) ?? []) {
      const target = new URL(href, new URL(address, "http://site/")).pathname.slice(1);
      if (all.has(target) && !seen.has(target)) {
        seen.add(target);
        queue.push(target);
      }
    }
  }
  const lost = [...all.values()].filter(({ kind, address }) => !["moved", "404"].includes(kind) && !seen.has(address));
  assert.deepEqual(lost.map((page) => page.address), []);
});

test("an address that leads nowhere shows the page that says so, from any depth", async () => {
  const page = await site.open("nulle/part/du-tout/");
  assert.equal(await page.locator("body").getAttribute("class"), "page-404");
  assert.deepEqual(page.faults, [], "its styles are found from there too");
  await page.locator("main a").first().click();
  assert.ok(page.url().startsWith(site.origin) && !page.url().includes("nulle"));
  await page.context().close();
});
