// The search in a real Chromium: node tests/browser/search.mjs FOLDER [--shots FOLDER]
// FOLDER is a built site; nothing of its content is assumed but a title of seven letters. It is opened twice, from a
// server that compresses (and counts) and from file://. Needs playwright-core (NODE_MODULES may say where it is) and a Chromium
// (CHROMIUM says which). --page PATH when the full page is not recherche/.
import { createServer } from "node:http";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, cpSync, writeFileSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const require = createRequire(process.env.NODE_MODULES ? join(process.env.NODE_MODULES, "x") : import.meta.url);
const { chromium } = require("playwright-core");
const [folder, ...options] = process.argv.slice(2);
const site = resolve(folder);
const shots = options[0] === "--shots" ? resolve(options[1]) : null;
if (shots) mkdirSync(shots, { recursive: true });

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8" };
let served = 0;
let root = site;
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
  if (!existsSync(file)) return response.writeHead(404).end("404");
  const bytes = gzipSync(readFileSync(file));
  served += /\/search\/|\.js$/.test(path) ? bytes.length : 0;
  response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "content-encoding": "gzip" }).end(bytes);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const http = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let passed = 0;
let failed = 0;
function check(what, holds, seen = "") {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`${holds ? "ok  " : "FAIL"} ${what}${holds ? "" : ` ${JSON.stringify(seen)}`}`);
}

