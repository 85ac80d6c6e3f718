// What the benches of whole programs share: the generated book, one measured run, the weight of a folder, a table.
//
// RECUEIL names another program than target/release/recueil; BOOK_WRITER another writer of books than `cargo bench --bench build`
// (a copy of that bench's program, where nothing shall be compiled). TMPDIR says where the big folders go.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const recueil = process.env.RECUEIL ?? join(root, "target/release/recueil");
// Generated reports are judged by the rules of their day: the day of the run is fixed, and so is the output.
export const environment = { ...process.env, RECUEIL_TODAY: "2026-11-22" };

// The words of a command line: sizes (`10000`), switches (`--plot FILE` takes a value, `--quick` none).
export const options = (takesValue = []) => {
  const [numbers, given] = [[], {}];
  for (let words = process.argv.slice(2); words.length > 0; ) {
    const word = words.shift();
    if (/^[\d_]+$/.test(word)) numbers.push(Number(word.replaceAll("_", "")));
    else if (word.startsWith("--")) given[word.slice(2)] = takesValue.includes(word.slice(2)) ? words.shift() : true;
    else throw new Error(`unknown word: ${word}`);
  }
  return { numbers, given };
};

// A new folder for everything big, deleted when the program ends, however it ends: never in between, since the file system is slow to
// create files right after many were deleted.
export const scratch = (name) => {
  const folder = mkdtempSync(join(tmpdir(), `recueil-${name}-`));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  return folder;
};

export const writeBook = (reports, folder) => {
  const [command, ...words] = process.env.BOOK_WRITER ? [process.env.BOOK_WRITER] : ["cargo", "bench", "--locked", "--quiet", "--bench", "build", "--"];
  execFileSync(command, [...words, String(reports), "--write", folder], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return folder;
};

// One run: seconds on the clock and of all processors, peak megabytes, and what the program said. What the run before left to be
// written goes to disk first, so that nobody pays for another's pages.
export const run = (command, words, more = {}) => {
  spawnSync("sync");
  const began = process.hrtime.bigint();
  const done = spawnSync("/usr/bin/time", ["--quiet", "-f", "\n%U %S %M", command, ...words], {
    env: environment,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    ...more,
  });
  const wall = Number(process.hrtime.bigint() - began) / 1e9;
  if (done.error) throw new Error(`${command}: ${done.error.message} (the package \`time\` of GNU is needed)`);
  const [, said, user, system, peak] = done.stderr.match(/^([^]*)\n([\d.]+) ([\d.]+) (\d+)\n$/);
  if (done.status !== 0) throw new Error(`${command} ${words.join(" ")} ended with ${done.status}\n${said}${done.stdout}`);
  return { wall, processor: Number(user) + Number(system), peak: Number(peak) / 1024, said };
};

// Files and bytes below a folder; with `since`, only those written after that moment.
export const weigh = (folder, since = 0) => {
  let [files, bytes] = [0, 0];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const { size, mtimeMs } = statSync(join(entry.parentPath, entry.name));
    if (mtimeMs >= since) [files, bytes] = [files + 1, bytes + size];
  }
  return { files, bytes };
};

// The run in the middle by the clock: a mean would be of no run.
export const median = (runs) => runs.toSorted((one, other) => one.wall - other.wall)[runs.length >> 1];

export const machine = () => `${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
export const load = () => readFileSync("/proc/loadavg", "utf8").split(" ")[0];
export const grouped = (number) => Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, " ");

// Rows of cells as aligned Markdown; the first `text` columns hold words, the others figures.
export const table = (head, rows, text = 1) => {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)));
  const line = (row) => `| ${row.map((cell, at) => (at < text ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at < text ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
};
