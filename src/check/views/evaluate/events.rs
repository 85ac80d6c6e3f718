//! What happened, in order; and what documents say under one heading.

use super::Evaluator;
use super::item::Item;
use super::shown::shown_document;
use crate::check::rules::language::value::Val;
use crate::check::views::data::{Content, Data, Event, Moment, Shown};
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
                from: event.from,
                until: event.until,
                when: None,
                title: Shown::Markdown(event.title.clone(), source),
                text: event.text.clone().map_or(Shown::Nothing, |text| Shown::Markdown(text, source)),
            })
            .collect();
        for item in items {
            let day =
                |expression: &'p Option<Expression>| match expression.as_ref().map(|date| self.of_item(date, item)) {
                    Some(Val::Date(date)) => Some(Moment::day(date)),
                    Some(Val::Number(year)) => Moment::parse(&year.to_string()),
                    Some(other) => other.as_text().and_then(Moment::parse),
                    None => None,
                };
            let own = item.document.date.as_ref().map(|date| Moment::day(date.value));
            let from = if self.program.date.is_some() { day(&self.program.date) } else { own };
            let Some(from) = from else {
                data.unplaced += 1;
                continue;
            };
            let text = |expression: &'p Option<Expression>| {
                expression
                    .as_ref()
                    .map(|text| self.shown(&text.facts, &self.of_item(text, item), item.document.page.source))
            };
            let summary = item.document.page.summary.as_ref().map(|summary| Shown::Text(summary.value.clone()));
            let when = text(&self.program.when);
            events.push(Event {
                from,
                until: day(&self.program.until),
                when: if let Some(Shown::Text(when)) = when { Some(when) } else { None },
                title: text(&self.program.label)
                    .unwrap_or_else(|| of_entry(item).unwrap_or_else(|| shown_document(item.document))),
                text: text(&self.program.text).or(summary).unwrap_or(Shown::Nothing),
            });
        }
        events.sort_by_key(|event| event.from);
        data.beyond = events.len().saturating_sub(self.limit());
        events.truncate(self.limit());
        data.content = Content::Events(events);
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

/// The entry that an item is.
fn of_entry(item: &Item<'_>) -> Option<Shown> {
    let Some(Val::Object(object)) = &item.each else { return None };
    let number = object.get("number")?.value.as_text()?;
    let place = item.document.entries.iter().position(|entry| entry.number.value == number)?;
    Some(Shown::Entry(item.document.id, place))
}
