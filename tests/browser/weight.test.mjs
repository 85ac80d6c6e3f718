// What a page costs who reads it on a bad line: its own weight, and that of all it asks for at first sight, compressed as any host does.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build, pages, repository } from "./house.mjs";

const PAGE = 30_000;
const FIRST_SIGHT = 100_000;

const site = build(repository);
after(() => site.remove());

const weights = new Map();
/** The weight of a file on the line: texts are compressed, pictures are already. */
function weight(path) {
  if (!weights.has(path)) {
    const bytes = readFileSync(path);
    weights.set(path, /^\.(html|css|js|svg|xml|json)$/.test(extname(path)) ? gzipSync(bytes).length : bytes.length);
  }
  return weights.get(path);
}

/** The files that a browser asks for when it shows a page: styles, scripts, what is asked for ahead, the icon, pictures. */
function asked({ address, html }) {
  const named = [/<link rel="(?:stylesheet|preload|icon)"[^>]* href="([^"]+)"/g, /<script[^>]* src="([^"]+)"/g, /<img[^>]* src="([^"]+)"/g];
  const paths = named.flatMap((pattern) => [...html.matchAll(pattern)].map(([, href]) => new URL(href, new URL(address, "http://site/")).pathname));
  return [...new Set(paths)].map((path) => join(site.folder, decodeURIComponent(path))).filter((path) => existsSync(path));
}

const measured = pages(site.folder).map((page) => {
  const own = gzipSync(page.html).length;
  return { ...page, own, whole: asked(page).reduce((sum, path) => sum + weight(path), own) };
});
const tell = ({ address, own, whole }) => `${address}: ${own} bytes, ${whole} with all`;
const heaviest = (of) => measured.toSorted((one, other) => other[of] - one[of])[0];

test(`every report is lighter than ${PAGE} bytes`, (context) => {
  const reports = measured.filter(({ kind }) => kind === "document");
  assert.ok(reports.length > 300);
  context.diagnostic(`the heaviest page is ${tell(heaviest("own"))}`);
  assert.deepEqual(reports.filter(({ own }) => own >= PAGE).map(tell), []);
});

test(`every page is lighter than ${FIRST_SIGHT} bytes with all that it asks for at first sight`, (context) => {
  context.diagnostic(`the heaviest is ${tell(heaviest("whole"))}`);
  assert.deepEqual(measured.filter(({ whole }) => whole >= FIRST_SIGHT).map(tell), []);
});
