// Recueil, Hugo and Pagefind side by side on one generated corpus: see README.md beside this file.
//   node benches/peers/compare.mjs [REPORTS] [--date YYYY-MM-DD] [--turns N] [--no-servers]
// With a date the figures are published: results.csv and results.md beside this file. Without, they are a dry run in target/peers/.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { grouped, load, machine, median, options, recueil, root, run, scratch, table, weigh, writeBook } from "../measure.mjs";
import { hugoServer, middle, recueilServer, serve } from "../served.mjs";
import { writeHugo } from "./hugo.mjs";
import { install } from "./install.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { numbers, given } = options(["date", "turns"]);
const reports = numbers[0] ?? 10_000;
const turns = Number(given.turns ?? 3);
if (given.date && !/^\d{4}-\d\d-\d\d$/.test(given.date)) throw new Error("--date wants a day such as 2026-11-23");

const { versions, hugo, pagefind, yaml } = install();
const work = scratch("peers");
const say = (text) => process.stderr.write(`${text}\n`);
say(`${grouped(reports)} reports, ${turns} turns, load ${load()}`);
const book = writeBook(reports, join(work, "book"));
const site = join(work, "site");
// The same book without its search, to stand beside a Hugo without one.
const silent = join(work, "silent");
cpSync(book, silent, { recursive: true });
const settings = join(silent, "book.toml");
writeFileSync(settings, `${readFileSync(settings, "utf8").replace(/^\[search\][^[]*/m, "")}\n[search]\nenabled = false\n`);
const { pages, taxonomies } = writeHugo(book, site, join(here, "hugo"), yaml);
const report = "comptes-rendus/essai-000000";
const [theirs, ours] = [site, book].map((folder) => join(folder, "content", `${report}.md`));
const originals = [theirs, ours].map((file) => [file, readFileSync(file, "utf8")]);

// Each way of working: what it is called, and its run in a turn. A turn does each once, in this order, so that what else the
// machine does, or how warm it is, falls on all alike.
const folder = (name, turn) => join(work, `${name}-${turn}`);
const build = (name = "recueil", from = book) => (turn) => run(recueil, ["build", "--quiet", "--dest-dir", folder(name, turn), from]);
const render = (name, ...words) => (turn) =>
  run(hugo, ["--quiet", "--source", site, "--destination", folder(name, turn), "--cacheDir", join(work, "cache"), ...words]);
const edited = (file, work) => (turn) => {
  appendFileSync(file, `\nUne ligne de plus, la ${turn + 1}e.\n`);
  return work(turn);
};
const ways = [
  { name: "Recueil, check", out: undefined, work: () => run(recueil, ["check", "--quiet", book]) },
  { name: "Recueil, build into a new folder", out: "recueil", cold: true, work: build() },
  { name: "Recueil, build again, unchanged", out: "recueil", work: build() },
  { name: "Recueil, build again, one edit", out: "recueil", work: edited(ours, build()) },
  { name: "Recueil, into a new folder, no search", out: "silent", cold: true, work: build("silent", silent) },
  { name: "Hugo, lists in one page, no search", out: "unpaged", cold: true, work: render("unpaged", "--config", "hugo.toml,unpaged.toml") },
  { name: "Hugo, paginated lists, no search", out: "hugo", cold: true, work: render("hugo") },
  { name: "Hugo again, unchanged, no search", out: "hugo", work: render("hugo") },
  { name: "Hugo again, one edit, no search", out: "hugo", work: edited(theirs, render("hugo")) },
  { name: "Pagefind on Hugo's pages", out: "hugo", part: "pagefind", work: (turn) => run(pagefind, ["--silent", "--site", folder("hugo", turn)]) },
];
for (const way of ways) way.runs = [];
for (let turn = 0; turn < turns; turn += 1) {
  for (const way of ways) {
    const began = Date.now();
    const measured = way.work(turn);
    const place = way.out && join(folder(way.out, turn), way.part ?? "");
    way.runs.push({ ...measured, ...(place ? weigh(place, way.cold ? 0 : began) : {}) });
    say(`turn ${turn + 1}: ${way.name}: ${measured.wall.toFixed(2)} s`);
  }
}
for (const [file, text] of originals) writeFileSync(file, text);

// Both make a page of sixty for the same values of the same filters; a corpus that was mapped wrongly would show here.
const pagesBelow = (folder, belongs) =>
  readdirSync(folder, { recursive: true }).filter((path) => path.endsWith("index.html") && belongs(path.split("/"))).length;
