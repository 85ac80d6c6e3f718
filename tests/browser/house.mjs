// What the browser tests share: the built site, a server for it, a Chromium, and pages that remember their faults.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative, sep } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

export const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The program: RECUEIL says which; else the newer of the two that cargo makes, made now when there is none. */
export function program() {
  if (process.env.RECUEIL) return process.env.RECUEIL;
  const made = ["release", "debug"].map((profile) => join(repository, "target", profile, "recueil")).filter(existsSync);
  if (made.length > 0) return made.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];
  execFileSync("cargo", ["build", "--quiet"], { cwd: repository, stdio: "inherit" });
  return join(repository, "target", "debug", "recueil");
}

/** Runs the program and gives what it wrote on its output. */
export function run(...args) {
  return execFileSync(program(), args, { cwd: repository, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Starts the program; the caller stops it. */
export function start(...args) {
  return spawn(program(), args, { cwd: repository, stdio: ["ignore", "pipe", "pipe"] });
}

/** Builds a book into a folder of its own, which goes with `remove`. */
export function build(book) {
  const parent = mkdtempSync(join(tmpdir(), "recueil-"));
  const folder = join(parent, "site");
  run("build", book, "--dest-dir", folder);
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/** A certificate of this machine for itself, which holds for a day: made by the Java that the HTML checker needs. */
function certificate() {
  const parent = mkdtempSync(join(tmpdir(), "recueil-"));
  const [store, passphrase] = [join(parent, "own.p12"), "recueil"];
  const named = ["-alias", "own", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-validity", "1"];
  const made = ["-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12", "-keystore", store, "-storepass", passphrase];
  execFileSync("keytool", ["-genkeypair", ...named, ...made], { stdio: "ignore" });
  const pfx = readFileSync(store);
  rmSync(parent, { recursive: true, force: true });
  return { pfx, passphrase };
}

/**
 * Serves a folder as any host does: clean addresses, compressed texts, and 404.html for what is not there; `secure` over HTTP/2, where the
 * browser has to be told to trust it.
 */
export async function serve(folder, { secure = false } = {}) {
  const make = (answer) => (secure ? createSecureServer({ ...certificate(), allowHTTP1: true }, answer) : createServer(answer));
  const server = make((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const there = file.startsWith(folder) && existsSync(file) && statSync(file).isFile();
    const shown = there ? file : join(folder, "404.html");
    const type = TYPES[extname(shown)];
    const zipped = type !== undefined && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    const headers = { "content-type": type ?? "application/octet-stream", ...(zipped && { "content-encoding": "gzip" }) };
    response.writeHead(there ? 200 : 404, headers);
    response.end(zipped ? gzipSync(readFileSync(shown)) : readFileSync(shown));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http${secure ? "s" : ""}://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Every page of a built site: its address below the root, its kind (the class of its body) and its HTML. */
export function pages(folder) {
  const found = [];
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!name.endsWith(".html")) continue;
    const html = readFileSync(join(folder, name), "utf8");
    const address = relative(".", name).split(sep).join("/").replace(/(^|\/)index\.html$/, "$1");
    found.push({ address, kind: html.match(/<body class="page-([a-z0-9-]+)/)?.[1] ?? "moved", html });
  }
  return found.sort((one, other) => (one.address < other.address ? -1 : 1));
}

/** The fullest page of each kind: what holds for it holds for the others of its kind. */
export function samples(folder) {
  const fullest = new Map();
  for (const page of pages(folder)) {
    if (page.kind !== "moved" && page.html.length > (fullest.get(page.kind)?.html.length ?? 0)) fullest.set(page.kind, page);
  }
  return [...fullest.values()];
}

/** The browser: CHROMIUM says which; else the first on the PATH. `more` are arguments of its own. */
export function launch(more = []) {
  const onPath = (process.env.PATH ?? "").split(":").flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)));
  const executablePath = [process.env.CHROMIUM, ...onPath].find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("no Chromium: install one, or name it in CHROMIUM");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run", ...more];
  return chromium.launch({ executablePath, args });
}

/**
 * Opens an address in a context of its own. `page.faults` holds what went wrong: errors of scripts and of the console, which is
 * where the browser tells of the security policy, and requests to any other host.
 */
export async function open(browser, origin, address = "", settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...settings });
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => {
    // The page for what is not there is itself not there: the browser says so.
    if (message.type() === "error" && !message.text().includes("404 (Not Found)")) page.faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) page.faults.push(`asked ${request.url()}`);
  });
  page.on("response", (response) => {
    const asset = response.request().resourceType() !== "document";
    if (asset && response.status() >= 400) page.faults.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(new URL(address, origin).href);
  return page;
}

/** The book of the repository, built and served, and a browser for it: there when a page is first opened, gone after the file's tests. */
export function host() {
  const site = build(repository);
  let opened;
  let server;
  const there = async () => {
    server = await serve(site.folder);
    return launch();
  };
  after(async () => {
    await (await opened)?.close();
    server?.close();
    site.remove();
  });
  return {
    folder: site.folder,
    /** Known once a page is open. */
    get origin() {
      return server.origin;
    },
    async open(address, settings) {
      const browser = await (opened ??= there());
      return open(browser, server.origin, address, settings);
    },
  };
}

/** Waits until some text in the page, found by a selector, is as wanted. */
export function says(page, selector, pattern) {
  const [source, flags] = [pattern.source, pattern.flags];
  const matches = ({ selector, source, flags }) => new RegExp(source, flags).test(document.querySelector(selector)?.textContent ?? "");
  return page.waitForFunction(matches, { selector, source, flags }, { timeout: 10_000 });
}
