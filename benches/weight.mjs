// What a reader pays for the search: node benches/weight.mjs SITE [QUERY]…
// SITE is a built site. For each query, from an empty cache: files and bytes (gzip -9, as a server sends them) until the first eight
// results stand on the screen, scripts of the theme included. --csv prints one line: records, index bytes, least, median, most.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const scripts = join(root, "themes/recueil/assets/search");
const [site, ...rest] = process.argv.slice(2);
const csv = rest.includes("--csv");
const asked = rest.filter((word) => word !== "--csv");
const queries = asked.length > 0 ? asked : ["vae", "évaluation", "projet personnel", "accompagnement formation", "compétences parcours", "bilan tutorat entretien", "\"projet personnel\"", "accompagn"];
const weigh = (bytes) => gzipSync(bytes, { level: 9 }).length;
const code = ["boot", "dialog", "strings.fr", "analyser", "store", "excerpt", "query", "results"];
const codeBytes = code.reduce((sum, name) => sum + weigh(readFileSync(join(scripts, `${name}.js`))), 0);

for (const name of ["analyser", "store", "excerpt", "query"]) vm.runInThisContext(readFileSync(join(scripts, `${name}.js`), "utf8"), { filename: name });
const search = globalThis.recueilSearch;
const received = new Map();
search.receive = (name, data) => received.set(name, data);

let fetched = [];
const index = join(site, "search");
async function read(address, name) {
  const bytes = readFileSync(join(index, address));
  fetched.push([name, weigh(bytes)]);
  vm.runInThisContext(bytes.toString("utf8"), { filename: name });
  return received.get(name);
}

function folderBytes(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

if (!existsSync(join(index, "manifest.js"))) throw new Error(`no index in ${index}`);
const totals = [];
let records = 0;
for (const text of queries) {
  fetched = [];
  const store = new search.Store("", read);
  await store.open();
  records = store.records;
  const outcome = await search.search(store, { text, to: 8, count: false });
  const by = new Map();
  for (const [name, bytes] of fetched) by.set(name.split("/")[0], (by.get(name.split("/")[0]) ?? 0) + bytes);
  const total = codeBytes + fetched.reduce((sum, [, bytes]) => sum + bytes, 0);
  totals.push(total);
  const parts = [...by].map(([folder, bytes]) => `${folder} ${(bytes / 1000).toFixed(1)}`).join(", ");
  if (!csv) console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  ${String(fetched.length).padStart(3)} files  ${String(outcome.total).padStart(6)} found  ${text}  (scripts ${(codeBytes / 1000).toFixed(1)}, ${parts})`);
}
totals.sort((one, other) => one - other);
if (csv) console.log([records, folderBytes(index), totals[0], totals[totals.length >> 1], totals.at(-1)].join(","));
