// The files of the index: fetched as scripts, which works from file:// and under a strict policy, and decoded.
(function (search) {
  "use strict";

  const VERSION = 3;
  const NAME = 5;
  const digits = new Int8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((letter, digit) => {
    digits[letter.charCodeAt(0)] = digit;
  });

  class Reader {
    constructor(text) {
      this.text = text;
      this.at = 0;
    }
    get isAtEnd() {
      return this.at >= this.text.length;
    }
    digit() {
      return this.at < this.text.length ? digits[this.text.charCodeAt(this.at++)] : 0;
    }
    number() {
      let number = 0;
      for (let shift = 0; shift <= 30; shift += 5) {
        const digit = this.digit();
        number += (digit & 31) * 2 ** shift;
        if (digit < 32) break;
      }
      return number;
    }
  }

  // What arrived, by name; each script hands its data over here.
  const received = new Map();
  search.receive = (name, data) => received.set(name, data);

  // Adds a script to the page; resolves with what it hands over. A script that is there but cut hands over nothing.
  search.fetchScript = (address, name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.charset = "utf-8";
      script.onload = () => {
        script.remove();
        received.has(name) ? resolve(received.get(name)) : reject(new search.Broken(name));
      };
      script.onerror = () => {
        script.remove();
        reject(new search.Broken(name));
      };
      document.head.append(script);
    });

  // A file of the index is missing, cut, or of another build.
  search.Broken = class Broken extends Error {
    constructor(name) {
      super(`search file missing or damaged: ${name}`);
      this.name = "Broken";
    }
  };

  // Rust orders by code points; so must we, where an astral letter meets another.
  function isBefore(one, other) {
    const [a, b] = [[...one], [...other]];
    for (let at = 0; at < a.length && at < b.length; at += 1) {
      if (a[at] !== b[at]) return a[at].codePointAt(0) < b[at].codePointAt(0);
    }
    return a.length < b.length;
  }

  class Store {
    // `base` is the address of the index, with a final slash.
    constructor(base, fetchScript = search.fetchScript) {
      this.base = base;
      this.fetchScript = fetchScript;
      this.files = new Map();
      this.terms = new Map();
    }

    // An old manifest in a cache names files that are gone: `fresh` asks for the present one.
    async open(fresh = false) {
      const suffix = fresh && /^https?:/.test(new URL(this.base, globalThis.location?.href ?? "file:///").href) ? `?${Date.now()}` : "";
      received.delete("manifest");
      this.files.clear();
      this.terms.clear();
      const manifest = await this.fetchScript(`${this.base}manifest.js${suffix}`, "manifest");
      if (manifest.version !== VERSION) throw new search.Broken("manifest");
      this.manifest = manifest;
      this.records = manifest.records;
      this.analyser = new search.Analyser(manifest.language);
      // A breath: what the reader does meanwhile is answered.
      await new Promise((next) => setTimeout(next));
      this.concepts = new search.Concepts(manifest.names, this.analyser);
      this.roots = { records: this.numbered(manifest.texts, 0) };
      for (const folder of ["terms", "places", "deep", "lexicon"]) this.roots[folder] = this.keyed(manifest[folder]);
      this.documentStarts = [];
      this.documentOf = [];
      const counts = new Reader(manifest.documents);
      while (!counts.isAtEnd) {
        const size = counts.number();
        for (let run = counts.number(); run > 0; run -= 1) {
          for (let left = size; left > 0; left -= 1) this.documentOf.push(this.documentStarts.length);
          this.documentStarts.push(this.documentOf.length - size);
        }
      }
      return this;
    }

    // A list of files: where each begins, by key or by number, and what it is called.
    keyed({ first, names, paged = false }) {
      return { firsts: first === "" ? [] : first.split(" "), names, paged, open: ([first, names]) => this.keyed({ first, names }) };
    }

    numbered({ first, names, paged = false }, from) {
      const firsts = [];
      const counts = new Reader(first);
      for (let next = from; !counts.isAtEnd; next += counts.number()) firsts.push(next);
      return { firsts, names, paged, open: ([first, names], at) => this.numbered({ first, names }, firsts[at]) };
    }

    file(folder, { names }, at) {
      const name = `${folder}/${names.slice(at * NAME, at * NAME + NAME)}`;
      if (!this.files.has(name)) {
        const file = this.fetchScript(`${this.base}${name}.js`, name);
        this.files.set(name, file);
        file.catch(() => this.files.delete(name));
      }
      return this.files.get(name);
    }

    // What the shard that would hold a key or a number holds, and where it begins. The list of a large book has pages.
    async shard(folder, wanted) {
      let list = this.roots[folder];
      if (list.paged) {
        const page = place(list.firsts, wanted);
        list = list.open(await this.file(`${folder}-pages`, list, page), page);
      }
      const at = place(list.firsts, wanted);
      return list.firsts.length > 0 ? { first: list.firsts[at], rows: await this.file(folder, list, at) } : { first: 0, rows: [] };
    }

    // The term of a key: { key, idf, forms, postings: { records, impacts, forms }, rest: { records, impact, form } }, or null.
    async term(key) {
      if (!this.terms.has(key)) {
        const { rows } = await this.shard("terms", key);
        const row = rows.find(([known]) => known === key);
        this.terms.set(key, row ? termOf(row) : null);
      }
      return this.terms.get(key);
    }

    // By record, the places where a term stands in the records that say most of it.
    async places(term) {
      const { rows } = await this.shard("places", term.key);
      return placesOf(rows, term.key, term.postings.records);
    }

    // The same in a stretch of the other records.
    async deep(term, span) {
      const key = `${term.key}!${span}`;
      const records = term.rest.records.filter((record) => this.spanOf(record) === span);
      return records.length > 0 ? placesOf((await this.shard("deep", key)).rows, key, records) : new Map();
    }

    spanOf(record) {
      return Math.floor(record / this.manifest.span);
    }

    // The spellings that begin so: [{ folded, form, frequency }].
    async starting(folded) {
      const spellings = [];
      const list = this.roots.lexicon;
      for (let shard = place(list.firsts, folded); shard < list.firsts.length; shard += 1) {
        if (!isBefore(list.firsts[shard], folded) && !list.firsts[shard].startsWith(folded)) break;
        const text = await this.file("lexicon", list, shard);
        for (const spelling of this.spellings(text)) if (spelling.folded.startsWith(folded)) spellings.push(spelling);
      }
      return spellings;
    }

    spellings(text) {
      this.read ??= new Map();
      if (!this.read.has(text)) {
        let before = [];
        const spellings = text.split(" ").slice(0, -1).map((row) => {
          before = [...before.slice(0, digits[row.charCodeAt(0)]), ...row.slice(2)];
          const form = before.join("");
          return { folded: this.analyser.foldForm(form), form, frequency: digits[row.charCodeAt(1)] };
        });
        this.read.set(text, spellings);
      }
      return this.read.get(text);
    }

    // A record as a result shows it.
    async record(number) {
      const { first, rows } = await this.shard("records", number);
      const [url, title, context, collection, date, summary, labels, body] = rows[number - first];
      return { url, title, context, collection, date, summary, labels, body };
    }

    // The facets: [{ key, label, range, values, ofDocument }].
    async facets() {
      if (!this.manifest.facetsName) return [];
      const tables = await this.file("facets", { names: this.manifest.facetsName }, 0);
      this.facetTables ??= new Map();
      if (!this.facetTables.has(tables)) {
        const decoded = tables.map(([values, codes], facet) => {
          const reader = new Reader(codes);
          const ofDocument = Array.from({ length: this.documentStarts.length }, () => {
            const of = [];
            for (let value; (value = reader.number()); ) of.push(value - 1);
            return of;
          });
          return { ...this.manifest.facets[facet], values, ofDocument };
        });
        this.facetTables.set(tables, decoded);
      }
      return this.facetTables.get(tables);
    }
  }

  // The last shard that begins no later than what is wanted.
  function place(firsts, wanted) {
    let [low, high] = [0, firsts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (typeof wanted === "number" ? wanted < firsts[middle] : isBefore(wanted, firsts[middle])) high = middle;
      else low = middle;
    }
    return low;
  }

  function termOf([key, idf, forms, text, rest = "", impact = 0]) {
    const several = forms.length > 1;
    return { key, idf, forms, postings: decodePostings(text, several), rest: { records: decodeSet(rest), impact, form: several ? 0 : 1 } };
  }

  function decodePostings(text, several) {
    const reader = new Reader(text);
    const postings = { records: [], impacts: [], forms: [] };
    for (let record = 0; !reader.isAtEnd; ) {
      record += reader.number();
      postings.records.push(record);
      postings.impacts.push(reader.digit());
      postings.forms.push(several ? reader.number() : 1);
    }
    return postings;
  }

  // A set of numbers: the steps between them, or a bit for each number.
  function decodeSet(text) {
    const reader = new Reader(text);
    const numbers = [];
    if (reader.digit() === 0) {
      for (let last = 0; !reader.isAtEnd; numbers.push(last)) last += reader.number();
      return numbers;
    }
    for (let from = 0; !reader.isAtEnd; from += 6) {
      const digit = reader.digit();
      for (let bit = 0; bit < 6; bit += 1) if ((digit >> bit) & 1) numbers.push(from + bit);
    }
    return numbers;
  }

  function placesOf(rows, key, records) {
    const reader = new Reader(rows.find(([known]) => known === key)?.[1] ?? "");
    const placesIn = () => {
      let place = 0;
      return Array.from({ length: reader.number() }, () => (place += reader.number()));
    };
    return new Map(records.map((record) => [record, placesIn()]));
  }

  search.Store = Store;
})((globalThis.recueilSearch ??= {}));
