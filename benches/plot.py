"""Draws how the index grows: python3 benches/plot.py MEASURES.csv > growth.svg

Each line of the file is what `node benches/weight.mjs SITE --csv` prints: records, bytes of the index, and the least, median and
greatest bytes to the first result. Both scales are logarithmic: a straight line of slope one is growth in proportion.
"""

import math
import sys

rows = [[int(cell) for cell in line.split(",")] for line in open(sys.argv[1]) if line[0].isdigit()]
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 400, 90, 30, 150, 50


def scale(low, high, start, end):
    return lambda value: start + (math.log10(value) - low) / (high - low) * (end - start)


low, high = 4, math.ceil(math.log10(max(row[1] for row in rows)))
x = scale(math.log10(rows[0][0]), math.log10(rows[-1][0]), LEFT, WIDTH - RIGHT)
y = scale(low, high, HEIGHT - BOTTOM, TOP)
spoken = lambda size: f"{size / 1e6:g} Mo" if size >= 1e6 else f"{size / 1e3:g} ko"
thousands = lambda number: f"{number:,}".replace(",", "\u202f")

out = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="13">',
    '<title id="title">Taille de l’index et octets jusqu’au premier résultat, selon le nombre de comptes rendus</title>',
    f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
]
for power in range(low, high + 1):
    out.append(f'<path d="M{LEFT} {y(10**power):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
    out.append(f'<text x="{LEFT - 8}" y="{y(10**power) + 4:.1f}" text-anchor="end">{spoken(10**power)}</text>')
for row in rows:
    out.append(f'<text x="{x(row[0]):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{thousands(row[0])}</text>')
out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">comptes rendus</text>')
for column, colour, dash, name in [(1, "#1a4f8b", "", "index entier"), (4, "#a33b12", "6 3", "1er résultat, au plus"), (3, "#a33b12", "", "1er résultat, médiane")]:
    points = " ".join(f"{x(row[0]):.1f},{y(row[column]):.1f}" for row in rows)
    out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
    out += [f'<circle cx="{x(row[0]):.1f}" cy="{y(row[column]):.1f}" r="3" fill="{colour}"/>' for row in rows]
    shift = {1: 4, 4: -2, 3: 12}[column]
    out.append(f'<text x="{x(rows[-1][0]) + 8:.1f}" y="{y(rows[-1][column]) + shift:.1f}" fill="{colour}">{name}</text>')
print("\n".join(out + ["</svg>"]))
