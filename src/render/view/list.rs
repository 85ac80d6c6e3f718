//! Documents one under the other, and what they say under one heading.

use std::fmt::Write as _;

use super::say::Painter;
use crate::model::DocumentId;
use crate::render::escape::escape;
use crate::render::listing;
use crate::render::markdown;

impl Painter<'_> {
    pub(super) fn list(&self, html: &mut String) {
        html.push_str("<ul class=\"view-items\">");
        for id in &self.view.data.documents {
            let document = self.shared.document(*id);
            let page = &document.page;
            let (date, text) = listing::date(self.shared, document);
            let _ = write!(html, "<li>{}", self.link(&page.url, &page.title.value));
            if !date.is_empty() {
                let _ = write!(html, " <time class=\"view-base\" datetime=\"{date}\">{}</time>", escape(&text));
            }
            if let Some(summary) = &page.summary {
                let _ = write!(html, "<p>{}</p>", escape(&summary.value));
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ul>\n");
    }

    pub(super) fn sections(&self, sections: &[(DocumentId, usize)], html: &mut String) {
        html.push_str("<ul class=\"view-items view-said\">");
        for (number, (id, place)) in sections.iter().enumerate() {
            let document = self.shared.document(*id);
            let page = &document.page;
            let Some(section) = page.body.sections.get(*place) else { continue };
            let (date, text) = listing::date(self.shared, document);
            let _ = write!(
                html,
                "<li><p class=\"view-said-of\">{}",
                self.link(&format!("{}#{}", page.url, section.id), &page.title.value)
            );
            if !date.is_empty() {
                let _ = write!(html, " <time class=\"view-base\" datetime=\"{date}\">{}</time>", escape(&text));
            }
            let scope = format!("{}_{}_", self.view.name, number + 1);
            let _ = writeln!(html, "</p>{}</li>", markdown::section(self.shared, page, *place, self.root, &scope));
        }
        html.push_str("</ul>\n");
    }
}
