// From what a reader typed to what she meant, as src/search/query does it: the same functions, the same integers.
(function (search) {
  "use strict";

  const WORDS_MAX = 24;
  const LENGTH_MAX = 1000;
  const FORMS_MAX = 10;
  const [EXACT, UNACCENTED, INFLECTED, NAMED, BEGUN] = [13, 11, 10, 11, 6];
  const BEGUN_LETTERS = 2;
  const COMPLETIONS = 8;
  const NEIGHBOURS = 8;
  const PLACES_MAX = 3;
  const ENOUGH = 24;
  const STRETCHES = 4;
  const GAP = 3;

  // Names of the same thing; see src/search/glossary.rs.
  search.Concepts = class Concepts {
    constructor(names, analyser) {
      this.byFirstStem = new Map();
      this.names = [];
      for (const of of names) {
        const stemsOf = (written) => analyser.words(written).filter((word) => !word.stop).map((word) => word.terms[0].stem);
        const key = `=${stemsOf(of[0]).join("_")}`;
        for (const written of of) {
          const stems = stemsOf(written);
          if (!this.byFirstStem.has(stems[0])) this.byFirstStem.set(stems[0], []);
          this.byFirstStem.get(stems[0]).push(this.names.push({ key, written, stems }) - 1);
        }
      }
    }

    find(words) {
      const found = [];
      words.forEach((word, first) => {
        if (word.stop) return;
        for (const name of this.byFirstStem.get(word.terms[0].stem) ?? []) {
          const last = this.matches(name, first, words);
          if (last !== null) found.push({ name, first, last });
        }
      });
      return found;
    }

    matches(name, first, words) {
      let last = first;
      for (const stem of this.names[name].stems.slice(1)) {
        let next = last + 1;
        const end = Math.min(words.length, last + 1 + GAP);
        while (next < end && words[next].stop) next += 1;
        if (next >= end || words[next].terms[0].stem !== stem) return null;
        last = next;
      }
      return last;
    }
  };

  // Answers { text, facets: { key: [value] }, from, to } as { total, hits, facets, partial, suggestion }.
  // Without `count` what is quick to find of a phrase is enough, and `more` says that there may be others.
  // `isWanted` is asked before the costly last step: a letter typed meanwhile makes the answer null.
  search.search = async (store, { text, facets = {}, from = 0, to = 10, count = true, isWanted = () => true }) => {
    const parsed = parse(text, store);
    const wanted = early(count || Object.keys(facets).length > 0 ? store.facets() : Promise.resolve([]));
    const recalled = await Promise.all(parsed.groups.map((group) => recall(group, store)));
    const near = await together(parsed, recalled, store, !count);
    const ranking = rank(parsed, recalled, near, store.records);
    const tables = await wanted;
    const grouped = group(ranking.found, parsed.empty, store);
    const narrowed = tables.length > 0 ? search.narrow(grouped, facets, tables) : { found: grouped, facets: [] };
    if (!isWanted()) return null;
    const hits = narrowed.found.slice(from, to).map((found) => hitOf(found, parsed, recalled, store));
    return {
      total: narrowed.found.length,
      hits: await Promise.all(hits),
      facets: narrowed.facets,
      partial: ranking.partial,
      more: near.more,
      suggestion: await suggest(text, parsed, recalled, store),
      words: parsed.groups.length,
    };
  };

  // A promise that is awaited later: what else may fail before does not leave its failure without a hearer.
  function early(promise) {
    promise.catch(() => {});
    return promise;
  }

  // The document, and its entries and passages that answer best.
  async function hitOf({ document, score, byPart, parts }, parsed, recalled, store) {
    const number = store.documentStarts[document];
    const [record, ...entries] = await Promise.all([number, ...parts].map((number) => store.record(number)));
    const answer = search.excerpt(record, recalled, store);
    const entry = (entry) => ({ url: entry.url, title: entry.title, label: entry.labels[0] ?? "", excerpt: search.excerpt(entry, recalled, store).pieces });
    const passage = (at) => ({ url: `${record.url}#${record.body[at][0]}`, title: record.body[at][1], label: "", excerpt: [] });
    const places = [...entries.map(entry), ...answer.passages.map(passage)].slice(0, PLACES_MAX);
    const why = reasons(byPart ? parts[0] : number, parsed, recalled, store);
    return { record, score, why, title: search.marked(record.title, recalled, store), excerpt: answer.pieces, places };
  }

  function parse(typed, store) {
    const text = typed.length > LENGTH_MAX ? [...typed].slice(0, LENGTH_MAX).join("") : typed;
    const words = store.analyser.words(text);
    const quotes = quotesOf(text);
    const quoted = (word) => quotes.some(([start, end]) => start <= word.start && word.end <= end);
    const allStop = words.every((word) => word.stop);
    const kept = (word) => allStop || !word.stop;
    const found = longest(store.concepts.find(words));
    const groups = [];
    words.forEach((word, place) => {
      const known = groups.some((group) => group.terms[0].stem === word.terms[0].stem);
      if (!kept(word) || groups.length === WORDS_MAX || known) return;
      const own = found.filter(({ first, last }) => first <= place && place <= last && !quoted(word));
      const open = word.end === text.length && !quoted(word);
      groups.push({ start: word.start, end: word.end, place, terms: word.terms, names: own.map(({ name }) => name), open });
    });
    const phrases = quotes.map(([start, end]) => phrase(start, end, words)).filter((words) => words.length > 1);
    return { groups, phrases, empty: text.trim() === "" };
  }

  // The names that stand inside no longer one: who typed the whole name did not type its beginning.
  function longest(names) {
    const inside = (one, other) => other.first <= one.first && one.last <= other.last && other.last - other.first > one.last - one.first;
    return names.filter((one) => !names.some((other) => inside(one, other)));
  }

  // Nothing tells where small words stand: they only keep the others apart.
  function phrase(start, end, words) {
    const inside = words.map((word, place) => ({ word, place })).filter(({ word }) => start <= word.start && word.end <= end && !word.stop);
    return inside.map(({ word, place }) => ({ key: word.terms[0].stem, offset: place - inside[0].place }));
  }

  function quotesOf(text) {
    const quotes = [];
    let open = null;
    for (let at = 0; at < text.length; at += 1) {
      if (open !== null && '"»”'.includes(text[at])) {
        quotes.push([open, at]);
        open = null;
      } else if (open === null && '"«“„'.includes(text[at])) open = at + 1;
    }
    return quotes;
  }

  // Who holds a word of the query: { keys, begun, names, matches: Map(record, { score, name }) }.
  async function recall(group, store) {
    const keys = [...new Set(group.terms.map((term) => term.stem))];
    const matches = new Map();
    const add = ({ idf, postings, rest }, judge) => {
      const put = (record, impact, [sure, name]) => {
        const score = idf * impact * sure;
        const best = matches.get(record);
        if (!best || score > best.score) matches.set(record, { score, name });
      };
      postings.records.forEach((record, at) => put(record, postings.impacts[at], judge(postings.forms[at])));
      for (const record of rest.records) put(record, rest.impact, judge(rest.form));
    };
    const names = group.names.map((name) => store.concepts.names[name]);
    const fetch = (keys) => Promise.all(keys.map((key) => store.term(key)));
    // Asked for before the beginnings are known: on a slow line each wait for another is seen.
    const known = early(Promise.all([fetch(group.terms.map((term) => term.stem)), fetch(names.map((name) => name.key))]));
    const begun = group.open ? await completions(group.terms[0], keys, store) : [];
    const [[own, named], completed] = await Promise.all([known, fetch(begun)]);
    own.forEach((term, at) => {
      if (!term) return;
      const sure = sureness(term, group.terms[at], store);
      add(term, (forms) => [forms & sure.exact ? EXACT : forms & sure.unaccented ? UNACCENTED : INFLECTED, null]);
    });
    named.forEach((term, at) => {
      if (!term) return;
      const asked = term.forms.indexOf(names[at].written);
      add(term, (forms) => [NAMED, otherName(forms, asked)]);
    });
    for (const term of completed) if (term) add(term, () => [BEGUN, null]);
    return { keys, begun, names: group.names, matches };
  }

  function sureness(term, spelled, store) {
    const sure = { exact: 0, unaccented: 0 };
    term.forms.slice(0, FORMS_MAX - 1).forEach((form, place) => {
      if (form === spelled.form) sure.exact |= 1 << place;
      else if (store.analyser.fold(form) === spelled.folded) sure.unaccented |= 1 << place;
    });
    return sure;
  }

  function otherName(forms, asked) {
    if (asked >= 0 && forms & (1 << Math.min(asked, FORMS_MAX - 1))) return null;
    for (let place = 0; place < FORMS_MAX; place += 1) if (forms & (1 << place) && place !== asked) return place;
    return null;
  }

  async function completions(spelled, keys, store) {
    if ([...spelled.folded].length < BEGUN_LETTERS) return [];
    const spellings = [...(await store.starting(spelled.folded))].sort((one, other) => other.frequency - one.frequency);
    const begun = [];
    for (const { folded } of spellings) {
      const key = store.analyser.stem(folded);
      if (begun.length < COMPLETIONS && !keys.includes(key) && !begun.includes(key)) begun.push(key);
    }
    return begun;
  }

  function reasons(record, parsed, recalled, store) {
    const reasons = [];
    parsed.groups.forEach((group, at) => {
      const place = recalled[at].matches.get(record)?.name;
      if (place === null || place === undefined) return;
      for (const name of group.names) {
        const asked = store.concepts.names[name];
        const found = store.terms.get(asked.key)?.forms[place];
        const reason = `${asked.written} = ${found}`;
        if (found && found !== asked.written && !reasons.includes(reason)) reasons.push(reason);
      }
    });
    return reasons;
  }

  // Where the words of a query stand, when it has several, and who holds its phrases.
  const [CLOSE, FOLLOWS] = [1, 2];
  async function together(parsed, recalled, store, quick) {
    const pairs = await Promise.all(
      parsed.groups.slice(1).map((group, at) => {
        const terms = async ({ keys }) => (await Promise.all(keys.map((key) => store.term(key)))).filter(Boolean);
        const step = group.place - parsed.groups[at].place;
        return Promise.all([terms(recalled[at]), terms(recalled[at + 1])]).then(([ones, others]) => standing(ones, others, step, store));
      }),
    );
    const holders = await Promise.all(parsed.phrases.map((phrase) => holdersOf(phrase, store, quick)));
    const allows = (record) => holders.every(({ records }) => records.has(record));
    const bonus = (at, record, lesser) => {
      const closeness = pairs[at].get(record);
      return closeness ? Math.floor(lesser / (closeness === FOLLOWS ? 2 : 5)) : 0;
    };
    return { allows, bonus, more: holders.some(({ more }) => more) };
  }

  // By record, how two words of the query stand together; a word that is still being typed stands nowhere.
  async function standing(ones, others, step, store) {
    const all = new Map();
    const meetings = ones.flatMap((one) => others.map((other) => meetingsOf(one, other, step, store)));
    for (const met of await Promise.all(meetings)) {
      for (const [record, closeness] of met) all.set(record, Math.max(closeness, all.get(record) ?? 0));
    }
    return all;
  }

  // Looked for where the records say most of both: elsewhere the bonus, a part of the lesser score, would be next to nothing.
  async function meetingsOf(one, other, step, store) {
    const met = new Map();
    const [places, others] = await Promise.all([store.places(one), store.places(other)]);
    for (const [record, at] of places) {
      const next = others.get(record);
      if (!next) continue;
      if (at.some((place) => next.includes(place + step))) met.set(record, FOLLOWS);
      else if (distance(at, next) <= NEIGHBOURS) met.set(record, CLOSE);
    }
    return met;
  }

  function distance(one, other) {
    let least = Infinity;
    for (let i = 0, j = 0; i < one.length && j < other.length; ) {
      least = Math.min(least, Math.abs(one[i] - other[j]));
      if (one[i] < other[j]) i += 1;
      else j += 1;
    }
    return least;
  }

  // The records that hold a phrase, its words in their places. Where frequent words stand is read stretch by stretch, the newest first;
  // `quick` stops when there is enough for a screen: then there may be `more`.
  async function holdersOf(phrase, store, quick) {
    const terms = await Promise.all(phrase.map(({ key }) => store.term(key)));
    if (terms.includes(null)) return { records: new Set(), more: false };
    const full = await Promise.all(terms.map((term) => store.places(term)));
    const sets = terms.map((term, at) => new Set([...full[at].keys(), ...term.rest.records]));
    const rarest = sets.reduce((one, other) => (other.size < one.size ? other : one));
    const held = [...rarest].filter((record) => sets.every((set) => set.has(record)));
    const records = new Set();
    const look = (record, places) => {
      const [first, ...others] = places.map((places, at) => full[at].get(record) ?? places.get(record));
      const stands = (from) => others.every((other, at) => other.includes(from + phrase[at + 1].offset));
      if (first.some(stands)) records.add(record);
    };
    const isFull = (record) => full.every((places) => places.has(record));
    for (const record of held) if (isFull(record)) look(record, full);
    const left = held.filter((record) => !isFull(record));
    const spans = [...new Set(left.map((record) => store.spanOf(record)))].sort((one, other) => other - one);
    const read = (span) => Promise.all(terms.map((term) => store.deep(term, span)));
    if (!quick) await Promise.all(spans.map(read));
    for (const [at, span] of spans.entries()) {
      if (quick && (records.size >= ENOUGH || (at >= STRETCHES && records.size > 0))) return { records, more: true };
      const places = await read(span);
      for (const record of left) if (store.spanOf(record) === span) look(record, places);
    }
    return { records, more: false };
  }

  function rank(parsed, recalled, near, records) {
    if (parsed.empty) return { found: Array.from({ length: records }, (_, at) => [records - 1 - at, 0]), partial: false };
    const held = new Map();
    for (const { matches } of recalled) {
      for (const record of matches.keys()) if (near.allows(record)) held.set(record, (held.get(record) ?? 0) + 1);
    }
    const words = recalled.length;
    let most = 0;
    for (const count of held.values()) most = Math.max(most, count);
    const wanted = Math.min(words - Math.floor(words / 3), most);
    const found = [];
    for (const [record, count] of held) {
      if (count >= wanted) found.push([record, Math.floor((scoreOf(record, recalled, near) * count * count) / (words * words))]);
    }
    found.sort((one, other) => other[1] - one[1] || other[0] - one[0]);
    return { found, partial: most < words };
  }

  function scoreOf(record, recalled, near) {
    const scores = recalled.map((group) => group.matches.get(record)?.score ?? 0);
    let total = 0;
    scores.forEach((score, at) => {
      total += score;
      if (at > 0 && score > 0 && scores[at - 1] > 0) total += near.bonus(at - 1, record, Math.min(scores[at - 1], score));
    });
    return total;
  }

  // What was found of a document stands below it: the document once, where its best record stands.
  function group(ranked, all, store) {
    const groups = new Map();
    for (const [record, score] of ranked) {
      const document = store.documentOf[record];
      const isPart = store.documentStarts[document] !== record;
      if (!groups.has(document)) groups.set(document, { document, score, byPart: isPart, parts: [] });
      const { parts } = groups.get(document);
      if (isPart && !all && parts.length < PLACES_MAX) parts.push(record);
    }
    return [...groups.values()];
  }

  // Only a word that is nowhere asks for guesses: most searches never load what makes them.
  async function suggest(text, parsed, recalled, store) {
    if (recalled.every(({ matches }) => matches.size > 0)) return null;
    if (!search.suggest) await search.load("suggest");
    return search.suggest(text, parsed, recalled, store);
  }
})((globalThis.recueilSearch ??= {}));
