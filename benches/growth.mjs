// Draws how the whole process of a build grows with the number of reports: processor seconds of each kind of run, both scales
// logarithmic, with the two slopes that the aim speaks of beside them (in proportion, and n log n). These start at the last size but
// one: a small book is mostly the real one that every generated book holds, and would flatter what follows.
const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [660, 400, 70, 30, 170, 50];
const COLOURS = ["#1a4f8b", "#4d7c0f", "#a33b12"];
const NAMES = { "new folder": "dossier neuf", unchanged: "rien de changé", "one edit": "une retouche" };

const scale = (low, high, start, end) => (value) => start + ((Math.log10(value) - low) / (high - low || 1)) * (end - start);
const thousands = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
const spoken = (seconds) => (seconds >= 1 ? `${seconds} s` : `${seconds * 1000} ms`);

export const growth = (results, kinds) => {
  const sizes = [...new Set(results.map(({ reports }) => reports))];
  const [from, to] = [sizes[0], sizes.at(-1)];
  const anchor = sizes.at(-2) ?? to;
  const start = results.find((result) => result.kind === kinds[0] && result.reports === anchor).processor;
  const ideals = [
    ["en proportion", (size) => size / anchor],
    ["n log n", (size) => (size * Math.log(size)) / (anchor * Math.log(anchor))],
  ].map(([name, times]) => ({ name, at: (size) => start * times(size) }));
  const values = [...results.map(({ processor }) => processor), ...ideals.map(({ at }) => at(to))].map((value) => Math.max(value, 0.01));
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const x = scale(Math.log10(from), Math.log10(to), LEFT, WIDTH - RIGHT);
  const height = scale(low, high, HEIGHT - BOTTOM, TOP);
  const y = (value) => height(Math.max(value, 0.01));

  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="13">`,
    '<title id="title">Temps de processeur d’une construction, selon le nombre de comptes rendus</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
  ];
  for (let power = low; power <= high; power += 1) {
    const at = y(10 ** power).toFixed(1);
    out.push(`<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#ddd"/>`);
    out.push(`<text x="${LEFT - 8}" y="${(Number(at) + 4).toFixed(1)}" text-anchor="end">${spoken(10 ** power)}</text>`);
  }
  for (const size of sizes) out.push(`<text x="${x(size).toFixed(1)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${thousands(size)}</text>`);
  out.push(`<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">comptes rendus</text>`);
  const lines = [
    ...ideals.map(({ name, at }) => ({ name, colour: "#666", look: ' stroke-dasharray="3 4"', points: [anchor, to].map((size) => [size, at(size)]) })),
    ...kinds.map((kind, at) => ({
      name: NAMES[kind],
      colour: COLOURS[at],
      look: ' stroke-width="2"',
      points: results.filter((result) => result.kind === kind).map(({ reports, processor }) => [reports, processor]),
    })),
  ];
  const end = ({ points }) => y(points.at(-1)[1]);
  // Names stand at the ends of their lines, apart where these end close together.
  let last = -Infinity;
  for (const { name, colour, look, points } of lines.toSorted((one, other) => end(one) - end(other))) {
    const drawn = points.map(([size, value]) => `${x(size).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    out.push(`<polyline points="${drawn}" fill="none" stroke="${colour}"${look}/>`);
    if (!look.includes("dash")) out.push(...points.map(([size, value]) => `<circle cx="${x(size).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3" fill="${colour}"/>`));
    last = Math.max(end({ points }) + 4, last + 15);
    out.push(`<text x="${x(to) + 8}" y="${last.toFixed(1)}" fill="${colour}">${name}</text>`);
  }
  return `${out.join("\n")}\n</svg>\n`;
};
