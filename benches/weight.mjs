// What a reader pays for the search: node benches/weight.mjs SITE [QUERY]… [--csv] [--most BYTES]
// SITE is a built site. For each query, from an empty cache: files and bytes (gzip -9, as a server sends them) until the first results
// stand on the screen with their excerpts (five in the dialog), and until all eight do; the scripts of the site included.
// --csv prints one line: records, index bytes, least, median, most. --most fails when a query costs more than so many bytes.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";

const QUERIES = [
  ["vae", "évaluation", "accompagn", "bilan", "tutorat", "financement"],
  ["projet personnel", "accompagnement formation", "compétences parcours", "évaluation collective", "bilan entretien", "réseau formateurs"],
  ["bilan tutorat entretien", "accompagnement projet personnel", "formation compétences parcours", "réseau évaluation apprentissage"],
];
const PHRASES = ['"projet personnel"', '"accompagnement formation"'];
const [FIRST, SHOWN] = [5, 8];

const scripts = join(dirname(fileURLToPath(import.meta.url)), "../themes/recueil/assets/search");
const [site, ...rest] = process.argv.slice(2);
const csv = rest.includes("--csv");
const most = rest.includes("--most") ? Number(rest[rest.indexOf("--most") + 1]) : Infinity;
const asked = rest.filter((word, at) => !word.startsWith("--") && rest[at - 1] !== "--most");
const weigh = (bytes) => gzipSync(bytes, { level: 9 }).length;
const codeBytes = ["boot", "strings.fr", "core", "dialog"]
  .map((name) => weigh(readFileSync(join(site, `assets/search/${name}.js`))))
  .reduce((sum, bytes) => sum + bytes, 0);

for (const name of ["analyser", "store", "excerpt", "query", "suggest"]) {
  vm.runInThisContext(readFileSync(join(scripts, `${name}.js`), "utf8"), { filename: name });
}
const search = globalThis.recueilSearch;
const received = new Map();
search.receive = (name, data) => received.set(name, data);

const index = join(site, "search");
if (!existsSync(join(index, "manifest.js"))) throw new Error(`no index in ${index}`);
const sum = (fetched) => fetched.reduce((sum, [, bytes]) => sum + bytes, 0);
const kilo = (bytes) => (bytes / 1000).toFixed(1);

async function cost(text) {
  const fetched = [];
  const store = new search.Store("", async (address, name) => {
    const bytes = readFileSync(join(index, address));
    fetched.push([name, weigh(bytes)]);
    vm.runInThisContext(bytes.toString("utf8"), { filename: name });
    return received.get(name);
  });
  await store.open();
  const { total } = await search.search(store, { text, to: FIRST, count: false });
  const first = [...fetched];
  await search.search(store, { text, from: FIRST, to: SHOWN, count: false });
  const by = new Map();
  for (const [name, bytes] of first) {
    const folder = name.includes("-pages/") ? "pages" : name.split("/")[0];
    by.set(folder, (by.get(folder) ?? 0) + bytes);
  }
  const parts = [...by].map(([folder, bytes]) => `${folder} ${kilo(bytes)}`).join(", ");
  const bytes = codeBytes + sum(first);
  if (!csv) {
    const counts = `${String(first.length).padStart(3)} files  ${String(total).padStart(6)} found`;
    console.log(`${kilo(bytes).padStart(7)} kB (${kilo(codeBytes + sum(fetched))} for ${SHOWN})  ${counts}  ${text}  (scripts ${kilo(codeBytes)}, ${parts})`);
  }
  return { bytes, records: store.records };
}

function folderBytes(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

let records = 0;
const totals = [];
for (const [at, queries] of (asked.length > 0 ? [asked] : [...QUERIES, PHRASES]).entries()) {
  const costs = [];
  for (const text of queries) {
    const { bytes, records: held } = await cost(text);
    costs.push(bytes);
    records = held;
  }
  costs.sort((one, other) => one - other);
  // A quoted phrase is an exact question: it may read more, and has a line of its own.
  if (at < QUERIES.length) totals.push(...costs);
  const what = asked.length > 0 ? "asked" : (["one word", "two words", "three words"][at] ?? "phrases");
  if (!csv) console.log(`        ${what}: median ${kilo(costs[costs.length >> 1])}, most ${kilo(costs.at(-1))} kB`);
}
totals.sort((one, other) => one - other);
if (csv) console.log([records, folderBytes(index), totals[0], totals[totals.length >> 1], totals.at(-1)].join(","));
if (totals.at(-1) > most) {
  console.error(`a query costs ${totals.at(-1)} bytes, more than ${most}`);
  process.exitCode = 1;
}