// The words that this site can be asked for: the most frequent long ones of its own titles.
const index = join(site, "search");
const rows = readdirSync(join(index, "records")).map((name) => readFileSync(join(index, "records", name), "utf8"));
const titles = rows.flatMap((row) => JSON.parse(row.slice(row.indexOf(",") + 1, row.lastIndexOf(")"))).filter(([, , context]) => context === "").map(([, title]) => title));
const counts = new Map();
for (const word of titles.join(" ").match(/\p{L}{7,}/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
const [word] = [...counts].sort((one, other) => other[1] - one[1])[0];
const plain = word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

async function open(address, size = { width: 1280, height: 860 }, from = http, settings = {}) {
  const context = await browser.newContext({ viewport: size, ...settings });
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  page.on("dialog", (dialog) => {
    page.faults.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(new URL(address, from).href);
  return page;
}
const shoot = (page, name) => shots && page.screenshot({ path: join(shots, `${name}.png`) });
const result = ".search-result";
const said = (page, text) => page.waitForFunction((text) => document.querySelector(".search-status")?.textContent.match(text), text, { timeout: 5000 });

const pagePath = options.includes("--page") ? options[options.indexOf("--page") + 1] : "recherche/";
for (const [from, base, end] of [["server", http, ""], ["folder", `${pathToFileURL(site).href}/`, "index.html"]]) {
  const page = await open(end, undefined, base);
  served = 0;
  await page.keyboard.press("/");
  await page.waitForSelector(".search-dialog[open]");
  check(`${from}: / opens the dialog with the focus in its field`, await page.evaluate(() => document.activeElement.matches(".search-dialog .search-input")));
  await page.keyboard.type(plain);
  await page.waitForSelector(result);
  await said(page, "\\d");
  if (from === "server") console.log(`     ${Math.round(served / 1000)} kB compressed to the first ${await page.locator(result).count()} results`);
  check(`${from}: a word without its accents is found and marked`, (await page.locator(".search-mark").count()) > 0);
  check(`${from}: the count is announced`, /\d/.test(await page.locator('.search-status[role="status"]').textContent()));
  await shoot(page, `${from}-dialog`);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  check(`${from}: arrows go through the results`, await page.evaluate(() => document.activeElement === document.querySelectorAll(".search-link")[1]));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  check(`${from}: and back to the field`, await page.evaluate(() => document.activeElement.matches(".search-input")));
  await page.keyboard.press("Escape");
  check(`${from}: Escape closes`, (await page.locator(".search-dialog[open]").count()) === 0);
  await page.locator("[data-search-open]").first().click();
  await page.keyboard.press("Escape");
  check(`${from}: the focus returns to what opened it`, await page.evaluate(() => document.activeElement.matches("[data-search-open]")));
  await page.keyboard.press("Control+k");
  await page.waitForSelector(result);
  await page.keyboard.press("Enter");
  await page.waitForURL(/[?]q=/);
  await page.waitForSelector(result);
  check(`${from}: Enter leads to the full page`, (await page.locator("[data-search-page] input[type=search]").inputValue()) === plain);
  const link = await page.locator(".search-link").first().getAttribute("href");
  check(`${from}: results lead into the site`, link.startsWith(base) && (from === "server" || link.includes("index.html")), link);
  check(`${from}: no fault`, page.faults.length === 0, page.faults);
  await page.context().close();
}

const page = await open(`${pagePath}?q=${encodeURIComponent(plain)}`);
await page.waitForSelector(result);
const status = () => page.locator(".search-status").textContent();
await said(page, "\\d");
const all = await status();
await shoot(page, "page-wide");
const boxes = page.locator(".search-value:visible input");
if ((await boxes.count()) > 0) {
  const shown = Number((await page.locator(".search-value:visible .search-count").first().textContent()).trim());
  await boxes.first().check();
  await page.waitForFunction((all) => document.querySelector(".search-status").textContent !== all, all);
  const number = Number((await status()).replace(/\D/g, ""));
  check("a facet gives as many results as it says", number === shown, [number, shown]);
  check("the address holds the choice", new URL(page.url()).searchParams.size === 2, page.url());
  await page.goBack();
  await page.waitForFunction((all) => document.querySelector(".search-status").textContent === all, all);
  check("back takes the choice away", (await boxes.first().isChecked()) === false);
  await page.goForward();
  await page.waitForFunction((all) => document.querySelector(".search-status").textContent !== all, all);
  check("forward brings it again", await boxes.first().isChecked());
  await page.locator(".search-chip").first().click();
  await page.waitForFunction((all) => document.querySelector(".search-status").textContent === all, all);
  check("a chip takes it away", !new URL(page.url()).search.includes("&"));
}
await page.locator("[data-search-page] input[type=search]").fill("");
await page.waitForTimeout(600);
check("without a word everything is listed", Number((await status()).replace(/\D/g, "")) === titles.length, await status());

for (const bad of ["🙂🙂🙂", "?!…«»", '<img src=x onerror=alert(1)>', "\"", "é".repeat(10_000), "mot ".repeat(3_000), "%00", "__proto__", "constructor"]) {
  await page.locator("[data-search-page] input[type=search]").fill(bad);
  await page.waitForTimeout(350);
  check(`any text is answered: ${bad.slice(0, 20)}`, (await status()) !== "" && (await page.locator("img").count()) === 0);
}
const wrong = plain.slice(0, 3) + plain.slice(4);
await page.locator("[data-search-page] input[type=search]").fill(`${wrong} `);
await page.waitForTimeout(400);
console.log(`     ${wrong}: ${await status()} ${await page.locator(".search-notes").textContent()}`);
check("the page has no fault", page.faults.length === 0, page.faults);
await page.context().close();

// A new build removed the files that an open page knows of.
const copy = mkdtempSync(join(tmpdir(), "search-"));
cpSync(site, copy, { recursive: true });
root = copy;
const old = await open(pagePath);
await old.waitForSelector(result);
for (const name of readdirSync(join(copy, "search/terms"))) writeFileSync(join(copy, "search/terms", name), 'recueilSearch.receive("terms/');
await old.locator("[data-search-page] input[type=search]").fill(plain);
await old.waitForTimeout(600);
check("a cut file is told, not shown", /\p{L}/u.test(await old.locator(".search-status").textContent()) && (await old.locator(".search-status").textContent()).length > 40);
rmSync(join(copy, "search"), { recursive: true });
await old.locator("[data-search-page] input[type=search]").fill(`${plain} encore`);
await old.waitForTimeout(600);
check("a missing index is told", (await old.locator(".search-status").textContent()).length > 40);
check("and no old result stays", (await old.locator(result).count()) === 0);
await shoot(old, "broken");
cpSync(join(site, "search"), join(copy, "search"), { recursive: true });
await old.locator("[data-search-page] input[type=search]").fill(plain);
await old.waitForSelector(".search-mark");
check("and found again once it is there", true);
await old.context().close();
rmSync(copy, { recursive: true });
root = site;

for (const scheme of ["light", "dark"]) {
  const phone = await open("", { width: 390, height: 844 }, http, { colorScheme: scheme });
  await phone.locator("[data-search-open]").first().click();
  await phone.keyboard.type(word);
  await phone.waitForSelector(result);
  await phone.waitForTimeout(400);
  await shoot(phone, `phone-dialog-${scheme}`);
  check(`${scheme} phone: nothing is wider than the screen`, await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await phone.goto(`${http}${pagePath}?q=${encodeURIComponent(word)}`);
  await phone.waitForSelector(result);
  await phone.waitForTimeout(400);
  await shoot(phone, `phone-page-${scheme}`);
  check(`${scheme} phone: the page fits`, await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await phone.context().close();
}
const none = await open(`${pagePath}?q=${plain}`, undefined, http, { javaScriptEnabled: false });
check("without JavaScript the page leads elsewhere", await none.locator("[data-search-fallback]").isVisible());
await none.context().close();

await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
