// Pictures of every kind of page of a book, for eyes to judge: node tests/browser/pictures.mjs [FOLDER] [--of WORD] [--book BOOK]
// Each page is taken at 390, 768 and 1280 pixels, light and dark, and on paper (where `pdftoppm` is installed, of
// poppler-utils). FOLDER (target/pictures unless said) holds for each page a sheet of them side by side in light, in dark and
// on paper, and the pictures themselves. --of takes only the pages whose name or address has the word.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build, launch, open, pages, repository, samples, says, serve } from "./house.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { of: { type: "string" }, book: { type: "string", default: repository } } });
const folder = resolve(positionals[0] ?? join(repository, "target", "pictures"));

const WIDTHS = [390, 768, 1280];
const SCHEMES = ["light", "dark"];
/** More of a long page says nothing new. */
const TALLEST = 2400;
const SHEETS_OF_PAPER = 3;

/** The pages to look at: the fullest of each kind, and one of everything a kind can hold. */
function wanted(site) {
  const every = pages(site.folder);
  const all = every.filter(({ kind }) => kind !== "moved");
  const fullest = (is) => all.filter(is).sort((one, other) => other.html.length - one.html.length)[0];
  const views = new Set(all.flatMap(({ html }) => [...html.matchAll(/class="view view-([a-z]+)"/g)].map(([, kind]) => kind)));
  const found = [
    ...samples(site.folder).map((page) => [page.kind, page]),
    ["report", fullest(({ kind, html }) => kind === "document" && html.includes('class="figures"') && html.includes('class="cite-text"'))],
    ["rule", fullest(({ kind, html }) => kind === "document" && html.includes('class="rule-head"'))],
    ["term", fullest(({ kind, html }) => kind === "document" && html.includes('class="term"'))],
    ["records", fullest(({ html }) => html.includes('class="record-list"'))],
    ["list", fullest(({ kind, html }) => kind === "collection" && html.includes('class="narrow"'))],
    ["glossary", fullest(({ kind, html }) => kind === "collection" && html.includes('"DefinedTermSet"'))],
    ["moved", every.find(({ kind }) => kind === "moved")],
    ["gathered-overview", fullest(({ kind, html }) => kind === "gathered" && html.includes('class="entrances"'))],
    ["gathered-page", fullest(({ kind, html }) => kind === "gathered" && html.includes('class="gathering"'))],
    ...[...views].sort().map((view) => [`view-${view}`, fullest(({ address, html }) => html.includes(`class="view view-${view}"`) && !address.startsWith("guide/"))]),
    ...all.filter(({ html }) => html.includes('class="view ')).map((page) => [`views-${page.address.replaceAll("/", " ").trim().replaceAll(" ", "-")}`, page]),
  ];
  const taken = new Set();
  return found.filter(([, page]) => page && !taken.has(page.address) && taken.add(page.address)).map(([name, { address }]) => ({ name, address }));
}

/** Everything on the page is open, and the search has answered. */
async function settle(page) {
  if (await page.locator("[data-search-page]").count()) await says(page, ".search-status", /\d/);
  await page.evaluate(() => document.fonts.ready);
}

/** The page on paper, as Chromium prints it, sheet by sheet. */
async function print(page, name) {
  const pdf = join(folder, `${name}.pdf`);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  writeFileSync(pdf, await page.pdf({ format: "A4", printBackground: false, preferCSSPageSize: true }));
  try {
    execFileSync("pdftoppm", ["-png", "-r", "70", "-l", String(SHEETS_OF_PAPER), pdf, join(folder, `${name}-paper`)]);
  } catch {
    return [];
  }
  return readdirSync(folder).filter((file) => file.startsWith(`${name}-paper`) && file.endsWith(".png")).sort();
}

/** Pictures of a page side by side, on one. */
async function sheet(browser, name, files, scale) {
  const page = await browser.newPage({ viewport: { width: 1560, height: 800 } });
  const picture = (file) => {
    const bytes = readFileSync(join(folder, file));
    // The width of a PNG stands in its sixteenth byte.
    return `<img width="${Math.round(bytes.readUInt32BE(16) * scale)}" alt="" src="data:image/png;base64,${bytes.toString("base64")}">`;
  };
  await page.setContent(`<style>body{margin:8px;background:#889;display:flex;gap:10px;align-items:flex-start}</style>${files.map(picture).join("")}`);
  await page.screenshot({ path: join(folder, `sheet-${name}.png`), fullPage: true });
  await page.close();
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const site = build(resolve(values.book));
const server = await serve(site.folder);
const browser = await launch();
const chosen = wanted(site).filter(({ name, address }) => !values.of || name.includes(values.of) || address.includes(values.of));
for (const { name, address } of chosen) {
  const asked = name === "search" ? `${address}?q=accompagnement` : address;
  const page = await open(browser, server.origin, "404.html", { reducedMotion: "reduce" });
  // The page of an address that moved is left at once: it is held for its picture.
  await page.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const answer = await route.fetch();
    return route.fulfill({ response: answer, body: (await answer.text()).replace(/<meta http-equiv="refresh"[^>]*>/, "") });
  });
  await page.goto(new URL(asked, server.origin).href);
  for (const colorScheme of SCHEMES) {
    const files = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media: "screen", colorScheme });
      await page.reload();
      await settle(page);
      const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
      const file = `${name}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true, clip: { x: 0, y: 0, width, height } });
      files.push(file);
    }
    await sheet(browser, `${name}-${colorScheme}`, files, 0.62);
  }
  const papers = await print(page, name);
  if (papers.length > 0) await sheet(browser, `${name}-paper`, papers, 0.88);
  await page.context().close();
  console.log(`${name}: /${address}`);
}
await browser.close();
server.close();
site.remove();
console.log(`${chosen.length} pages: ${folder}`);
