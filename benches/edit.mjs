// From writing a report until `recueil serve` gives its new page, on generated books:
//   node benches/edit.mjs [SIZES] [--turns N]        1,000 and 10,000 reports, ten edits of each kind, unless told otherwise
// The target is under 40 ms at 1,000 reports and under 150 ms at 10,000. See measure.mjs for RECUEIL and BOOK_WRITER.
import { join } from "node:path";
import { grouped, options, recueil, scratch, table, writeBook } from "./measure.mjs";
import { middle, recueilServer, serve } from "./served.mjs";

const { numbers, given } = options(["turns"]);
const work = scratch("edit");
const rows = [];
for (const reports of numbers.length > 0 ? numbers : [1_000, 10_000]) {
  const book = writeBook(reports, join(work, String(reports)));
  const report = "comptes-rendus/essai-000000";
  const file = join(book, "content", `${report}.md`);
  const { ready, first, waits, peak } = await serve({ ...recueilServer(recueil, book), page: `/${report}/`, file, turns: Number(given.turns ?? 10) });
  for (const [name, times] of Object.entries(waits)) {
    rows.push([grouped(reports), name, ...[middle(times), Math.max(...times), ready, first].map((time) => time.toFixed(0)), peak.toFixed(0)]);
  }
}
console.log(table(["reports", "edit", "median ms", "worst ms", "ready ms", "first page ms", "peak MB"], rows, 2));
