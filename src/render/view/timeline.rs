//! What happened, in order: a list, with a strip that shows how far apart.

use std::fmt::Write as _;

use super::bars::hundredths;
use super::say::Painter;
use crate::check::views::data::{Event, Moment, Shown};
use crate::render::escape::escape;

impl Painter<'_> {
    pub(super) fn timeline(&self, events: &[Event], html: &mut String) {
        Self::strip(events, html);
        let (dated, undated): (Vec<&Event>, Vec<&Event>) = events.iter().partition(|event| event.from.is_some());
        if !dated.is_empty() {
            self.events(&dated, "ol", html);
        }
        if !undated.is_empty() {
            let _ = writeln!(html, "<p class=\"view-panel-title\">{}</p>", self.word("view_without_date"));
            self.events(&undated, "ul", html);
        }
    }

    fn events(&self, events: &[&Event], list: &str, html: &mut String) {
        let _ = writeln!(html, "<{list} class=\"view-events\">");
        for event in events {
            let from = event.from.map(|from| self.moment(from)).unwrap_or_default();
            let when = match (&event.when, event.until) {
                (Some(when), _) => when.clone(),
                (None, None) => from,
                (None, Some(until)) => {
                    let until = self.moment(until);
                    self.words().text("view_period").replace("{from}", &from).replace("{until}", &until)
                }
            };
            let _ = write!(
                html,
                "<li><p class=\"view-when\">{}</p><p class=\"view-event\">{}</p>",
                escape(&when),
                self.inline(&event.title)
            );
            match &event.text {
                Shown::Nothing => {}
                text @ Shown::Markdown(..) => html.push_str(&self.html(text)),
                text => {
                    let _ = write!(html, "<p>{}</p>", self.inline(text));
                }
            }
            html.push_str("</li>\n");
        }
        let _ = writeln!(html, "</{list}>");
    }

    fn strip(events: &[Event], html: &mut String) {
        let ends =
            |event: &Event| [event.from, event.until].into_iter().flatten().map(Moment::years).collect::<Vec<_>>();
        let years: Vec<f64> = events.iter().flat_map(ends).collect();
        let first = years.iter().copied().fold(f64::INFINITY, f64::min).floor();
        let last = years.iter().copied().fold(f64::NEG_INFINITY, f64::max).floor() + 1.0;
        if years.len() < 2 || last - first < 2.0 {
            return;
        }
        let place = |years: f64| hundredths((years - first) / (last - first) * 100.0);
        html.push_str("<div class=\"view-strip\" aria-hidden=\"true\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\"><path class=\"view-rule\" d=\"M0 5H100\"/>");
        for (event, from) in events.iter().filter_map(|event| Some((event, event.from?))) {
            let from = place(from.years());
            match event.until {
                Some(until) => {
                    let _ = write!(html, "<path class=\"view-span\" d=\"M{from} 5H{}\"/>", place(until.years()));
                }
                None => {
                    let _ = write!(html, "<path class=\"view-dot\" d=\"M{from} 5h0\"/>");
                }
            }
        }
        let _ = writeln!(html, "</svg><p><span>{first}</span> <span>{}</span></p></div>", last - 1.0);
    }
}
