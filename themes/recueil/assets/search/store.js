// The files of the index: fetched as scripts, which works from file:// and under a strict policy, and decoded.
(function (search) {
  "use strict";

  const VERSION = 2;
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

  search.isBefore = isBefore;

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
      this.concepts = new search.Concepts(manifest.names, this.analyser);
      this.firstTerms = manifest.terms.first.split(" ");
      this.firstPairs = (manifest.pairs.first.match(/\S+ \S+/g) ?? []);
      this.firstSpellings = manifest.lexicon.first.split(" ");
      this.documentStarts = [];
      this.documentOf = [];
      const counts = new Reader(manifest.documents);
      while (!counts.isAtEnd) {
        this.documentStarts.push(this.documentOf.length);
        for (let left = counts.number(); left > 0; left -= 1) this.documentOf.push(this.documentStarts.length - 1);
      }
      this.textStarts = [];
      const sizes = new Reader(manifest.texts.sizes);
      for (let next = 0; !sizes.isAtEnd; next += sizes.number()) this.textStarts.push(next);
      return this;
    }

    file(folder, names, at) {
      const name = `${folder}/${names.slice(at * NAME, at * NAME + NAME)}`;
      if (!this.files.has(name)) {
        const file = this.fetchScript(`${this.base}${name}.js`, name);
        this.files.set(name, file);
        file.catch(() => this.files.delete(name));
      }
      return this.files.get(name);
    }

    // The last shard that begins no later than the key.
    shardOf(firsts, key) {
      let [low, high] = [0, firsts.length];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (isBefore(key, firsts[middle])) high = middle;
        else low = middle;
      }
      return low;
    }

    // The term of a key: { key, idf, forms, postings: { records, impacts, forms } }, or null.
    async term(key) {
      if (this.records === 0) return null;
      if (this.terms.has(key)) return this.terms.get(key);
      const shard = this.shardOf(this.firstTerms, key);
      const rows = await this.file("terms", this.manifest.terms.names, shard);
      const place = rows.findIndex((row) => row[0] === key);
      const term = place < 0 ? null : { key, idf: rows[place][1], forms: rows[place][2], shard, place, postings: null };
      if (term) {
        term.postings = decodePostings(rows[place][3], term.forms.length > 1);
        term.frequent = term.postings.records.length > this.manifest.pairs.above;
      }
      this.terms.set(key, term);
      return term;
    }

    // By record, the places where a term stands.
    async places(term) {
      if (!term.places) {
        const rows = await this.file("positions", this.manifest.terms.positions, term.shard);
        term.places = decodePlaces(rows[term.place], term.postings.records);
      }
      return term.places;
    }

    // By record, the mask of the steps between two terms of which one is frequent; the lesser key first.
    async pair(one, other) {
      if (this.firstPairs.length === 0) return new Map();
      const shard = this.shardOf(this.firstPairs, `${one} ${other}`);
      const rows = await this.file("pairs", this.manifest.pairs.names, shard);
      const row = rows.find(([key]) => key === one);
      const place = row ? row[1].split(" ").indexOf(other) : -1;
      const met = new Map();
      if (place < 0) return met;
      const reader = new Reader(row[2].split(" ")[place]);
      for (let record = 0; !reader.isAtEnd; ) {
        record += reader.number();
        met.set(record, reader.number());
      }
      return met;
    }

    // The spellings that begin so: [{ folded, form, frequency }].
    async starting(folded) {
      if (this.firstSpellings[0] === "") return [];
      const spellings = [];
      const firsts = this.firstSpellings;
      for (let shard = this.shardOf(firsts, folded); shard < firsts.length; shard += 1) {
        if (!isBefore(firsts[shard], folded) && !firsts[shard].startsWith(folded)) break;
        const text = await this.file("lexicon", this.manifest.lexicon.names, shard);
        for (const spelling of this.spellings(shard, text)) if (spelling.folded.startsWith(folded)) spellings.push(spelling);
      }
      return spellings;
    }

    spellings(shard, text) {
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
      let file = this.textStarts.length - 1;
      for (let low = 0; low < file; ) {
        const middle = (low + file + 1) >> 1;
        if (this.textStarts[middle] > number) file = middle - 1;
        else low = middle;
      }
      const rows = await this.file("records", this.manifest.texts.names, file);
      const [url, title, context, collection, date, summary, labels, body] = rows[number - this.textStarts[file]];
      return { url, title, context, collection, date, summary, labels, body };
    }

    // The facets: [{ key, label, range, values, ofDocument }].
    async facets() {
      if (!this.manifest.facetsName) return [];
      const tables = await this.file("facets", this.manifest.facetsName, 0);
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

  function decodePlaces(text, records) {
    const reader = new Reader(text);
    return new Map(
      records.map((record) => {
        let place = 0;
        return [record, Array.from({ length: reader.number() }, () => (place += reader.number()))];
      }),
    );
  }

  search.Store = Store;
})((globalThis.recueilSearch ??= {}));
