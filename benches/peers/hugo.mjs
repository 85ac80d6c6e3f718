// Writes a book of Recueil as a site of Hugo: the same Markdown bodies, and a front matter that asks of Hugo what the book's schemas
// ask of Recueil. Each field that is a filter in the book is a taxonomy, its terms named as readers read them; the other fields keep
// their labels and order; references stay references, which Hugo resolves when it builds.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const FRONT = /^---\n([^]*?)\n---\n?([^]*)$/;
// What Hugo knows by itself, under another key.
const HEAD = ["title", "summary", "date", "collection", "views", "aliases"];

export const writeHugo = (book, site, layouts, yaml) => {
  const content = join(book, "content");
  const pages = readdirSync(content, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => relative(content, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort()
    .map((path) => {
      const text = readFileSync(join(content, path), "utf8");
      const [, front, body] = text.match(FRONT) ?? [, "", text];
      return { path, id: path.replace(/\.md$/, ""), collection: dirname(path), head: yaml.parse(front) ?? {}, body };
    });
  const titles = new Map(pages.map(({ id, head }) => [id, String(head.title ?? id)]));
  const schemas = new Map(
    pages.filter(({ path, head }) => path.endsWith("/_index.md") && head.collection).map(({ collection, head }) => [collection, head.collection.fields ?? {}]),
  );
  const facets = new Map([...schemas].map(([collection, fields]) => [collection, Object.keys(fields).filter((name) => fields[name].facet)]));
  const taxonomy = (collection, name) => `${collection}-${name}`.replaceAll("_", "-");
  // `service#entry` leads to the page of `service`: entries have no page of their own in Hugo.
  const target = (schema, value) => [schema.to].flat().map((to) => `${to}/${String(value).split("#")[0]}`).find((id) => titles.has(id));
  const spoken = (schema, value) => {
    if (schema.type === "reference") return titles.get(target(schema, value)) ?? String(value);
    if (typeof value === "boolean") return value ? "Oui" : "Non";
    if (typeof value === "number" && schema.unit) return `${String(value).replace(".", ",")} ${schema.unit}`;
    if (typeof value === "object") return JSON.stringify(value);
    return String(schema.enum?.[value] ?? value);
  };
  const described = (fields, values, skip = []) =>
    Object.entries(fields)
      .filter(([name]) => values[name] !== undefined && values[name] !== null && !skip.includes(name))
      .map(([name, schema]) => {
        const [label, value] = [schema.title ?? name, values[name]];
        if (schema.type === "object") return { label, fields: described(schema.properties ?? {}, value) };
        if (schema.type === "date") return { label, date: String(value) };
        if (schema.type === "markdown") return { label, markdown: String(value) };
        const item = schema.type === "array" ? schema.items : schema;
        const links = item.type === "reference" ? [value].flat().map((one) => target(item, one)) : [];
        if (links.some(Boolean)) return { label, links: links.filter(Boolean).map((id) => `/${id}`) };
        if (Array.isArray(value)) return { label, values: value.map((one) => spoken(item, one)) };
        return { label, value: spoken(item, value) };
      });

  for (const { path, collection, head, body } of pages) {
    const fields = schemas.get(collection) ?? {};
    const own = path.endsWith("_index.md") ? [] : (facets.get(collection) ?? []);
    const terms = own
      .filter((name) => head[name] !== undefined && head[name] !== null)
      .map((name) => [taxonomy(collection, name), [head[name]].flat().map((value) => spoken(fields[name].items ?? fields[name], value))]);
    const shown = path.endsWith("_index.md") ? [] : described(fields, head, [...HEAD, ...own]);
    const front = {
      title: head.title,
      ...(head.date && { date: head.date }),
      ...(head.summary && { description: head.summary }),
      ...Object.fromEntries(terms),
      ...(shown.length > 0 && { params: { fields: shown } }),
    };
    const file = join(site, "content", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `---\n${yaml.stringify(front, { lineWidth: 0 })}---\n${body}`);
  }

  cpSync(layouts, site, { recursive: true });
  const names = [...facets].flatMap(([collection, fields]) => fields.map((name) => taxonomy(collection, name)));
  const declared = [
    "\n[params.facets]",
    ...[...facets].map(([collection, fields]) => `"${collection}" = ${JSON.stringify(fields.map((name) => taxonomy(collection, name)))}`),
    "\n[taxonomies]",
    ...names.map((name) => `"${name}" = "${name}"`),
  ];
  writeFileSync(join(site, "hugo.toml"), `${readFileSync(join(layouts, "hugo.toml"), "utf8")}${declared.join("\n")}\n`);
  return { pages: pages.length, taxonomies: names };
};
