// The HTML of every page of our own book, without a browser: valid, named, and under one security policy.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { build, pages, repository } from "./house.mjs";

const site = build(repository);
after(() => site.remove());

test("every page is valid HTML", () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended", "html-validate:document"],
    rules: {
      "void-style": "off",
      "no-trailing-whitespace": "off",
      "long-title": "off",
      "no-implicit-button-type": "error",
      // A region that scrolls is one for as long as its table is wide: it is no section of the text.
      "prefer-native-element": ["error", { exclude: ["region"] }],
      "aria-label-misuse": ["error", { allowAnyNamable: true }],
      "valid-id": ["error", { relaxed: true }],
      "require-sri": "off",
      "tel-non-breaking": "off",
    },
  });
  const faults = new Map();
  for (const { address, html } of pages(site.folder)) {
    for (const { messages } of validator.validateStringSync(html).results) {
      for (const { ruleId, message, line } of messages) {
        const told = `${ruleId}: ${message}`;
        if (!faults.has(told)) faults.set(told, `${address}:${line}`);
      }
    }
  }
  assert.deepEqual([...faults].map(([told, where]) => `${where} ${told}`), []);
});

test("the Nu HTML checker of the W3C finds no error on any page", () => {
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const { status, stderr } = spawnSync("java", ["-Xss8m", "-jar", jar, "--skip-non-html", "--errors-only", site.folder], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const faults = stderr.split("\n").filter((line) => line.trim());
  assert.deepEqual(faults.slice(0, 20), [], `${faults.length} lines`);
  assert.equal(status, 0);
});

test("every page has a title, a description, a language and one first heading of its own", () => {
  const titles = new Map();
  const descriptions = new Map();
  const faults = [];
  for (const { address, kind, html } of pages(site.folder)) {
    if (kind === "moved") continue;
    const title = html.match(/<title>([^<]+)<\/title>/)?.[1];
    if (!title || !/<html lang="[a-z]/.test(html)) faults.push(`${address} has no title or no language`);
    if ((html.match(/<h1[ >]/g) ?? []).length !== 1) faults.push(`${address} has not one <h1>`);
    if (titles.has(title)) faults.push(`${address} is called ${title}, as ${titles.get(title)} is`);
    titles.set(title, address);
    const description = html.match(/<meta name="description" content="([^"]*)">/)?.[1].trim();
    if (!description) faults.push(`${address} has no description`);
    if (descriptions.has(description)) faults.push(`${address} is described as ${descriptions.get(description)} is: ${description}`);
    descriptions.set(description, address);
  }
  assert.deepEqual(faults, []);
});

test("every page has the strict security policy", () => {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/;
  const policies = new Set(pages(site.folder).map(({ address, html }) => html.match(policy)?.[1] ?? address));
  assert.equal(policies.size, 1, [...policies].join("\n"));
  const [only] = policies;
  assert.match(only, /default-src 'self'/);
  assert.doesNotMatch(only, /unsafe|\*|https?:/);
});

test("marks that stand side by side are words of their own when they are read aloud or copied", () => {
  const inline = "(?:a|abbr|b|button|code|em|span|strong|time)";
  const glued = new RegExp(`[^\\s>(«“’'/·-]</${inline}>(?:<${inline}(?: [^>]*)?>)+[^\\s<.,;:!?)»”’]`, "g");
  const faults = new Map();
  for (const { address, html } of pages(site.folder)) {
    // In code, colours begin and end anywhere.
    // A card stands apart from the words where it opens.
    const text = html.replaceAll('<span class="term-card"', ' <span class="term-card"').replace(/<pre[ >].*?<\/pre>|<code[ >].*?<\/code>|<svg[ >].*?<\/svg>|<script[ >].*?<\/script>/gs, "");
    for (const [found] of text.matchAll(glued)) if (!faults.has(found)) faults.set(found, address);
  }
  assert.deepEqual([...faults].slice(0, 20).map(([found, address]) => `${address}: ${found}`), []);
});
