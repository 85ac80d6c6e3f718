//! Values and amounts in words, as text and as HTML.

use crate::check::views::data::{Amount, Content, Moment, Point, Season, Shown};
use crate::check::views::{Kind, View};
use crate::diagnostic::Lang;
use crate::model::{day_in_words, month_in_words};
use crate::parse::plain_text;
use crate::render::escape::escape;
use crate::render::markdown;
use crate::render::number;
use crate::render::shared::Shared;
use crate::render::value::printed_number;
use crate::render::words::Words;
use crate::source::SourceId;

/// How many labels a sentence names before it counts the others.
const NAMED: usize = 4;

/// Draws one view on one page.
#[derive(Clone, Copy)]
pub(super) struct Painter<'a> {
    pub shared: &'a Shared<'a>,
    pub view: &'a View,
    /// The file of the page.
    pub source: SourceId,
    /// The way from the page to the root of the site.
    pub root: &'a str,
}

impl<'a> Painter<'a> {
    pub(super) fn new(shared: &'a Shared<'a>, view: &'a View, source: SourceId, root: &'a str) -> Self {
        Self { shared, view, source, root }
    }

    pub(super) fn words(&self) -> &'a Words {
        self.shared.words()
    }

    /// A word of the theme, as HTML.
    pub(super) fn word(&self, key: &'a str) -> String {
        escape(self.words().text(key))
    }

    /// A value as plain text.
    pub(super) fn text(&self, shown: &Shown) -> String {
        let lang = self.words().lang;
        match shown {
            Shown::Nothing => String::new(),
            Shown::Text(text) => text.clone(),
            Shown::Markdown(text, _) => plain_text(text),
            Shown::Number(number, unit) => match unit {
                Some(unit) => format!("{} {}", exact(lang, *number), number::unit(lang, *number, unit)),
                None => exact(lang, *number),
            },
            Shown::Ordinal(number) => number.to_string(),
            Shown::Date(date) => day_in_words(lang, *date),
            Shown::Truth(truth) => lang.truth(*truth).to_owned(),
            Shown::Document(id) => self.shared.document(*id).page.title.value.clone(),
            Shown::Entry(id, place) => {
                let document = self.shared.document(*id);
                let Some(entry) = document.entries.get(*place) else { return String::new() };
                match printed_number(document, &entry.number.value) {
                    "" => entry.title.clone(),
                    number => format!("{number} {}", entry.title),
                }
            }
            Shown::List(items) => items.iter().map(|item| self.text(item)).collect::<Vec<_>>().join(", "),
        }
    }

    /// A value as HTML, with a link where it leads somewhere.
    pub(super) fn html(&self, shown: &Shown) -> String {
        match shown {
            Shown::Document(id) => {
                let page = &self.shared.document(*id).page;
                self.link(&page.url, &page.title.value)
            }
            Shown::Entry(id, place) => match self.shared.document(*id).entries.get(*place) {
                Some(entry) => self.link(&entry.url, &self.text(shown)),
                None => String::new(),
            },
            Shown::Markdown(text, source) => markdown::fragment(self.shared, text, *source, self.root),
            Shown::List(items) => items.iter().map(|item| self.inline(item)).collect::<Vec<_>>().join(", "),
            other => escape(&self.text(other)),
        }
    }

    /// A value as HTML that can stand in a line: one paragraph of Markdown loses its tags.
    pub(super) fn inline(&self, shown: &Shown) -> String {
        let html = self.html(shown);
        let bare = html.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
        bare.filter(|bare| !bare.contains("<p>")).map_or_else(|| html.clone(), str::to_owned)
    }

    pub(super) fn link(&self, url: &str, text: &str) -> String {
        format!("<a href=\"{}{}\">{}</a>", self.root, escape(url), escape(text))
    }

    /// An amount as it stands in a table; a result that was measured with all that it says.
    pub(super) fn amount(&self, point: &Point) -> String {
        let words = self.words();
        match point.amount {
            Amount::Missing => words.text("view_missing").to_owned(),
            Amount::Withheld => words.text("view_withheld").to_owned(),
            Amount::Number(number) => match &point.provenance {
                None => figure(words.lang, number),
                Some(provenance) => {
                    let mut text = exact(words.lang, number);
                    if let Some(high) = provenance.high {
                        let high = exact(words.lang, high);
                        text = words.text("range").replace("{low}", &text).replace("{high}", &high);
                    }
                    [provenance.qualifier.as_str(), &text]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ")
                }
            },
        }
    }

    /// An amount with what is counted.
    pub(super) fn amount_with_unit(&self, point: &Point) -> String {
        let text = self.amount(point);
        let Some(number) = point.amount.number() else { return text };
        let number = point.provenance.as_ref().and_then(|provenance| provenance.high).unwrap_or(number);
        match self.unit(number, point) {
            unit if unit.is_empty() => text,
            unit => format!("{text} {unit}"),
        }
    }

    /// What is counted, in the number that goes with so many; empty where nothing says.
    pub(super) fn unit(&self, number: f64, point: &Point) -> String {
        let lang = self.words().lang;
        match (&self.view.unit, &point.provenance) {
            (Some((one, other)), _) if one == other => number::unit(lang, number, one),
            (Some((one, other)), _) => {
                if is_several(lang, number) {
                    other.clone()
                } else {
                    one.clone()
                }
            }
            // A result says what it counts in the form that goes with it.
            (None, Some(provenance)) => provenance.unit.clone(),
            (None, None) => String::new(),
        }
    }

    /// Whether amounts are so many documents, for want of any other measure.
    pub(super) fn counts_documents(&self) -> bool {
        self.view.unit.is_none() && self.view.method.iter().all(|(key, _)| *key != "measure" && *key != "each")
    }

    /// A total or a difference, with what is counted.
    pub(super) fn number_with_unit(&self, number: f64) -> String {
        let point =
            Point { label: Shown::Nothing, amount: Amount::Number(number), documents: Vec::new(), provenance: None };
        if self.counts_documents()
            && let Some(counted) = self.words().count("documents", whole(number))
        {
            return counted;
        }
        self.amount_with_unit(&point)
    }

    /// Labels in a sentence: `a, b et c`; those after the first few are counted.
    pub(super) fn names(&self, labels: &[String]) -> String {
        names(self.words(), labels)
    }

    /// A year, a month or a day in words.
    pub(super) fn moment(&self, moment: Moment) -> String {
        let lang = self.words().lang;
        if let Some(season) = moment.season {
            let key = match season {
                Season::Spring => "view_spring",
                Season::Summer => "view_summer",
                Season::Autumn => "view_autumn",
                Season::Winter => "view_winter",
            };
            return self.words().text(key).replace("{year}", &moment.year.to_string());
        }
        match (moment.month, moment.day) {
            (Some(month), Some(day)) => crate::model::Date::new(moment.year, month, day)
                .map_or_else(|_| moment.year.to_string(), |date| day_in_words(lang, date)),
            (Some(month), None) => month_in_words(lang, moment.year, month),
            _ => moment.year.to_string(),
        }
    }

    /// What an axis is called.
    pub(super) fn axis_title(&self, title: &str) -> String {
        match title {
            "" => self.words().text("view_group").to_owned(),
            // The fields of a measured result are named by the theme.
            "indicator" | "value" | "base" | "period" | "source" | "note" => self.words().text(title).to_owned(),
            title => title.to_owned(),
        }
    }

    /// What the amounts are called, with what is counted.
    pub(super) fn value_title(&self) -> String {
        let words = self.words();
        let measure = match &self.view.data.content {
            Content::Groups(groups) => groups.measure.as_str(),
            Content::Matrix(matrix) => matrix.measure.as_str(),
            _ => "",
        };
        let title = match measure {
            "" if self.counts_documents() => words.text("view_documents"),
            "" | "value" => words.text("value"),
            title => title,
        };
        match &self.view.unit {
            Some((_, several)) if measure.is_empty() => {
                let several = number::unit(words.lang, 9.0, several);
                let mut letters = several.chars();
                let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
                format!("{first}{}", letters.as_str())
            }
            Some((_, several)) if self.view.kind != Kind::Number => {
                format!("{title} ({})", number::unit(words.lang, 9.0, several))
            }
            _ => title.to_owned(),
        }
    }
}

