// The search of our own book: what it finds, and how it is used.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { host, repository, run, says } from "./house.mjs";

const RESULT = ".search-result";
const STATUS = ".search-status";
const site = host();
let page;

/** Asks for something on the full page; gives the addresses found, below the root, and their text. */
async function ask(query) {
  const page = await site.open(`recherche/?q=${encodeURIComponent(query)}`);
  await page.waitForSelector(RESULT);
  await says(page, STATUS, /\d/);
  const hits = await page.locator(RESULT).evaluateAll((results) =>
    results.map((result) => ({ url: result.querySelector("a").href, text: result.innerText, marks: [...result.querySelectorAll("mark")].map((mark) => mark.textContent) })),
  );
  const status = await page.locator(STATUS).textContent();
  const notes = await page.locator(".search-notes").allTextContents();
  assert.deepEqual(page.faults, []);
  await page.context().close();
  return { hits: hits.map((hit) => ({ ...hit, url: hit.url.replace(site.origin, "") })), status, notes: notes.join(" ") };
}

/** What the program finds for the same words. */
const told = (query) => JSON.parse(run("search", query, "--format", "json")).hits.map((hit) => hit.url);
const marks = ({ hits }) => hits.flatMap((hit) => hit.marks).join(" ").toLowerCase();

describe("words are found however they are written", () => {
  test("apprentissage is found behind an elision too", async () => {
    const found = await ask("apprentissage");
    assert.match(marks(found), /apprentissage/);
    assert.ok(found.hits.some((hit) => /l[’']apprentissage|d[’']apprentissage|apprentissages/i.test(hit.text)), "l’apprentissage is the same word");
  });

  test("évaluer finds évaluation", async () => {
    const found = await ask("évaluer");
    assert.match(marks(found), /évaluer/);
    assert.match(marks(found), /évaluation/);
  });

  test("coeur finds cœur", async () => {
    const found = await ask("coeur");
    assert.match(marks(found), /cœur/);
  });

  test("VAE finds what it stands for, and says so", async () => {
    const found = await ask("VAE");
    assert.equal(found.hits[0].url, "glossaire/validation-des-acquis-de-l-experience/");
    assert.match(found.notes + found.hits.map((hit) => hit.text).join(" "), /validation des acquis de l[’']expérience/i);
  });

  for (const query of ["apprentissage", "évaluer", "evaluer", "coeur", "VAE", "congé parental", "\"projet personnel\"", "métiers de l’agriculture"]) {
    test(`the browser and the program agree on ${query}`, async () => {
      const expected = told(query);
      const { hits } = await ask(query);
      assert.deepEqual(hits.slice(0, expected.length).map((hit) => hit.url), expected.slice(0, hits.length));
    });
  }
});

describe("the dialog", () => {
  before(async () => {
    page = await site.open("experiences/");
  });
  after(() => page.context().close());

  const focused = () => page.evaluate(() => document.activeElement?.className ?? "");

  test("/ opens it and gives it the focus", async () => {
    await page.keyboard.press("/");
    await page.waitForSelector(".search-dialog[open]");
    assert.match(await focused(), /search-input/);
    assert.equal(await page.locator(".search-dialog .search-input").inputValue(), "", "the sign itself is not typed");
  });

  test("a live region tells how many results there are", async () => {
    await page.keyboard.type("parental");
    await says(page, STATUS, /\d/);
    const region = page.locator(STATUS);
    assert.ok(["status", "log"].includes(await region.getAttribute("role")) || (await region.getAttribute("aria-live")) === "polite");
    const told = Number((await region.textContent()).replace(/\D/g, ""));
    assert.ok(told > 0 && told >= (await page.locator(`.search-dialog ${RESULT}`).count()));
  });

  test("Tab stays inside", async () => {
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press("Tab");
      const inside = await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest(".search-dialog")));
      assert.ok(inside, `the focus left after ${stop + 1} stops`);
    }
  });

  test("Escape closes it", async () => {
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".search-dialog[open]").count(), 0);
  });

  test("/ typed into a field is a letter", async () => {
    await page.goto(new URL("recherche/", site.origin).href);
    await page.locator("main input[type=search]").fill("");
    await page.locator("main input[type=search]").press("/");
    assert.equal(await page.locator("main input[type=search]").inputValue(), "/");
    assert.equal(await page.locator(".search-dialog[open]").count(), 0);
  });

  test("nothing went wrong", () => assert.deepEqual(page.faults, []));
});

test("results follow a letter in less than 50 ms once their files are there", async () => {
  const page = await site.open();
  await page.keyboard.press("/");
  const field = page.locator("dialog[open] input");
  const words = ["accompagnement", "vae", "mobilite", "projet personnel", "charte"];
  for (const word of words) {
    await field.fill(word);
    await page.waitForTimeout(400);
  }
  const times = await page.evaluate(async (words) => {
    const dialog = document.querySelector("dialog[open]");
    const input = dialog.querySelector("input");
    const times = [];
    for (const word of words) {
      await new Promise((rest) => setTimeout(rest, 200));
      const shown = new Promise((resolve) => {
        const watch = new MutationObserver(() => dialog.querySelector("li") && (watch.disconnect(), resolve()));
        watch.observe(dialog, { childList: true, subtree: true });
      });
      input.value = word;
      const start = performance.now();
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await shown;
      times.push(performance.now() - start);
    }
    return times.sort((one, other) => one - other);
  }, words);
  // The one in the middle: other tests run beside this one.
  assert.ok(times[2] < 50, `${times.map(Math.round)} ms`);
  await page.context().close();
});

test("no result is said, not shown as an empty page", async () => {
  const page = await site.open("recherche/?q=xyzzyqwv");
  await says(page, STATUS, /\p{L}/u);
  assert.equal(await page.locator(RESULT).count(), 0);
  await page.context().close();
});

test("what is asked for is never run", async () => {
  const page = await site.open(`recherche/?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`);
  await says(page, STATUS, /\p{L}/u);
  assert.equal(await page.locator("img").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the search in depth: from a folder, in pieces, by facets", async () => {
  const script = join(repository, "tests", "browser", "search.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script, site.folder]).catch((error) => error);
  assert.match(stdout, /^\d+ passed, 0 failed$/m, stdout);
});
