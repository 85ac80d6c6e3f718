//! What happened, in order; and what documents say under one heading.

use super::Evaluator;
use super::item::Item;
use super::shown::shown_document;
use crate::check::rules::language::value::Val;
use crate::check::rules::locate;
use crate::check::views::data::{Content, Data, Event, Moment, Shown};
use crate::check::views::moment::parse_period;
use crate::check::views::program::Expression;
use crate::parse::slug;

impl<'p> Evaluator<'p> {
    pub(super) fn events(&self, items: &[Item<'p>], data: &mut Data) {
        let source = self.program.source;
        let mut events: Vec<Event> = self
            .program
            .events
            .iter()
            .map(|event| Event {
                from: Some(event.from),
                until: event.until,
                when: None,
                title: Shown::Markdown(event.title.clone(), source),
                text: event.text.clone().map_or(Shown::Nothing, |text| Shown::Markdown(text, source)),
            })
            .collect();
        for item in items {
            let own = item.document.date.as_ref().map(|date| Moment::day(date.value));
            let said = match &self.program.date {
                Some(date) => self.when(date, item),
                None => own.map_or(When::Nothing, |day| When::Known(day, None)),
            };
            let until = match self.program.until.as_ref().map(|until| self.when(until, item)) {
                // The end of an end is the end.
                Some(When::Known(from, until)) => Some(until.unwrap_or(from)),
                _ => None,
            };
            let (from, own_end, unread) = match said {
                When::Known(from, until) => (Some(from), until, None),
                When::Unread(text) => (None, None, Some(text)),
                When::Nothing => {
                    data.unplaced += 1;
                    continue;
                }
            };
            let text = |expression: &'p Option<Expression>| {
                expression
                    .as_ref()
                    .map(|text| self.shown(&text.facts, &self.of_item(text, item), item.document.page.source))
            };
            // What a document says of itself is not about one of its items.
            let summary = item
                .document
                .page
                .summary
                .as_ref()
                .filter(|_| item.each.is_none())
                .map(|summary| Shown::Text(summary.value.clone()));
            let when = text(&self.program.when);
            events.push(Event {
                from,
                until: until.or(own_end),
                when: if let Some(Shown::Text(when)) = when { Some(when) } else { unread },
                title: text(&self.program.label)
                    .unwrap_or_else(|| of_entry(item).unwrap_or_else(|| shown_document(item.document))),
                text: text(&self.program.text).or(summary).unwrap_or(Shown::Nothing),
            });
        }
        events.sort_by_key(|event| (event.from.is_none(), event.from));
        data.beyond = events.len().saturating_sub(self.limit());
        events.truncate(self.limit());
        data.content = Content::Events(events);
    }

    /// What an expression says of when something was. A text that cannot be read is a finding where it is written.
    fn when(&self, expression: &'p Expression, item: &Item<'p>) -> When {
        let val = self.of_item(expression, item);
        let text = match &val {
            Val::Date(date) => return When::Known(Moment::day(*date), None),
            Val::Number(number) => number.to_string(),
            other => other.as_text().unwrap_or_default().trim().to_owned(),
        };
        if text.is_empty() {
            return When::Nothing;
        }
        if let Some((from, until)) = parse_period(&text) {
            return When::Known(from, until);
        }
        if let Some(span) = locate::of_value(&expression.formula.expr, item.document, item.each.as_ref()) {
            self.unread(span, &text);
        }
        When::Unread(text)
    }

    pub(super) fn sections(&self, items: &[Item<'p>], data: &mut Data) {
        let mut sections = Vec::new();
        for item in items {
            let of_item = item.document.page.body.sections.iter().enumerate().filter(|(_, section)| section.level > 0);
            let named = of_item
                .filter(|(_, section)| section.items > 0 && slug(&section.title) == self.program.section)
                .map(|(place, _)| (item.document.id, place));
            let before = sections.len();
            sections.extend(named);
            data.unplaced += usize::from(sections.len() == before);
        }
        data.beyond = sections.len().saturating_sub(self.limit());
        sections.truncate(self.limit());
        data.content = Content::Sections(sections);
    }
}

/// What is said of when something was.
enum When {
    /// From then on, and until when where that is said too.
    Known(Moment, Option<Moment>),
    /// In words that cannot be read.
    Unread(String),
    Nothing,
}

/// The entry that an item is.
fn of_entry(item: &Item<'_>) -> Option<Shown> {
    let Some(Val::Object(object)) = &item.each else { return None };
    let number = object.get("number")?.value.as_text()?;
    let place = item.document.entries.iter().position(|entry| entry.number.value == number)?;
    Some(Shown::Entry(item.document.id, place))
}
