// What an author waits for under a server: from writing a file until the new page can be fetched.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { environment } from "./measure.mjs";

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// What an author does to a report: `mark` is what the new page must show.
export const edits = {
  "a line of text": (text, mark) => `${text}\n${mark}\n`,
  "its title": (text, mark) => text.replace(/^title: .*$/m, `title: ${mark}`),
};

// Starts a server, edits one file some times in each way, and gives the milliseconds of each, and the server's peak megabytes.
// The file is as it was afterwards. `origin` finds the address in what the server says.
export const serve = async ({ command, words, more = {}, origin, page, file, turns }) => {
  const server = spawn(command, words, { env: environment, stdio: ["ignore", "pipe", "pipe"], ...more });
  const old = readFileSync(file, "utf8");
  try {
    let [said, ended] = ["", false];
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
    server.on("exit", () => (ended = true));
    const began = performance.now();
    while (!origin.test(said)) {
      if (ended) throw new Error(`${command} ended:\n${said}`);
      if (performance.now() - began > 600_000) throw new Error(`${command} never said where it is:\n${said}`);
      await pause(2);
    }
    const address = new URL(page, said.match(origin)[0]);
    const ready = performance.now() - began;
    const get = async () => (await fetch(address)).text();
    await get();
    const first = performance.now() - began;
    await idle(server.pid);

    const waits = {};
    for (const [name, edit] of Object.entries(edits)) {
      waits[name] = [];
      for (let turn = 0; turn < turns; turn += 1) {
        const mark = `Marque${name.length}x${turn}.`;
        const text = edit(old, mark);
        const written = performance.now();
        writeFileSync(file, text);
        while (!(await get()).includes(mark)) {
          if (performance.now() - written > 120_000) throw new Error(`${command}: the page never showed the edit`);
          await pause(1);
        }
        waits[name].push(performance.now() - written);
        // The work that goes on after the page was given is not the next edit's.
        await idle(server.pid);
      }
    }
    const peak = Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1024;
    return { ready, first, waits, peak };
  } finally {
    writeFileSync(file, old);
    server.kill("SIGKILL");
  }
};

// Waits until a process asks for no processor any more, a minute at most.
const idle = async (pid) => {
  const ticks = () => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1).split(" ");
    return Number(fields[12]) + Number(fields[13]);
  };
  for (let turn = 0, last = -1; turn < 100; turn += 1) {
    const now = ticks();
    if (now - last <= 1 && turn > 0) return;
    last = now;
    await pause(600);
  }
};

export const middle = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1];

// A port that nobody listens on now.
const freePort = () =>
  new Promise((done) => {
    const listener = createServer().listen(0, "127.0.0.1", () => {
      const { port } = listener.address();
      listener.close(() => done(port));
    });
  });

// How each server is started on a folder.
export const recueilServer = (program, book) => ({ command: program, words: ["serve", "--port", "0", book], origin: /http:\/\/127\.0\.0\.1:\d+\// });
export const hugoServer = async (program, site, cache) => ({
  command: program,
  words: ["server", "--source", site, "--bind", "127.0.0.1", "--port", String(await freePort()), "--cacheDir", cache],
  origin: /http:\/\/(?:127\.0\.0\.1|localhost):\d+\//,
});
