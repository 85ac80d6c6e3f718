// Facets: any of the chosen values within one, all facets together, and counts, as src/search/query/narrow.rs makes them.
(function (search) {
  "use strict";

  const numberOf = (value) => (/^[+-]?[0-9.,]+$/.test(value) ? Number(value.replaceAll(",", ".")) : NaN);

  search.narrow = (found, chosen, tables) => {
    const accepted = tables.map((table) => acceptedBy(table, chosen[table.key]));
    const counts = tables.map((table) => new Array(table.values.length).fill(0));
    const kept = [];
    for (const one of found) {
      const failed = [];
      tables.forEach((table, facet) => {
        if (accepted[facet] && !table.ofDocument[one.document].some((value) => accepted[facet][value])) failed.push(facet);
      });
      if (failed.length === 0) kept.push(one);
      tables.forEach((table, facet) => {
        if (failed.every((other) => other === facet)) for (const value of table.ofDocument[one.document]) counts[facet][value] += 1;
      });
    }
    const facets = tables.map(({ key, label, range, values }, facet) => ({
      key,
      label,
      range,
      values: values.map((value, at) => ({ value, count: counts[facet][at] })),
    }));
    return { found: kept, facets };
  };

  function acceptedBy(table, chosen) {
    if (!chosen?.length) return null;
    if (!table.range) return table.values.map((value) => chosen.includes(value));
    const bound = (value, open) => (Number.isNaN(numberOf(value)) ? open : numberOf(value));
    const [from, ...to] = chosen[0].split("..");
    const [least, greatest] = [bound(from, -Infinity), bound(to[0] ?? from, Infinity)];
    return table.values.map((value) => least <= numberOf(value) && numberOf(value) <= greatest);
  }
})((globalThis.recueilSearch ??= {}));
