//! One key figure, with its definition and where it comes from.

use std::fmt::Write as _;

use super::say::Painter;
use crate::check::views::data::{Amount, Groups};
use crate::render::escape::escape;

impl Painter<'_> {
    pub(super) fn number(&self, groups: &Groups, html: &mut String) {
        let Some(point) = groups.series.first().and_then(|series| series.points.first()) else { return };
        let amount = escape(&self.amount(point));
        let unit = match point.amount {
            Amount::Number(number) => escape(&self.unit(number, point)),
            _ => String::new(),
        };
        let unit = if unit.is_empty() { unit } else { format!(" <span>{unit}</span>") };
        let _ = writeln!(html, "<p class=\"view-number-value\">{amount}{unit}</p>");
        if let Some(provenance) = &point.provenance {
            let indicator = self.inline(&provenance.indicator);
            let said =
                [indicator, escape(&provenance.base), escape(&provenance.period), self.inline(&provenance.source)];
            let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
            let _ = writeln!(html, "<p class=\"view-base\">{}</p>", said.join(" · "));
        }
        if let Some(address) = self.definition() {
            let words = self.words();
            let label = words.text("view_definition_of").replace("{title}", &self.view.title);
            let _ = writeln!(
                html,
                "<p class=\"view-definition\"><a href=\"{}\" aria-label=\"{}\">{}</a></p>",
                escape(&address),
                escape(&label),
                self.word("view_definition")
            );
        }
    }
}
