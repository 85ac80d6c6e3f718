//! The frame around every view: caption, chart, sentence, table, method, CSV.

use std::fmt::Write as _;

use super::csv;
use super::say::Painter;
use crate::check::views::Kind;
use crate::check::views::data::Content;
use crate::render::escape::escape;
use crate::render::link;
use crate::render::markdown;

impl Painter<'_> {
    /// The whole figure. `caption`, HTML, takes the place of the view's title where it says something.
    pub(super) fn figure(&self, caption: &str) -> String {
        let view = self.view;
        let title = if caption.trim().is_empty() { escape(&view.title) } else { caption.to_owned() };
        let (name, kind) = (escape(&view.name), view.kind.name());
        let mut html = format!("<figure class=\"view view-{kind}\" id=\"view_{name}\">\n");
        let _ = writeln!(html, "<figcaption class=\"view-title\">{title}</figcaption>");
        let sentence = self.sentence();
        if self.is_empty() {
            let _ = writeln!(html, "<p class=\"empty\">{}</p>", self.word("view_nothing"));
        } else {
            self.chart(&title, &mut html);
            if !sentence.is_empty() {
                let _ = writeln!(html, "<p class=\"view-sentence\">{}</p>", escape(&sentence));
            }
            self.gaps(&mut html);
        }
        self.notices(&mut html);
        if let Some(note) = &view.note {
            let _ = writeln!(
                html,
                "<div class=\"view-note\">{}</div>",
                markdown::fragment(self.shared, note, self.source, self.root)
            );
        }
        self.details(&mut html);
        html.push_str("</figure>\n");
        html
    }

    fn is_empty(&self) -> bool {
        match &self.view.data.content {
            Content::Groups(groups) => groups.series.iter().all(|series| series.points.is_empty()),
            Content::Matrix(matrix) => matrix.rows.is_empty() || matrix.columns.is_empty(),
            Content::Grid(grid) => grid.rows.is_empty() || grid.columns.is_empty(),
            Content::Documents => self.view.data.documents.is_empty(),
            Content::Events(events) => events.is_empty(),
            Content::Accounts(accounts) => accounts.is_empty(),
            Content::Sections(sections) => sections.is_empty(),
        }
    }

    fn chart(&self, title: &str, html: &mut String) {
        match &self.view.data.content {
            Content::Groups(groups) => match self.view.kind {
                Kind::Lines => self.lines(groups, html),
                Kind::Shares => self.shares(groups, html),
                Kind::Regions => self.regions(groups, title, html),
                Kind::Number => self.number(groups, html),
                _ => self.bars(groups, html),
            },
            Content::Matrix(matrix) => self.matrix(matrix, title, html),
            Content::Grid(grid) => self.grid(grid, title, html),
            Content::Documents => self.list(html),
            Content::Events(events) => self.timeline(events, html),
            Content::Accounts(accounts) => self.ledger(accounts, title, html),
            Content::Sections(sections) => self.sections(sections, html),
        }
    }

    /// What readers must know first of the documents behind a figure.
    fn notices(&self, html: &mut String) {
        let whole = self.view.data.documents.len();
        for (title, count) in &self.view.data.notices {
            let words = self.words();
            let text = words
                .text(if *count == whole { "view_notice_all" } else { "view_notice" })
                .replace("{title}", title)
                .replace("{n}", &count.to_string())
                .replace("{total}", &whole.to_string());
            let _ = writeln!(html, "<p class=\"view-notice\">{}</p>", escape(&text));
        }
    }

    /// The table behind a chart that is none by itself, how it was worked out, and its data.
    fn details(&self, html: &mut String) {
        let summary = self.word("view_details");
        let _ = writeln!(html, "<details class=\"view-details\"><summary>{summary}</summary>");
        if let Content::Groups(groups) = &self.view.data.content {
            self.data_table(groups, html);
        }
        if let Content::Matrix(matrix) = &self.view.data.content {
            self.behind(matrix, html);
        }
        self.method(html);
        let url = csv::url(self.shared, self.source, self.view);
        let _ = writeln!(
            html,
            "<p><a href=\"{}{}\" download>{}</a></p>\n</details>",
            self.root,
            escape(&url),
            self.word("view_csv")
        );
    }

    fn method(&self, html: &mut String) {
        let words = self.words();
        let of: Vec<String> = self
            .view
            .of
            .iter()
            .filter_map(|id| self.shared.cx.site.schema.collection(id))
            .map(|collection| self.link(&format!("{}/", collection.id), &collection.title))
            .collect();
        if of.is_empty() && self.view.method.is_empty() {
            return;
        }
        html.push_str("<dl class=\"view-method\">");
        if !of.is_empty() {
            let count = words.count("documents", i64::try_from(self.view.data.documents.len()).unwrap_or(i64::MAX));
            let _ = write!(
                html,
                "<div><dt>{}</dt><dd>{} ({})</dd></div>",
                self.word("view_of"),
                of.join(", "),
                escape(&count.unwrap_or_default())
            );
        }
        if let Content::Accounts(accounts) = &self.view.data.content {
            self.rules(accounts, html);
        }
        for (key, text) in &self.view.method {
            let label = words.text(method_word(key));
            let _ = write!(html, "<div><dt>{}</dt><dd><code>{}</code></dd></div>", escape(label), escape(text));
        }
        if self.view.method.iter().any(|(key, _)| *key == "people") {
            let text = words.text("view_threshold").replace("{n}", &self.view.threshold.to_string());
            let _ = write!(html, "<div><dt>{}</dt><dd>{}</dd></div>", self.word("view_secrecy"), escape(&text));
        }
        html.push_str("</dl>\n");
    }

    /// Where a figure is defined.
    pub(super) fn definition(&self) -> Option<String> {
        link::resolve(self.shared, self.source, self.view.definition.as_deref()?).on_page(self.root)
    }
}

fn method_word(key: &str) -> &'static str {
    match key {
        "each" => "view_each",
        "where" => "view_where",
        "by" => "view_by",
        "rows" => "view_rows",
        "columns" => "view_columns",
        "split" => "view_split",
        "measure" => "view_measure",
        "people" => "view_people",
        "date" => "view_date",
        "section" => "view_section",
        _ => "view_see",
    }
}
