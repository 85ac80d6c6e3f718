// The sentence where a record answers, as src/search/query/excerpt.rs cuts it: { pieces: [{ text, marked }], passages: [number] }.
(function (search) {
  "use strict";

  const WINDOW = 24;
  const BEFORE = 10;
  const LENGTH = 36;
  const TITLED = 250;

  search.excerpt = (record, recalled, store) => {
    let best = null;
    const worths = [];
    const passages = record.body.map(([, title, text]) => [text, title]);
    const others = [record.summary, ...record.labels].map((text) => [text, ""]);
    [...passages, ...others].forEach(([text, title], number) => {
      const words = store.analyser.words(text);
      const answers = answersIn(words, recalled, store);
      const [worth, from] = densest(answers);
      if (number < passages.length) {
        const titled = densest(answersIn(store.analyser.words(title), recalled, store))[0];
        worths.push(worth + TITLED * Math.floor(titled / 100));
      }
      if (text !== "" && (!best || worth > best.worth)) best = { worth, text, words, answers, from };
    });
    let shown = [];
    if (best && best.worth === 0 && record.summary !== "") shown = pieces(record.summary, store.analyser.words(record.summary), [], 0);
    else if (best) shown = pieces(best.text, best.words, best.answers, best.from);
    return { pieces: shown, passages: bestPassages(record, worths) };
  };

  // The passages to lead to: those worth most, as long as they are worth nearly as much as the best.
  function bestPassages(record, worths) {
    const passages = worths.map((_, at) => at).filter((at) => worths[at] > 0 && record.body[at][0] !== "");
    passages.sort((one, other) => worths[other] - worths[one]);
    const level = (at) => Math.floor(worths[at] / 100);
    return passages.filter((at) => level(at) === level(passages[0]));
  }

  // A text with all that answers the query marked.
  search.marked = (text, recalled, store) => {
    const words = store.analyser.words(text);
    return cut(text, 0, text.length, marksOf(answersIn(words, recalled, store), words, 0, words.length));
  };

  function answersIn(words, recalled, store) {
    const answers = [];
    const names = store.concepts.find(words);
    const keyOf = (name) => store.concepts.names[name].key;
    words.forEach((word, at) => {
      const is = (keys) => word.terms.some((term) => keys.includes(term.stem));
      recalled.forEach((group, number) => {
        if (is(group.keys) || is(group.begun)) {
          answers.push({ group: number, start: at, end: at + 1 });
          return;
        }
        const asked = (name) => group.names.some((own) => keyOf(own) === keyOf(name));
        const found = names.find(({ first, name }) => first === at && asked(name));
        if (found) answers.push({ group: number, start: at, end: found.last + 1 });
      });
    });
    return answers;
  }

  function densest(answers) {
    let [most, from] = [0, 0];
    answers.forEach((first, at) => {
      const groups = [];
      for (let next = at; next < answers.length && answers[next].start < first.start + WINDOW; next += 1) groups.push(answers[next].group);
      const worth = 100 * new Set(groups).size + Math.min(groups.length, 9);
      if (worth > most) [most, from] = [worth, at];
    });
    return [most, from];
  }

  function pieces(text, words, answers, from) {
    if (words.length === 0) return [];
    const ends = (at) => /[.!?…\n]/.test(text.slice(words[at - 1].end, words[at].start));
    const hit = answers[from]?.start ?? 0;
    const lowest = Math.max(0, hit - BEFORE);
    let first = hit;
    while (first > lowest && !ends(first)) first -= 1;
    const limit = Math.min(words.length, first + LENGTH);
    let last = limit;
    if (limit < words.length) {
      last -= 1;
      while (last > hit && !ends(last)) last -= 1;
      if (last <= hit) last = limit;
    }
    const opened = first === 0 || ends(first);
    const closed = last === words.length || ends(last);
    const start = first === 0 ? 0 : afterSpace(text, words[first - 1].end, words[first].start);
    const end = last === words.length ? text.length : beforeSpace(text, words[last - 1].end, words[last].start);
    const shown = cut(text, start, end, marksOf(answers, words, first, last));
    if (!opened) shown.unshift({ text: "… ", marked: false });
    if (!closed) shown.push({ text: " …", marked: false });
    return shown;
  }

  function marksOf(answers, words, first, last) {
    const marks = [];
    for (const { start, end } of answers) {
      if (start < first || end > last) continue;
      const mark = [words[start].start, words[end - 1].end];
      if (marks.length === 0 || marks.at(-1)[1] <= mark[0]) marks.push(mark);
    }
    return marks;
  }

  function cut(text, start, end, marks) {
    const shown = [];
    const push = (text, marked) => text !== "" && shown.push({ text, marked });
    let at = start;
    for (const [from, to] of marks) {
      push(text.slice(at, from), false);
      push(text.slice(from, to), true);
      at = to;
    }
    push(text.slice(at, end).trimEnd(), false);
    return shown;
  }

  function afterSpace(text, from, to) {
    const between = text.slice(from, to);
    return from + Math.max(between.lastIndexOf(" "), between.lastIndexOf("\n")) + 1;
  }

  function beforeSpace(text, from, to) {
    const at = text.slice(from, to).search(/[ \n]/);
    return at < 0 ? to : from + at;
  }
})((globalThis.recueilSearch ??= {}));
