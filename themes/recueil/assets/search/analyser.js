// Text to words, as src/search/analyse does it: the same interpreter over the same tables.
// The tables come with the manifest; nothing about a language is written here.
(function (search) {
  "use strict";

  const LONGEST = 64;
  const LONGEST_COMPOUND = 40;
  const escaped = (text) => text.replace(/[\\\]^-]/g, "\\$&");
  const clipped = (text) => (text.length > LONGEST ? [...text].slice(0, LONGEST).join("") : text);

  class Analyser {
    constructor(language) {
      const { apostrophes, hyphens, points, ignored, folds } = language.characters;
      const word = `[\\p{Alphabetic}\\p{N}\\p{M}${escaped(ignored)}]`;
      const lone = `\\p{Alphabetic}(?!${word})`;
      const unit = `(?:[0-9]+(?:[.,][0-9]+)+|${lone}(?:\\.${lone})+|${word}+)`;
      const joiner = `[${escaped(apostrophes + hyphens + points)}]`;
      this.segments = new RegExp(`${unit}(?:${joiner}${unit}|\\(\\p{Alphabetic}{1,6}\\)${word}*)*`, "gu");
      this.signs = new RegExp(`[()${escaped(apostrophes + hyphens + points)}]`, "gu");
      this.ignored = new RegExp(`[${escaped(ignored)}]`, "gu");
      this.kinds = new Map([["(", "parenthesis"], [")", "parenthesis"]]);
      for (const [kind, signs] of [["apostrophe", apostrophes], ["hyphen", hyphens], ["point", points]]) {
        for (const sign of signs) this.kinds.set(sign, kind);
      }
      this.folds = folds;
      this.language = language;
      this.stop = new Set(language.stop.split(" "));
      this.elisions = new Set(language.elisions.split(" "));
      this.whole = language.whole.split(" ");
      this.irregular = new Map(Object.entries(language.irregular));
      this.read = new Map();
    }

    // Every word of a text: { start, end, stop, terms: [{ form, folded, stem }] }; elided articles are no words.
    words(text) {
      const words = [];
      for (const match of text.matchAll(this.segments)) {
        let read = this.read.get(match[0]);
        if (!read) this.read.set(match[0], (read = this.segmentWords(match[0])));
        for (const word of read) words.push({ ...word, start: match.index + word.start, end: match.index + word.end });
      }
      return words;
    }

    segmentWords(segment) {
      const parts = this.parts(segment);
      const tied = [];
      for (let at = 0; at < parts.length; ) {
        const part = parts[at];
        const next = parts[at + 1];
        const hyphen = part.sign === "hyphen";
        const elided = next?.sign === "apostrophe";
        if (elided && this.isWhole(`${this.fold(part.text)}'${this.fold(next.text)}`)) {
          tied.push({ ...this.word(part.start, next.end, [part.text + next.text]), tied: hyphen });
          at += 2;
        } else if (elided && this.elisions.has(this.fold(part.text))) {
          at += 1;
        } else {
          const tail = this.tail(part, parts, at + 1);
          const readings = next?.sign ? this.readings(part.text, next.sign, tail) : null;
          const used = readings ? tail.length : 0;
          tied.push({ ...this.word(part.start, parts[at + used].end, readings ?? [plain(part.text)]), tied: hyphen });
          at += 1 + used;
        }
      }
      this.joinCompounds(tied);
      return tied.filter((word) => word.terms[0].folded !== "").map(({ tied: _, ...word }) => word);
    }

    parts(segment) {
      const parts = [];
      let start = 0;
      let before = null;
      const push = (end) => end > start && parts.push({ sign: before, start, end, text: segment.slice(start, end) });
      for (const match of segment.matchAll(this.signs)) {
        push(match.index);
        start = match.index + match[0].length;
        before = this.kinds.get(match[0]);
      }
      push(segment.length);
      return parts;
    }

    tail(part, parts, from) {
      const sign = parts[from]?.sign;
      if (!sign || sign === "apostrophe" || (sign === "hyphen" && part.sign === sign)) return [];
      let to = from;
      while (parts[to]?.sign === sign) to += 1;
      return parts.slice(from, to).map((piece) => piece.text);
    }

    // The masculine and the feminine of an inclusive form, or null when the tail is no inclusive ending.
    readings(written, sign, pieces) {
      const tail = pieces.map((piece) => this.fold(piece));
      const known = (piece) => this.language.feminine.some(([ending]) => ending === piece);
      const [first, second] = tail;
      const marked = (tail.length === 1 && (first === "e" || first === "es")) || (tail.length === 2 && second === "s");
      if (sign === "hyphen" && !marked) return null;
      let ending = null;
      let number = "s";
      if (tail.length === 2 && second === "s" && known(first)) ending = first;
      else if (tail.length === 1 && first !== "s" && known(first)) [ending, number] = [first, ""];
      else if (tail.length === 1 && first !== "s" && first.endsWith("s") && known(first.slice(0, -1))) ending = first.slice(0, -1);
      else if (tail.length !== 1 || first !== "s") return null;
      const base = written.toLowerCase();
      const masculine = base.endsWith("x") ? base : base + number;
      if (ending === null) return [masculine];
      const rule = this.language.feminine.find(([of, lost]) => of === ending && base.endsWith(lost));
      return rule ? [masculine, base.slice(0, base.length - rule[1].length) + rule[2] + number] : null;
    }

    word(start, end, readings) {
      const terms = readings.map((reading) => this.term(reading));
      return { start, end, stop: this.stop.has(terms[0].folded), terms };
    }

    joinCompounds(tied) {
      for (let from = 0, to; from < tied.length; from = to) {
        for (to = from + 1; tied[to]?.tied; ) to += 1;
        const run = tied.slice(from, to);
        const numbers = run.every((word) => /^[0-9]*$/.test(word.terms[0].folded));
        if (run.length < 2 || numbers || run.every((word) => word.stop)) continue;
        const joined = run.map((word) => word.terms[0].form).join("");
        if ([...joined].length > LONGEST_COMPOUND) continue;
        const term = this.term(joined);
        for (const word of run) word.terms.push(term);
      }
    }

    term(written) {
      const form = clipped(written.replace(this.ignored, "").toLowerCase().normalize("NFC"));
      const folded = this.foldForm(form);
      return { form, folded, stem: this.stem(folded) };
    }

    fold(text) {
      return this.foldForm(clipped(text.replace(this.ignored, "").toLowerCase().normalize("NFC")));
    }

    foldForm(form) {
      const plain = form.normalize("NFD").replace(/\p{M}/gu, "");
      return clipped(plain.replace(/[^\0-\x7f]/gu, (letter) => this.folds[letter] ?? letter));
    }

    stem(folded) {
      let word = this.irregular.get(folded) ?? folded;
      if (this.irregular.get(word) === word || !/^[a-z]*$/.test(word)) return word;
      for (const step of this.language.steps) {
        const rule = step.find(([suffix, , least]) => word.length >= suffix.length + least && word.endsWith(suffix));
        if (rule) word = word.slice(0, word.length - rule[0].length) + rule[1];
      }
      return word;
    }

    isWhole(folded) {
      return this.whole.some((pattern) => (pattern.endsWith("*") ? folded.startsWith(pattern.slice(0, -1)) : folded === pattern));
    }
  }

  // `C.F.A` is `CFA`; `32,5` is `32.5`.
  function plain(text) {
    if (!/[.,]/.test(text)) return text;
    return /^[0-9]/.test(text) ? text.replaceAll(",", ".") : text.replaceAll(".", "");
  }

  search.Analyser = Analyser;
})((globalThis.recueilSearch ??= {}));
