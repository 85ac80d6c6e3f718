//! Parts of a whole: one bar, and a legend that is its table.

use std::fmt::Write as _;

use super::bars::hundredths;
use super::say::{Painter, figure};
use crate::check::views::data::{Amount, Groups, Series};
use crate::render::escape::escape;

/// Colours that can be told apart; after them the first comes again.
const COLOURS: usize = 6;

impl Painter<'_> {
    pub(super) fn shares(&self, groups: &Groups, html: &mut String) {
        Self::panels(groups, html, |series, html| self.share(groups, series, html));
    }

    fn share(&self, groups: &Groups, series: &Series, html: &mut String) {
        // Of what is withheld not even the share is told: the bar then shows the parts that are known, and says of what.
        let whole: f64 =
            series.points.iter().filter_map(|point| point.amount.number()).filter(|part| *part > 0.0).sum();
        html.push_str("<div class=\"view-share\">");
        if let Some(label) = &series.label {
            let _ = write!(html, "<p class=\"view-panel-title\">{}</p>", self.inline(label));
        }
        html.push_str(
            "<svg class=\"view-bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
        );
        let mut before = 0.0;
        for (at, point) in series.points.iter().enumerate() {
            let Some(part) = point.amount.number().filter(|part| *part > 0.0 && whole > 0.0) else { continue };
            let width = part / whole * 100.0;
            let _ = write!(
                html,
                "<rect class=\"view-part view-part-{}\" x=\"{}\" y=\"0\" width=\"{}\" height=\"10\"/>",
                at % COLOURS + 1,
                hundredths(before),
                hundredths(width)
            );
            before += width;
        }
        let _ = writeln!(
            html,
            "</svg><table class=\"view-legend\"><caption class=\"visually-hidden\">{}</caption><thead class=\"visually-hidden\"><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
            escape(&self.view.title),
            escape(&self.axis_title(&groups.title)),
            self.word("view_share"),
            escape(&self.value_title())
        );
        for (at, point) in series.points.iter().enumerate() {
            let share = match point.amount {
                Amount::Number(part) if whole > 0.0 => self.percent(part / whole),
                _ => String::new(),
            };
            let _ = writeln!(
                html,
                "<tr><th scope=\"row\"><svg class=\"view-swatch\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"view-part view-part-{}\" width=\"10\" height=\"10\"/></svg>{}</th><td class=\"figure\">{}</td><td class=\"figure\">{}</td></tr>",
                at % COLOURS + 1,
                self.inline(&point.label),
                escape(&share),
                escape(&self.amount_with_unit(point))
            );
        }
        html.push_str("</tbody></table></div>\n");
    }

    /// A share in per cent.
    pub(super) fn percent(&self, share: f64) -> String {
        let words = self.words();
        words.text("view_percent").replace("{n}", &figure(words.lang, (share * 100.0).round()))
    }
}
