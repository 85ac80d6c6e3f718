//! One sentence made from the data of a view: the highest, the lowest, the change, what is missing. Its words are the theme's.

mod table;

use super::say::{Painter, figure};
use crate::check::views::Kind;
use crate::check::views::data::{AccountAt, Amount, Content, Event, Groups, Moment, Point, Series};
use crate::render::rule;
use crate::render::words::Words;

/// Series that a sentence speaks of one by one.
const SERIES: usize = 4;

/// Room for the rounding of doubles.
const ROUNDING: f64 = 1e-9;

/// A sentence of its parts.
pub(in crate::render) fn joined(words: &Words, clauses: &[String]) -> String {
    let clauses: Vec<&str> = clauses.iter().map(String::as_str).filter(|clause| !clause.is_empty()).collect();
    let joined = clauses.join(words.text("view_join"));
    let mut letters = joined.chars();
    let Some(first) = letters.next() else { return String::new() };
    format!("{}{}.", first.to_uppercase(), letters.as_str())
}

impl Painter<'_> {
    /// The sentence; empty where there is nothing to say that is not seen at once.
    pub(in crate::render::view) fn sentence(&self) -> String {
        let data = &self.view.data;
        let mut clauses = match &data.content {
            Content::Groups(groups) => self.of_groups(groups),
            Content::Matrix(matrix) => self.of_matrix(matrix),
            Content::Grid(grid) => self.of_grid(grid),
            Content::Documents => self.of_documents(true),
            Content::Events(events) => self.of_events(events),
            Content::Accounts(accounts) => self.of_accounts(accounts),
            Content::Sections(sections) => {
                let mut documents: Vec<_> = sections.iter().map(|(document, _)| *document).collect();
                documents.dedup();
                vec![self.said("view_sections", &[("n", &self.documents_counted(documents.len()))])]
            }
        };
        if data.unplaced > 0 {
            let key = match (self.view.kind, data.unplaced) {
                (Kind::Regions, _) => "view_elsewhere",
                (_, 1) => "view_unplaced_one",
                _ => "view_unplaced",
            };
            clauses.push(self.said(key, &[("n", &data.unplaced.to_string())]));
        }
        if data.beyond > 0 {
            let key = if data.beyond == 1 { "view_beyond_one" } else { "view_beyond" };
            clauses.push(self.said(key, &[("n", &data.beyond.to_string())]));
        }
        joined(self.words(), &clauses)
    }

    fn of_accounts(&self, accounts: &[AccountAt]) -> Vec<String> {
        let accounts: Vec<_> = accounts.iter().filter_map(|at| self.account(*at)).collect();
        let number = self.words().count("accounts", i64::try_from(accounts.len()).unwrap_or(i64::MAX));
        number.into_iter().chain(rule::accounts_in_words(self.shared, &accounts)).collect()
    }

    fn said(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.words().text(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    fn documents_counted(&self, number: usize) -> String {
        self.words().count("documents", i64::try_from(number).unwrap_or(i64::MAX)).unwrap_or_else(|| number.to_string())
    }

    fn of_groups(&self, groups: &Groups) -> Vec<String> {
        let mut clauses = Vec::new();
        match (self.view.kind, groups.series.as_slice()) {
            (Kind::Number, _) => return self.of_documents(!self.counts_documents()),
            (_, [series]) => clauses.extend(self.of_series(groups, series)),
            (_, all) => {
                for series in all.iter().take(SERIES) {
                    let Some(label) = &series.label else { continue };
                    if let Some(first) = self.of_series(groups, series).into_iter().next() {
                        clauses.push(self.said("named_value", &[("name", &self.text(label)), ("value", &first)]));
                    }
                }
            }
        }
        if self.view.kind == Kind::Regions {
            let points = groups.series.iter().flat_map(|series| series.points.iter().skip(groups.tiles.len()));
            let labels: Vec<String> = points.map(|point| self.text(&point.label)).collect();
            if !labels.is_empty() {
                clauses.push(self.said("view_no_tile", &[("labels", &self.names(&labels))]));
            }
        }
        let points = || groups.series.iter().flat_map(|series| &series.points);
        let missing: Vec<String> =
            points().filter(|point| point.amount == Amount::Missing).map(|point| self.text(&point.label)).collect();
        if !missing.is_empty() {
            clauses.push(self.said("view_unknown", &[("labels", &self.names(&missing))]));
        }
        clauses.push(self.secrecy(points().filter(|point| point.amount == Amount::Withheld).count()));
        clauses
    }

    /// How many figures are not published.
    fn secrecy(&self, withheld: usize) -> String {
        let threshold = self.view.threshold.to_string();
        match withheld {
            0 => String::new(),
            1 => self.said("view_secret_one", &[("threshold", &threshold)]),
            n => self.said("view_secret", &[("n", &n.to_string()), ("threshold", &threshold)]),
        }
    }

    fn of_series(&self, groups: &Groups, series: &Series) -> Vec<String> {
        let known: Vec<(f64, &Point)> =
            series.points.iter().filter_map(|point| Some((point.amount.number()?, point))).collect();
        match self.view.kind {
            Kind::Lines => self.of_line(&known),
            Kind::Shares => self.of_shares(&known),
            _ => self.of_bars(groups, &known),
        }
    }

    fn of_bars(&self, groups: &Groups, known: &[(f64, &Point)]) -> Vec<String> {
        let some: Vec<(f64, &Point)> = known.iter().copied().filter(|(number, _)| *number != 0.0).collect();
        let labels = |wanted: f64| -> Vec<String> {
            some.iter()
                .filter(|(number, _)| (number - wanted).abs() < ROUNDING)
                .map(|(_, point)| self.text(&point.label))
                .collect()
        };
        let value = |wanted: f64| {
            let point = some.iter().find(|(number, _)| (number - wanted).abs() < ROUNDING).map(|(_, point)| *point);
            point.map(|point| self.value_of(point)).unwrap_or_default()
        };
        let high = some.iter().map(|(number, _)| *number).fold(f64::NEG_INFINITY, f64::max);
        let low = some.iter().map(|(number, _)| *number).fold(f64::INFINITY, f64::min);
        // Of what is withheld it is not even said that it is less.
        let mut points = groups.series.iter().flat_map(|series| &series.points);
        let is_whole = points.all(|point| point.amount != Amount::Withheld);
        let about = |key: &str, wanted: f64| {
            self.said(key, &[("labels", &self.names(&labels(wanted))), ("value", &value(wanted))])
        };
        let mut clauses = Vec::new();
        match some.len() {
            0 => {}
            1 => clauses.push(about(if is_whole { "view_only" } else { "view_highest" }, high)),
            _ if (high - low).abs() < ROUNDING => clauses.push(self.said("view_equal", &[("value", &value(high))])),
            // The least of those that are shown is not the least of all.
            _ if self.view.data.beyond > 0 => clauses.push(about("view_highest", high)),
            _ => clauses.extend([about("view_highest", high), about("view_lowest", low)]),
        }
        let none: Vec<String> =
            known.iter().filter(|(number, _)| *number == 0.0).map(|(_, point)| self.text(&point.label)).collect();
        if groups.adds_up && !none.is_empty() {
            clauses.push(self.said("view_none_for", &[("labels", &self.names(&none))]));
        }
        clauses
    }

    /// An amount in a sentence, with what is counted.
    fn value_of(&self, point: &Point) -> String {
        match point.amount.number() {
            Some(number) if self.counts_documents() => self.number_with_unit(number),
            _ => self.amount_with_unit(point),
        }
    }

    fn of_line(&self, known: &[(f64, &Point)]) -> Vec<String> {
        let (Some((first, from)), Some((last, to))) = (known.first(), known.last()) else { return Vec::new() };
        if known.len() == 1 {
            return vec![
                self.said("view_only", &[("labels", &self.text(&from.label)), ("value", &self.value_of(from))]),
            ];
        }
        let (a, b) = (self.text(&from.label), self.text(&to.label));
        let difference = last - first;
        let change = if difference.abs() < ROUNDING {
            self.said("view_same", &[("from", &a), ("until", &b), ("value", &self.value_of(from))])
        } else {
            let key = if difference > 0.0 { "view_up" } else { "view_down" };
            let lang = self.words().lang;
            let values = [("from", a.as_str()), ("until", &b), ("a", &figure(lang, *first)), ("b", &self.value_of(to))];
            self.said(key, &values)
        };
        let mut clauses = vec![change];
        let high = known.iter().map(|(number, _)| *number).fold(f64::NEG_INFINITY, f64::max);
        if high > first.max(*last) + ROUNDING {
            let top: Vec<&Point> =
                known.iter().filter(|(number, _)| (number - high).abs() < ROUNDING).map(|(_, point)| *point).collect();
            let labels: Vec<String> = top.iter().map(|point| self.text(&point.label)).collect();
            let value = top.first().map(|point| self.value_of(point)).unwrap_or_default();
            clauses.push(self.said("view_highest", &[("labels", &self.names(&labels)), ("value", &value)]));
        }
        clauses
    }

    fn of_shares(&self, known: &[(f64, &Point)]) -> Vec<String> {
        let whole: f64 = known.iter().map(|(number, _)| *number).filter(|number| *number > 0.0).sum();
        let Some((most, point)) = known.iter().copied().reduce(|best, next| if next.0 > best.0 { next } else { best })
        else {
            return Vec::new();
        };
        if whole <= 0.0 {
            return Vec::new();
        }
        let value = self.number_with_unit(whole);
        let mut clauses = vec![self.said(
            "view_largest",
            &[("label", &self.text(&point.label)), ("share", &self.percent(most / whole)), ("whole", &value)],
        )];
        let none: Vec<String> =
            known.iter().filter(|(number, _)| *number == 0.0).map(|(_, point)| self.text(&point.label)).collect();
        if !none.is_empty() {
            clauses.push(self.said("view_none_for", &[("labels", &self.names(&none))]));
        }
        clauses
    }

    /// How many documents there are, and of which years.
    fn of_documents(&self, is_counted: bool) -> Vec<String> {
        let data = &self.view.data;
        let years = data.documents.iter().filter_map(|id| Some(self.shared.document(*id).date?.value.year()));
        let (first, last) = years.fold((i16::MAX, i16::MIN), |(first, last), year| (first.min(year), last.max(year)));
        let mut clauses = Vec::new();
        if is_counted {
            clauses.push(self.said("view_from_documents", &[("n", &self.documents_counted(data.documents.len()))]));
        }
        if first < last {
            clauses.push(self.said("view_years", &[("from", &first.to_string()), ("until", &last.to_string())]));
        } else if first == last {
            clauses.push(self.said("view_year", &[("year", &first.to_string())]));
        }
        if let Content::Groups(groups) = &data.content {
            let withheld =
                groups.series.iter().flat_map(|series| &series.points).filter(|point| point.amount == Amount::Withheld);
            clauses.push(self.secrecy(withheld.count()));
        }
        clauses
    }

    fn of_events(&self, events: &[Event]) -> Vec<String> {
        let dated: Vec<(Moment, Moment)> =
            events.iter().filter_map(|event| Some((event.from?, event.until.or(event.from)?))).collect();
        let mut clauses = Vec::new();
        if let (Some((first, _)), Some((_, last))) = (dated.first(), dated.last()) {
            let (from, until) = (self.moment(*first), self.moment(*last));
            let key = if dated.len() == 1 { "view_one_date" } else { "view_dates" };
            clauses.push(self.said(key, &[("n", &dated.len().to_string()), ("from", &from), ("until", &until)]));
        }
        match events.len() - dated.len() {
            0 => {}
            1 => clauses.push(self.said("view_undated_one", &[])),
            undated => clauses.push(self.said("view_undated", &[("n", &undated.to_string())])),
        }
        clauses
    }
}
