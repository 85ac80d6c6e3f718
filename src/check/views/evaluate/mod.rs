//! From a compiled view to its data, in one pass over the documents that it is about.

mod item;
mod shown;
mod axis;
mod groups;
mod matrix;
mod withhold;
mod audit;
mod grid;
mod events;
mod accounts;
mod tiles;
mod report;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use self::item::Item;
use super::data::{Content, Data};
use super::program::{Expression, Program};
use super::reads::Reads;
use super::{Judged, Kind, View};
use crate::check::Context;
use crate::check::rules::language::eval::{Case, Machine, Reason, Trouble};
use crate::check::rules::language::value::{Val, World};
use crate::diagnostic::Sink;
use crate::model::DocumentId;
use crate::schema::{Collection, Field};
use crate::source::Span;

/// Views have no constants of their own.
static NO_PARAMS: Val<'static> = Val::Null;

/// Evaluates a view; what cannot be computed is a finding at its word, and counts as missing.
pub(super) fn evaluate(cx: &Context<'_>, judged: Judged<'_>, mut program: Program<'_>) -> View {
    let (mut sink, reads) = (Sink::new(cx.lang), Reads::of(&program, &cx.site.schema));
    let world = World { site: cx.site, specimens: None, today: cx.today, lang: cx.config.lang() };
    if let Some(source) = program.source_of_tiles.take() {
        let evaluator = Evaluator::new(world, judged, &program);
        let regions = evaluator.regions(&source, &mut sink);
        evaluator.report(&mut sink);
        program.tiles = regions;
    }
    let evaluator = Evaluator::new(world, judged, &program);
    let data = evaluator.data();
    evaluator.report(&mut sink);
    View {
        name: program.name.value,
        title: program.title,
        kind: program.kind,
        span: program.span,
        unit: program.unit.or_else(|| {
            let unit = program.measure.as_ref()?.facts.unit.clone()?;
            Some((unit.clone(), unit))
        }),
        note: program.note,
        definition: program.definition,
        method: program.method,
        of: program.of.iter().map(|collection| collection.id.clone()).collect(),
        threshold: program.threshold,
        data,
        reads,
        found: sink.into_diagnostics(),
    }
}

struct Evaluator<'p> {
    world: World<'p>,
    judged: Judged<'p>,
    program: &'p Program<'p>,
    /// What could not be computed, each with the first document by name for which it was so.
    troubles: Mutex<BTreeMap<Span, String>>,
    /// Texts that should say when something was, each with its place.
    unread: Mutex<BTreeMap<Span, String>>,
}

impl<'p> Evaluator<'p> {
    fn new(world: World<'p>, judged: Judged<'p>, program: &'p Program<'p>) -> Self {
        Self { world, judged, program, troubles: Mutex::default(), unread: Mutex::default() }
    }

    fn data(&self) -> Data {
        // An account is never cut down to some of its documents.
        let items = if self.program.kind == Kind::Ledger { Vec::new() } else { self.items() };
        let mut documents: Vec<DocumentId> = items.iter().map(|item| item.document.id).collect();
        documents.dedup();
        let mut data = Data {
            content: Content::Documents,
            items: items.len(),
            unplaced: 0,
            beyond: 0,
            notices: Vec::new(),
            documents,
        };
        match self.program.kind {
            Kind::Number | Kind::Bars | Kind::Dots | Kind::Lines | Kind::Shares | Kind::Regions => {
                self.groups(&items, &mut data);
            }
            Kind::Matrix => self.matrix(&items, &mut data),
            Kind::Table => self.table(&items, &mut data),
            Kind::Compare => self.compare(&items, &mut data),
            Kind::Ledger => self.accounts(&mut data),
            Kind::Timeline => self.events(&items, &mut data),
            Kind::Gathered => self.sections(&items, &mut data),
            Kind::List => {
                data.beyond = data.documents.len().saturating_sub(self.limit());
                data.documents.truncate(self.limit());
            }
        }
        data.notices = self.notices(&data.documents);
        data
    }

    /// How many lines are shown at most, where the view does not say: more than that nobody reads, and the view says how many more
    /// there are.
    fn limit(&self) -> usize {
        self.program.limit.unwrap_or(match self.program.kind {
            Kind::Table | Kind::List => 500,
            Kind::Timeline => 300,
            Kind::Ledger | Kind::Matrix => 200,
            _ => 100,
        })
    }

    /// The value of an expression; what is missing or impossible is nothing.
    fn value(&self, expression: &'p Expression, case: Case<'p>, about: &str) -> Val<'p> {
        self.try_value(expression, case).unwrap_or_else(|span| {
            self.trouble(span, about);
            Val::Null
        })
    }

    /// The value of an expression over a group; where there is none, the item that keeps it from having one is looked for.
    fn of_group(&self, expression: &'p Expression, items: &[&Item<'p>]) -> Val<'p> {
        self.try_value(expression, Self::group(items)).unwrap_or_else(|span| {
            let culprit = items.iter().find(|item| self.try_value(expression, Self::group(&[item])).is_err());
            let about = culprit.or(items.first()).map_or("", |item| &item.document.name);
            self.trouble(span, about);
            Val::Null
        })
    }

    fn try_value(&self, expression: &'p Expression, case: Case<'p>) -> Result<Val<'p>, Span> {
        let formula = &expression.formula;
        match Machine::new(self.world, &NO_PARAMS, &[], case).eval(&formula.expr) {
            Ok(val) => Ok(val),
            Err(Trouble { reason: Reason::Missing | Reason::Impossible, .. }) => Ok(Val::Null),
            Err(trouble) => Err(formula.place.span(&trouble.at)),
        }
    }

    fn trouble(&self, span: Span, about: &str) {
        let mut troubles = self.troubles.lock().unwrap_or_else(PoisonError::into_inner);
        let name = troubles.entry(span).or_insert_with(|| about.to_owned());
        if about < name.as_str() {
            about.clone_into(name);
        }
    }

    fn unread(&self, span: Span, text: &str) {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner).insert(span, text.to_owned());
    }

    fn of_item(&self, expression: &'p Expression, item: &Item<'p>) -> Val<'p> {
        self.value(expression, item.case(), &item.document.name)
    }

    /// What readers are told of some documents before anything else, and of how many.
    fn notices(&self, documents: &[DocumentId]) -> Vec<(String, usize)> {
        let mut notices: Vec<(String, usize)> = Vec::new();
        // Documents of one collection mostly stand together, and few collections have anything to tell.
        let mut last: Option<(&str, Vec<&Field>)> = None;
        for document in documents.iter().map(|id| self.world.site.document(*id)) {
            let Some(id) = document.collection.as_deref() else { continue };
            let told = match &last {
                Some((known, told)) if *known == id => told,
                _ => {
                    let collection = self.world.site.schema.collection(id);
                    &last.insert((id, collection.into_iter().flat_map(Collection::notices).collect())).1
                }
            };
            for field in told.iter().filter(|field| document.is_true(field)) {
                match notices.iter_mut().find(|(known, _)| *known == field.title) {
                    Some((_, count)) => *count += 1,
                    None => notices.push((field.title.clone(), 1)),
                }
            }
        }
        notices
    }
}
