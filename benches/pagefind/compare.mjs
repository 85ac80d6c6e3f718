// The search of this crate and Pagefind side by side, on the same pages and the same queries:
//   node benches/pagefind/compare.mjs BOOK [--weight]
// --weight leaves the queries of the book out: for a generated book, which answers none of them.
// BOOK holds book.toml and the file of its search tests. Needs target/release/recueil, the npm packages pagefind and
// playwright-core (NODE_MODULES says where) and a Chromium (CHROMIUM says which). Pagefind is given the pages of documents and
// entries alone, their <main> only, and each page once for its document, so that no list or filter page stands in its way.
// Of Pagefind's bytes only those of its own files count; ours are counted by the same server, both gzipped.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const modules = process.env.NODE_MODULES ?? "";
const require = createRequire(modules ? join(modules, "x") : import.meta.url);
const { chromium } = require(process.env.PLAYWRIGHT ?? "playwright-core");
const book = process.argv[2];
const recueil = join(root, "target/release/recueil");
const pagefind = readdirSync(join(modules, "@pagefind")).map((name) => join(modules, "@pagefind", name, "bin/pagefind_extended")).find(existsSync);
const work = mkdtempSync(join(tmpdir(), "compare-"));

// The least processor seconds of three runs: other work on the machine disturbs them less than the clock.
const timed = (command, words, before = () => {}) => {
  const times = [1, 2, 3].map(() => {
    before();
    const { stderr } = spawnSync("bash", ["-c", 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1', "time", command, ...words], { encoding: "utf8" });
    const [user, system] = stderr.trim().split(" ");
    return Number(user) + Number(system);
  });
  return Math.min(...times);
};
const bytesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

// Our site, with the search and without: the difference is what the index costs.
const site = join(work, "site");
const build = (dest, from) => timed(recueil, ["build", "--quiet", "--dest-dir", dest, from], () => rmSync(dest, { recursive: true, force: true }));
const withSearch = build(site, book);
const plain = join(work, "plain");
mkdirSync(plain);
for (const name of ["book.toml", "content", "themes", "urls.lock"]) if (existsSync(join(book, name))) cpSync(join(book, name), join(plain, name), { recursive: true });
const toml = readFileSync(join(plain, "book.toml"), "utf8");
writeFileSync(join(plain, "book.toml"), /^\[search\]/m.test(toml) ? toml.replace(/^\[search\][^[]*/m, "[search]\nenabled = false\n\n") : `${toml}\n[search]\nenabled = false\n`);
const without = build(join(work, "none"), plain);

// The pages that our index knows, for Pagefind.
const pages = join(work, "pages");
const records = readdirSync(join(site, "search/records")).flatMap((name) => {
  const row = readFileSync(join(site, "search/records", name), "utf8");
  return JSON.parse(row.slice(row.indexOf(",") + 1, row.lastIndexOf(")")));
});
for (const [url] of records) {
  const from = join(site, url, "index.html");
  if (!existsSync(from)) continue;
  mkdirSync(join(pages, url), { recursive: true });
  cpSync(from, join(pages, url, "index.html"));
}
const theirs = timed(pagefind, ["--site", pages, "--root-selector", "main"], () => rmSync(join(pages, "pagefind"), { recursive: true, force: true }));
const documents = records.filter(([, , context]) => context === "").map(([url]) => url).sort((one, other) => other.length - one.length);
const documentOf = (url) => documents.find((document) => url.startsWith(document)) ?? url;

// One server for both, that counts what it sends.
let sent = 0;
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css" };
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  const folder = path.startsWith("/pagefind/") ? pages : site;
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  if (!existsSync(file)) return response.writeHead(404).end();
  const bytes = readFileSync(file);
  const packed = gzipSync(bytes, { level: 9 });
  const smaller = packed.length < bytes.length;
  if (/^\/pagefind\/|\/search\//.test(path)) sent += Math.min(packed.length, bytes.length);
  response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", ...(smaller ? { "content-encoding": "gzip" } : {}) }).end(smaller ? packed : bytes);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const http = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

// What the book's own tests ask, and what they must find.
const name = toml.match(/^tests\s*=\s*"(.*)"/m)?.[1];
const leftOut = readFileSync(join(root, "benches/pagefind/left-out.yaml"), "utf8");
const tests = (name && process.argv[3] !== "--weight" ? readFileSync(join(book, name), "utf8") + leftOut : "").split("\n").flatMap((line) => {
  const [, query, finds] = line.match(/^- \{ query: (.*?), finds: (\[.*?\]|"[^"]*"|[^,} ]+)/) ?? [];
  if (!query) return [];
  const unquoted = query.startsWith('"') ? JSON.parse(query) : query;
  return [{ query: unquoted, finds: finds.replace(/[[\]"]/g, "").split(",").map((find) => `${find.trim().split("#")[0]}/`) }];
});
const queries = tests.length > 0 ? tests : ["évaluation", "projet personnel", "accompagnement formation", "bilan", "apprentissage"].map((query) => ({ query, finds: [] }));

async function ask(page, who, query) {
  if (who === "ours") {
    await page.goto(`${http}recherche/?q=${encodeURIComponent(`${query} `)}`);
    await page.waitForFunction(() => /\p{L}/u.test(document.querySelector(".search-status")?.textContent ?? ""));
    await page.waitForLoadState("networkidle");
    return page.evaluate(() => [...document.querySelectorAll(".search-result > .search-link")].map((link) => new URL(link.href).pathname.slice(1)));
  }
  return page.evaluate(async (query) => {
    const pagefind = await import("/pagefind/pagefind.js");
    const { results } = await pagefind.search(query);
    const shown = await Promise.all(results.slice(0, 40).map((result) => result.data()));
    return shown.map((result) => result.url.replace(/^\//, ""));
  }, query);
}

async function judge(who) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${http}${who === "ours" ? "" : documents.at(-1)}`);
  let [recall, rank, found] = [0, 0, 0];
  const missed = [];
  for (const { query, finds } of tests) {
    const urls = [...new Set((await ask(page, who, query)).map(documentOf))].slice(0, 10);
    for (const find of finds) {
      const at = urls.indexOf(find);
      recall += at >= 0 ? 1 / finds.length : 0;
      if (at >= 0) [rank, found] = [rank + at + 1, found + 1];
      else missed.push(query);
    }
  }
  await context.close();
  return { recall: recall / Math.max(tests.length, 1), rank: rank / Math.max(found, 1), missed };
}

// From an empty cache: everything until eight results stand there with their excerpts.
async function weight(who) {
  const weights = [];
  for (const { query } of queries.slice(0, 30)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${http}${who === "ours" ? "" : documents.at(-1)}`);
    sent = 0;
    if (who === "ours") {
      await page.keyboard.press("/");
      await page.waitForSelector(".search-dialog[open]");
      await page.locator(".search-dialog .search-input").fill(query);
      await page.waitForFunction(() => /\d|\p{L}{3} r/u.test(document.querySelector(".search-dialog .search-status")?.textContent ?? ""));
      await page.waitForLoadState("networkidle");
    } else {
      await page.evaluate(async (query) => {
        const pagefind = await import("/pagefind/pagefind.js");
        const { results } = await pagefind.search(query);
        await Promise.all(results.slice(0, 8).map((result) => result.data()));
      }, query);
    }
    weights.push(sent);
    await context.close();
  }
  weights.sort((one, other) => one - other);
  return [weights[weights.length >> 1], weights.at(-1)];
}

const table = {};
for (const who of ["ours", "pagefind"]) {
  const { recall, rank, missed } = tests.length > 0 ? await judge(who) : { recall: NaN, rank: NaN, missed: [] };
  const [median, most] = await weight(who);
  const folder = who === "ours" ? join(site, "search") : join(pages, "pagefind");
  table[who] = {
    "recall at 10": recall.toFixed(3),
    "mean rank": rank.toFixed(2),
    "index kB": Math.round(bytesIn(folder) / 1000),
    "first result kB (median)": Math.round(median / 1000),
    "first result kB (most)": Math.round(most / 1000),
    "processor s": (who === "ours" ? withSearch - without : theirs).toFixed(2),
  };
  console.log(who, "missed:", missed.join(" | "));
}
console.log(`${documents.length} documents, ${queries.length} queries; whole site ${withSearch.toFixed(2)} s`);
console.table(table);
await browser.close();
server.close();
rmSync(work, { recursive: true });
