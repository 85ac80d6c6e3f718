// What may have been meant by a word that is nowhere in the book, as src/search/query/suggest.rs guesses it.
(function (search) {
  "use strict";

  search.suggest = async (text, parsed, recalled, store) => {
    let suggestion = text;
    for (let at = parsed.groups.length - 1; at >= 0; at -= 1) {
      if (recalled[at].matches.size > 0) continue;
      const { start, end, terms } = parsed.groups[at];
      const spelling = await closest(terms[0].folded, store);
      if (spelling !== null) suggestion = suggestion.slice(0, start) + spelling + suggestion.slice(end);
    }
    return suggestion === text ? null : suggestion.trim();
  };

  async function closest(folded, store) {
    const letters = [...folded];
    if (letters.length <= 3) return null;
    const most = letters.length <= 6 ? 1 : 2;
    let best = null;
    for (const first of new Set(letters.slice(0, 2))) {
      for (const { folded: other, form, frequency } of await store.starting(first)) {
        if (Math.abs([...other].length - letters.length) > most) continue;
        const distance = editDistance(letters, [...other]);
        const order = !best || distance - best.distance || best.frequency - frequency || (form < best.form ? -1 : 1);
        if (distance <= most && (order === true || order < 0)) best = { distance, frequency, form };
      }
    }
    return best && best.form;
  }

  // Insertions, deletions, replacements and swaps of neighbours between two words.
  function editDistance(one, other) {
    let [older, old, row] = [[], [], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i += 1) {
      [older, old, row] = [old, row, [i]];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(row[j - 1] + 1, old[j] + 1, old[j - 1] + same);
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (swapped) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
    }
    return row[other.length];
  }
})((globalThis.recueilSearch ??= {}));
