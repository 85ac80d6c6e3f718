//! Bars and dots: a table whose rows carry a shape. It is chart and table at once, and its labels wrap where a phone is narrow.

use std::fmt::Write as _;

use super::say::Painter;
use crate::check::views::Kind;
use crate::check::views::data::{Groups, Point, Series};
use crate::render::escape::escape;

/// The ends of a scale that begins at zero.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
}

impl Scale {
    /// For all series alike, so that they can be compared.
    pub(super) fn of(groups: &Groups) -> Self {
        let numbers = groups.series.iter().flat_map(|series| &series.points).filter_map(|point| point.amount.number());
        let (low, high) = numbers.fold((0.0_f64, 0.0_f64), |(low, high), number| (low.min(number), high.max(number)));
        Self { low, high: if high > low { high } else { low + 1.0 } }
    }

    /// The same, up to the whole where it is hundredths of one.
    fn in_hundredths(self) -> Self {
        Self { high: if self.high <= 100.0 { 100.0 } else { self.high }, ..self }
    }

    /// A number in hundredths of the scale.
    pub(super) fn place(self, number: f64) -> f64 {
        (number - self.low) / (self.high - self.low) * 100.0
    }
}

/// Hundredths, as SVG has them.
pub(super) fn hundredths(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Painter<'_> {
    pub(super) fn bars(&self, groups: &Groups, html: &mut String) {
        let mut points = groups.series.iter().flat_map(|series| &series.points);
        let is_share = points.all(|point| point.amount.number().is_none_or(|number| self.unit(number, point) == "%"));
        let scale = Scale::of(groups);
        let scale = if is_share { scale.in_hundredths() } else { scale };
        Self::panels(groups, html, |series, html| self.bars_of(groups, series, scale, html));
    }

    /// One part of the view, or small multiples on one scale where it is split.
    pub(super) fn panels(groups: &Groups, html: &mut String, draw: impl Fn(&Series, &mut String)) {
        let is_split = groups.series.iter().any(|series| series.label.is_some());
        if is_split {
            html.push_str("<div class=\"view-multiples\">\n");
        }
        for series in &groups.series {
            draw(series, html);
        }
        if is_split {
            html.push_str("</div>\n");
        }
    }

    fn bars_of(&self, groups: &Groups, series: &Series, scale: Scale, html: &mut String) {
        html.push_str("<table class=\"view-rows\">");
        let caption = series.label.as_ref().map_or_else(
            || format!("<caption class=\"visually-hidden\">{}</caption>", escape(&self.view.title)),
            |label| format!("<caption>{}</caption>", self.inline(label)),
        );
        let _ = writeln!(
            html,
            "{caption}<thead class=\"visually-hidden\"><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
            escape(&self.axis_title(&groups.title)),
            escape(&self.value_title())
        );
        for point in &series.points {
            let _ = writeln!(
                html,
                "<tr><th scope=\"row\">{}{}</th><td><span class=\"view-row\">{}<span class=\"view-amount\">{}</span></span></td></tr>",
                self.inline(&point.label),
                Self::under(point),
                self.shape(point, scale),
                escape(&self.amount_with_unit(point))
            );
        }
        html.push_str("</tbody></table>\n");
    }

    /// Out of whom and when, under the label of a measured result.
    fn under(point: &Point) -> String {
        let Some(provenance) = &point.provenance else { return String::new() };
        let parts = [provenance.base.as_str(), provenance.period.as_str()];
        let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(escape).collect();
        if said.is_empty() { String::new() } else { format!(" <span class=\"view-base\">{}</span>", said.join(" · ")) }
    }

    fn shape(&self, point: &Point, scale: Scale) -> String {
        let open = "<svg class=\"view-bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
        let Some(number) = point.amount.number() else {
            return format!("{open}<path class=\"view-unknown\" d=\"M0 5H100\"/></svg>");
        };
        let (zero, at) = (scale.place(0.0), scale.place(number));
        if self.view.kind == Kind::Dots {
            let at = hundredths(at.clamp(2.0, 98.0));
            return format!(
                "{open}<path class=\"view-rule\" d=\"M0 5H100\"/><path class=\"view-dot\" d=\"M{at} 5h0\"/></svg>"
            );
        }
        let (from, width) = (hundredths(zero.min(at)), hundredths((at - zero).abs()));
        format!("{open}<rect class=\"view-fill\" x=\"{from}\" y=\"0\" width=\"{width}\" height=\"10\"/></svg>")
    }
}
