// Where the time of `recueil build` goes, and how it grows:
//   node benches/floors.mjs [SIZES] [--turns N] [--csv FILE] [--plot FILE.svg]
// Generated books of 100, 1,000 and 10,000 reports unless told otherwise (100000 works too, and wants 12 GB of disk), each built into a
// new folder, again unchanged, and again after one edit. For each: the floors as `--timings` tells them, then the whole process as the
// system counts it; all in milliseconds. The run in the middle by the clock is shown. See measure.mjs for RECUEIL and BOOK_WRITER.
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { growth } from "./growth.mjs";
import { grouped, load, machine, median, options, recueil, run, scratch, table, weigh, writeBook } from "./measure.mjs";

const { numbers, given } = options(["turns", "csv", "plot"]);
const turns = Number(given.turns ?? 3);
const work = scratch("floors");

// The floors of a run, in order: what `--timings` says after the line that begins with "ms".
const floors = (said) => {
  const lines = said.split("\n");
  const from = lines.findIndex((line) => /^ms\s+clock\s+processor$/.test(line));
  if (from < 0) throw new Error(`no timings in what the program said; is it older than \`build --timings\`?\n${said}`);
  return lines
    .slice(from + 1)
    .map((line) => line.match(/^(.+?)\s+([\d.]+)\s+([\d.]+)$/))
    .filter(Boolean)
    .map(([, name, wall, processor]) => ({ name, wall: Number(wall), processor: Number(processor) }));
};

const kinds = ["new folder", "unchanged", "one edit"];
const results = [];
for (const reports of numbers.length > 0 ? numbers : [100, 1_000, 10_000]) {
  const book = writeBook(reports, join(work, String(reports)));
  const runs = kinds.map(() => []);
  for (let turn = 0; turn < turns; turn += 1) {
    const out = join(work, `out-${reports}-${turn}`);
    for (const [at, kind] of kinds.entries()) {
      if (kind === "one edit") appendFileSync(join(book, "content/comptes-rendus/essai-000000.md"), `\nUne ligne de plus, la ${turn + 1}e.\n`);
      const began = Date.now();
      const measured = run(recueil, ["build", "--timings", "--lang", "en", "--dest-dir", out, book]);
      runs[at].push({ ...measured, floors: floors(measured.said), ...weigh(out, at === 0 ? 0 : began) });
      process.stderr.write(`${grouped(reports)} reports, ${kind}: ${measured.wall.toFixed(2)} s\n`);
    }
  }
  for (const [at, kind] of kinds.entries()) results.push({ reports, kind, ...median(runs[at]) });
}

const milliseconds = (number) => (number < 10 ? number.toFixed(1) : grouped(number));
const names = [...new Set(results.flatMap((result) => result.floors.map(({ name }) => name)))];
const floor = (result, name, column) => result.floors.find((floor) => floor.name === name)?.[column];
const rows = [
  ...names.map((name) => [name, ...results.map((result) => pair(floor(result, name, "wall"), floor(result, name, "processor")))]),
  ["whole process", ...results.map(({ wall, processor }) => pair(wall * 1000, processor * 1000))],
  ["peak MB", ...results.map(({ peak }) => grouped(peak))],
  ["files written", ...results.map(({ files }) => grouped(files))],
  ["MB written", ...results.map(({ bytes }) => (bytes / 1e6).toFixed(1))],
];
function pair(wall, processor) {
  return wall === undefined ? "" : `${milliseconds(wall)} / ${milliseconds(processor)}`;
}
console.log(`${machine()}, load ${load()}; milliseconds on the clock / of all processors, the run in the middle of ${turns}\n`);
console.log(table(["", ...results.map(({ reports, kind }) => `${grouped(reports)}, ${kind}`)], rows));

const whole = results.filter(({ kind }) => kind === kinds[0]);
for (const [at, { reports, processor }] of whole.slice(1).entries()) {
  const before = whole[at];
  const [by, bound] = [processor / before.processor, (reports * Math.log(reports)) / (before.reports * Math.log(before.reports))];
  console.log(`\n${grouped(before.reports)} to ${grouped(reports)} reports, new folder: ${by.toFixed(1)} times the processor time; n log n would be ${bound.toFixed(1)}`);
}

if (given.csv) {
  const lines = results.flatMap(({ reports, kind, floors, wall, processor, peak, files, bytes }) => [
    ...floors.map((floor) => [reports, kind, floor.name, floor.wall.toFixed(1), floor.processor.toFixed(1), "", "", ""]),
    [reports, kind, "whole process", (wall * 1000).toFixed(1), (processor * 1000).toFixed(1), peak.toFixed(0), files, bytes],
  ]);
  writeFileSync(given.csv, ["reports,run,floor,wall_ms,processor_ms,peak_mb,files,bytes", ...lines.map((line) => line.join(","))].join("\n") + "\n");
}
if (given.plot) writeFileSync(given.plot, growth(results, kinds));
