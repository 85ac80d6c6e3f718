// The browser's side of the search, outside a browser: reads { language, texts, files, queries } on standard input and answers
// with what the scripts of the theme make of it. `src/search/agreement.rs` compares that with what Rust makes of it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const scripts = join(dirname(fileURLToPath(import.meta.url)), "../../themes/recueil/assets/search");
for (const name of ["analyser", "store", "excerpt", "query", "narrow", "suggest"]) {
  vm.runInThisContext(readFileSync(join(scripts, `${name}.js`), "utf8"), { filename: `${name}.js` });
}
const search = globalThis.recueilSearch;
const { language, texts, files, queries } = JSON.parse(readFileSync(0, "utf8"));

const analyser = new search.Analyser(language);
const words = texts.map((text) =>
  analyser.words(text).map(({ start, end, stop, terms }) => [text.slice(start, end), stop, terms.map(({ form, folded, stem }) => [form, folded, stem])]),
);

const received = new Map();
const store = new search.Store("search/", async (address, name) => {
  const script = files[address];
  if (script === undefined) throw new search.Broken(name);
  const receive = search.receive;
  search.receive = (name, data) => received.set(name, data);
  vm.runInThisContext(script, { filename: address });
  search.receive = receive;
  return received.get(name);
});
const outcomes = [];
if (Object.keys(files).length > 0) {
  await store.open();
  for (const { text, facets } of queries) {
    const { total, hits, partial, suggestion, facets: counts } = await search.search(store, { text, facets });
    const counted = counts.map(({ values }) => values.map(({ value, count }) => [value, count]));
    const pieces = (list) => list.map((piece) => [piece.text, piece.marked]);
    const places = (list) => list.map(({ url, title, label, excerpt }) => [url, title, label, pieces(excerpt)]);
    const shown = hits.map((hit) => [hit.record.url, hit.score, hit.why, pieces(hit.excerpt), places(hit.places)]);
    outcomes.push([total, partial, suggestion, counted, shown]);
  }
}
process.stdout.write(JSON.stringify({ words, outcomes }));
