// What the site offers to machines, as a browser and its parsers see it: feeds, linked data, citations, pictures.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { host, pages, says } from "./house.mjs";

const site = host();
const files = readdirSync(site.folder, { recursive: true });

test("every feed is well formed and holds to the rules of Atom", async () => {
  const feeds = files.filter((name) => name.endsWith("atom.xml")).map((name) => readFileSync(join(site.folder, name), "utf8"));
  assert.ok(feeds.length > 10, "there are feeds of filters too");
  const page = await site.open();
  const faults = await page.evaluate((feeds) => {
    const ATOM = "http://www.w3.org/2005/Atom";
    const found = [];
    for (const xml of feeds) {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      const say = (fault) => found.push(`${document.querySelector("feed > id")?.textContent}: ${fault}`);
      if (document.querySelector("parsererror")) { found.push(xml.slice(0, 200)); continue; }
      const feed = document.documentElement;
      const own = (element, name) => [...element.children].filter((child) => child.namespaceURI === ATOM && child.localName === name);
      const one = (element, name) => { if (own(element, name).length !== 1) say(`${own(element, name).length} ${name}`); return own(element, name)[0]?.textContent ?? ""; };
      const instant = (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text));
      if (feed.localName !== "feed" || feed.namespaceURI !== ATOM) say("no feed");
      for (const element of [feed, ...own(feed, "entry")]) {
        if (!one(element, "id").startsWith("https://")) say("an id is a whole address");
        if (!one(element, "title")) say("a title");
        if (!instant(one(element, "updated"))) say("a day");
        for (const link of own(element, "link")) if (!link.getAttribute("href")?.startsWith("https://")) say("a link is a whole address");
      }
      if (own(feed, "author").length === 0) say("an author");
      const ids = own(feed, "entry").map((entry) => own(entry, "id")[0].textContent);
      if (new Set(ids).size !== ids.length) say("an id twice");
      if (own(feed, "link").filter((link) => link.getAttribute("rel") === "self").length !== 1) say("the way to itself");
      if (ids.length === 0) say("it is empty");
    }
    return found;
  }, feeds);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("linked data stands in pages whose policy forbids scripts inside them", async () => {
  const blocks = pages(site.folder).map(({ address, html }) => [address, html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)?.[1]]);
  const told = blocks.filter(([, block]) => block);
  assert.ok(told.length > 300, `${told.length} pages say what they are`);
  const kinds = new Set();
  for (const [address, block] of told) {
    for (const node of JSON.parse(block)["@graph"]) {
      kinds.add(node["@type"]);
      assert.ok(node["@type"] === "BreadcrumbList" || node["@id"].startsWith("https://"), address);
    }
  }
  for (const kind of ["WebSite", "Report", "DefinedTerm", "DefinedTermSet", "Dataset", "BreadcrumbList"]) assert.ok(kinds.has(kind), kind);
  for (const address of ["", "experiences/adema/", "donnees-ouvertes/"]) {
    const page = await site.open(address);
    assert.equal(await page.locator("script[type='application/ld+json']").count(), 1);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test("a citation is copied and kept", async () => {
  const page = await site.open("experiences/adema/", { permissions: ["clipboard-read", "clipboard-write"] });
  await page.locator(".cite > summary").click();
  await page.locator(".cite > .tools button").first().click();
  await says(page, ".cite > .tools button", /Copié/);
  const text = await page.locator(".cite-text").textContent();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  await page.locator(".cite-format > summary").first().click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".cite-format .tools button").nth(1).click()]);
  assert.equal(download.suggestedFilename(), "experiences-adema.bib");
  assert.match(readFileSync(await download.path(), "utf8"), /^@techreport\{experiences-adema,/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("pictures are what they say", async () => {
  const pictures = files.filter((name) => name.endsWith("card.png"));
  assert.ok(pictures.length > 5);
  const page = await site.open();
  for (const name of pictures) {
    const size = await page.evaluate(async (address) => {
      const picture = await createImageBitmap(await (await fetch(address)).blob());
      return [picture.width, picture.height];
    }, `/${name}`);
    assert.deepEqual(size, [1200, 630], name);
  }
  const { html } = pages(site.folder).find(({ address }) => address === "experiences/adema/");
  const named = html.match(/<meta property="og:image" content="https:\/\/[^/]+\/([^"]+)">/)[1];
  assert.ok(pictures.includes(named), named);
  await page.context().close();
});
