//! A map of equal tiles, so that small regions count as much as large ones. Where the tiles stand is said by the book.

use std::fmt::Write as _;

use super::say::Painter;
use crate::check::views::data::{Amount, Groups};
use crate::render::escape::escape;

/// The side of a tile, and what is left between two.
const SIDE: usize = 46;
const STEP: usize = 50;

/// How wide a tile is shown where there is room.
const SHOWN: usize = 64;

impl Painter<'_> {
    pub(super) fn regions(&self, groups: &Groups, title: &str, html: &mut String) {
        let Some(series) = groups.series.first() else { return };
        // The map begins with its first tile, wherever the book has it.
        let left = groups.tiles.iter().map(|tile| tile.column).min().unwrap_or(1);
        let top = groups.tiles.iter().map(|tile| tile.row).min().unwrap_or(1);
        let columns = groups.tiles.iter().map(|tile| tile.column).max().unwrap_or(1) - left + 1;
        let rows = groups.tiles.iter().map(|tile| tile.row).max().unwrap_or(1) - top + 1;
        let greatest = series.points.iter().filter_map(|point| point.amount.number()).fold(0.0, f64::max);
        let name = escape(&self.words().text("view_map").replace("{title}", "{}")).replace("{}", title);
        let _ = write!(
            html,
            "<svg class=\"view-map\" width=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{name}\">",
            columns * SHOWN,
            columns * STEP - (STEP - SIDE),
            rows * STEP - (STEP - SIDE)
        );
        for (tile, point) in groups.tiles.iter().zip(&series.points) {
            let (x, y) = ((tile.column - left) * STEP, (tile.row - top) * STEP);
            let level = match point.amount {
                Amount::Number(number) => heat(number, greatest).to_string(),
                _ => "none".to_owned(),
            };
            let value = match point.amount {
                Amount::Number(number) if number > 0.0 => self.amount(point),
                Amount::Number(_) => "0".to_owned(),
                Amount::Missing | Amount::Withheld => "–".to_owned(),
            };
            let middle = x + SIDE / 2;
            let _ = write!(
                html,
                "<g class=\"view-tile heat-{level}\"><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{SIDE}\" height=\"{SIDE}\" rx=\"3\"/><text x=\"{middle}\" y=\"{}\">{}</text><text class=\"view-tile-value\" x=\"{middle}\" y=\"{}\">{}</text></g>",
                escape(&format!("{} : {}", self.text(&point.label), self.amount_with_unit(point))),
                y + 18,
                escape(&tile.label),
                y + 36,
                escape(&value)
            );
        }
        html.push_str("</svg>\n");
    }
}

/// How strong a colour is, from 0 for nothing to 4.
pub(super) fn heat(number: f64, greatest: f64) -> usize {
    if number <= 0.0 || greatest <= 0.0 {
        return 0;
    }
    let share = number / greatest;
    [0.25, 0.5, 0.75].into_iter().filter(|level| share > *level).count() + 1
}
