// `recueil serve`: the site on this machine, made again and reloaded at every change.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open, repository, says, start } from "./house.mjs";

const folder = mkdtempSync(join(tmpdir(), "recueil-"));
const about = join(folder, "content", "about.md");
let browser;
let process;
let origin;
let page;
let told = "";

before(async () => {
  cpSync(join(repository, "tests", "sites", "repair-cafes", "in"), folder, { recursive: true });
  process = start("serve", folder, "--port", "0");
  process.stderr.setEncoding("utf8").on("data", (text) => (told += text));
  await until(() => /http:\/\/127\.0\.0\.1:\d+\//.test(told), "it says where the site is");
  [origin] = told.match(/http:\/\/127\.0\.0\.1:\d+\//);
  browser = await launch();
  page = await open(browser, origin, "about/");
});

after(async () => {
  await browser?.close();
  process?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function until(holds, what) {
  const end = Date.now() + 15_000;
  while (!holds()) {
    assert.ok(Date.now() < end, `${what}\n${told}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const title = (text) => writeFileSync(about, readFileSync(about, "utf8").replace(/^title: .*$/m, `title: ${text}`));

test("a change is made and shown by itself", async () => {
  title("Written anew");
  await says(page, "h1", /Written anew/);
});

test("a mistake is told and the page stays as it was", async () => {
  told = "";
  writeFileSync(about, readFileSync(about, "utf8").replace("summary:", "sumary:"));
  await until(() => told.includes("unknown-key"), "the finding is told");
  assert.match(await page.locator("h1").textContent(), /Written anew/);
  assert.equal((await fetch(new URL("about/", origin))).status, 200);
});

test("once corrected, it goes on", async () => {
  writeFileSync(about, readFileSync(about, "utf8").replace("sumary:", "summary:"));
  title("Put right");
  await says(page, "h1", /Put right/);
});

test("a file that is written as it was changes nothing", async () => {
  const version = async () => (await fetch(new URL("_recueil/version", origin))).text();
  const before = await version();
  writeFileSync(about, readFileSync(about, "utf8"));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.equal(await version(), before);
});

test("the search finds in the preview what a build would", async () => {
  const manifest = await fetch(new URL("search/manifest.js", origin));
  assert.equal(manifest.status, 200);
  assert.match(await manifest.text(), /^recueilSearch/);
});

test("a page that is not there is a 404 with the page that says so", async () => {
  const response = await fetch(new URL("nowhere/", origin));
  assert.equal(response.status, 404);
  assert.match(await response.text(), /page-404/);
});

test("nothing went wrong in the browser", () => assert.deepEqual(page.faults, []));

test("Ctrl-C ends it with 0", async () => {
  const ended = new Promise((resolve) => process.on("exit", resolve));
  process.kill("SIGINT");
  assert.equal(await ended, 0);
});
