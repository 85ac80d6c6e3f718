//! Lines from year to year. The shapes stretch with the page; the words around them do not.

use std::fmt::Write as _;

use super::bars::{Scale, hundredths};
use super::say::{Painter, figure};
use crate::check::views::data::{Groups, Series};
use crate::render::escape::escape;

/// Names that fit under a line on a phone.
const LABELS: usize = 7;

impl Painter<'_> {
    pub(super) fn lines(&self, groups: &Groups, html: &mut String) {
        let mut scale = Scale::of(groups);
        scale.high = rounded(scale.high);
        Self::panels(groups, html, |series, html| self.line(series, scale, html));
    }

    fn line(&self, series: &Series, scale: Scale, html: &mut String) {
        let lang = self.words().lang;
        html.push_str("<div class=\"view-line\">");
        if let Some(label) = &series.label {
            let _ = write!(html, "<p class=\"view-panel-title\">{}</p>", self.inline(label));
        }
        html.push_str("<div class=\"view-line-chart\" aria-hidden=\"true\"><div class=\"view-line-y\">");
        for at in [scale.high, f64::midpoint(scale.high, scale.low), scale.low] {
            let _ = write!(html, "<span>{}</span> ", escape(&figure(lang, at)));
        }
        html.push_str("</div><svg viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\"><path class=\"view-rule\" d=\"M0 0H100M0 50H100M0 100H100\"/>");
        let step = 100.0 / count(series.points.len().max(1));
        let place = |at: usize| hundredths((count(at) + 0.5) * step);
        // A line stops where nothing is known, and goes on after it.
        let (mut path, mut dots, mut is_down) = (String::new(), String::new(), false);
        for (at, point) in series.points.iter().enumerate() {
            let Some(number) = point.amount.number() else {
                is_down = false;
                continue;
            };
            let (x, y) = (place(at), hundredths(100.0 - scale.place(number)));
            let _ = write!(path, "{}{x} {y}", if is_down { "L" } else { "M" });
            let _ = write!(dots, "M{x} {y}h0");
            is_down = true;
        }
        let _ = write!(
            html,
            "<path class=\"view-stroke\" d=\"{path}\"/><path class=\"view-dot\" d=\"{dots}\"/></svg><div class=\"view-line-x\">"
        );
        let every = series.points.len().div_ceil(LABELS).max(1);
        for (at, point) in series.points.iter().enumerate() {
            let label = if at % every == 0 { escape(&self.text(&point.label)) } else { String::new() };
            let _ = write!(html, "<span>{label}</span> ");
        }
        html.push_str("</div></div></div>\n");
    }
}

/// The next number that a scale may end with, so that its middle is as round.
fn rounded(high: f64) -> f64 {
    let power = 10_f64.powf(high.log10().floor());
    let steps = [2.0, 4.0, 6.0, 8.0, 10.0, 20.0];
    steps.into_iter().map(|step| step * power).find(|step| *step >= high - 1e-9).unwrap_or(high)
}

#[expect(clippy::cast_precision_loss, reason = "a chart has few points")]
fn count(number: usize) -> f64 {
    number as f64
}