const listed = [
  pagesBelow(join(folder("recueil", 0), "filtres"), (parts) => parts.length > 3),
  pagesBelow(folder("hugo", 0), ([first, ...rest]) => taxonomies.includes(first) && rest.length > 1),
];
if (listed[0] !== listed[1]) say(`not the same lists: Recueil has ${listed[0]} pages of filters, Hugo ${listed[1]}`);

const results = ways.map(({ name, runs }) => ({ name, ...median(runs) }));
const named = (name) => results.find((result) => result.name.startsWith(name));
const paginated = named("Hugo, paginated");
const indexed = named("Pagefind");
// One after the other: times add up, memory does not.
results.push({
  name: "Hugo, paginated lists, and Pagefind",
  wall: paginated.wall + indexed.wall,
  processor: paginated.processor + indexed.processor,
  peak: Math.max(paginated.peak, indexed.peak),
  files: paginated.files + indexed.files,
  bytes: paginated.bytes + indexed.bytes,
});

const served = [];
if (!given["no-servers"]) {
  const both = [
    ["Recueil, serve", recueilServer(recueil, book), ours],
    ["Hugo, server", await hugoServer(hugo, site, join(work, "cache")), theirs],
  ];
  for (const [name, server, file] of both) {
    // A server that fails is said, and left out: the half hour before it is not lost.
    try {
      const { first, waits, peak } = await serve({ ...server, page: `/${report}/`, file, turns: 5 });
      const times = Object.values(waits).map(middle);
      served.push({ name, first, times, peak });
      say(`${name}: ${times.map((time) => time.toFixed(0)).join(" and ")} ms`);
    } catch (error) {
      say(`${name} could not be measured: ${error.message}`);
    }
  }
}

const whole = named("Recueil, build into");
const times = (other, base) => `${(other / base).toFixed(1)}×`;
const cells = ({ name, wall, processor, peak, files, bytes }) => [
  name,
  wall.toFixed(2),
  processor.toFixed(2),
  grouped(peak),
  files === undefined ? "" : grouped(files),
  files === undefined ? "" : (bytes / 1e6).toFixed(1),
  times(wall, whole.wall),
  times(processor, whole.processor),
];
const git = (...words) => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
const state = git("status", "--porcelain", "--untracked-files=no") ? ", with changes" : "";
const dry = given.date ? "" : "**Dry run: not to be cited.** ";
const text = `${dry}${grouped(reports)} generated reports (${grouped(pages)} Markdown files in all), ${given.date ?? "no date"}; ${machine()}; the run in the middle of ${turns} by the clock.
Recueil at ${git("rev-parse", "--short", "HEAD")}${state}, Hugo ${versions.hugo} (extended), Pagefind ${versions.pagefind} (extended). What each does and does not do: [README.md](README.md).

${table(["run", "clock s", "processor s", "peak MB", "files written", "MB written", "clock ÷ Recueil", "processor ÷ Recueil"], results.map(cells))}

The last two columns are against Recueil's build into a new folder, with checks, rules, search and all views. Pages of filters: ${grouped(listed[0])} in Recueil, ${grouped(listed[1])} in Hugo, paginated.
${
  served.length === 0
    ? ""
    : `
${table(
  ["under its server", "first page s", "edit of a line ms", "edit of the title ms", "peak MB"],
  served.map(({ name, first, times, peak }) => [name, (first / 1000).toFixed(2), ...times.map((time) => time.toFixed(0)), grouped(peak)]),
)}

From writing the file until the new page can be fetched, the middle of five.
`
}`;
const csv = [
  "reports,run,wall_s,processor_s,peak_mb,files,bytes",
  ...results.map(({ name, wall, processor, peak, files, bytes }) => [reports, `"${name}"`, wall.toFixed(3), processor.toFixed(2), peak.toFixed(0), files ?? "", bytes ?? ""].join(",")),
  ...served.flatMap(({ name, times, peak }) =>
    ["one edit of a line", "one edit of the title"].map((edit, at) => [reports, `"${name}, ${edit}"`, (times[at] / 1000).toFixed(3), "", peak.toFixed(0), "", ""].join(",")),
  ),
].join("\n");
const target = given.date ? here : join(root, "target/peers");
mkdirSync(target, { recursive: true });
writeFileSync(join(target, "results.csv"), `${csv}\n`);
writeFileSync(join(target, "results.md"), text);
console.log(text);
say(given.date ? "published: benches/peers/results.csv and results.md" : "a dry run: target/peers/results.csv and results.md; give --date YYYY-MM-DD to publish");