/// Labels in a sentence: `a, b et c`; those after the first few are counted.
pub(in crate::render) fn names(words: &Words, labels: &[String]) -> String {
    let beyond = labels.len().saturating_sub(NAMED);
    let mut named: Vec<String> = labels.iter().take(if beyond > 1 { NAMED } else { NAMED + 1 }).cloned().collect();
    if beyond > 1 {
        named.push(words.text("view_others").replace("{n}", &beyond.to_string()));
    }
    match named.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} {} {last}", before.join(", "), words.text("view_and")),
        None => String::new(),
    }
}

/// A number with as many decimals as it takes to be read: none that a sum of doubles brings by itself.
pub(super) fn figure(lang: Lang, number: f64) -> String {
    let digits = if number.abs() >= 1.0 { 10.0 } else { 100.0 };
    number::number(lang, (number * digits).round() / digits)
}

/// A number as it was written: what a source says is not rounded.
fn exact(lang: Lang, number: f64) -> String {
    number::number(lang, (number * 1e6).round() / 1e6)
}

/// Whether so many are several.
pub(in crate::render) fn is_several(lang: Lang, number: f64) -> bool {
    match lang {
        Lang::Fr => number.abs() >= 2.0,
        Lang::En => (number.abs() - 1.0).abs() > f64::EPSILON,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "documents are counted, and few")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}
