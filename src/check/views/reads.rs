//! What a view looks at, so that it is known which changes of a document it may show.

use std::collections::BTreeSet;

use super::Kind;
use super::program::{Every, Expression, People, Program, Sort};
use crate::check::rules::language::expr::Kind as Part;
use crate::check::rules::language::reads::Reads as Names;
use crate::model::{Revised, Revision, Site};
use crate::schema::Schema;

/// What a view looks at.
#[derive(Debug, Clone, Default)]
pub(super) struct Reads {
    /// The collections whose documents it goes through.
    collections: BTreeSet<String>,
    /// What it may read of them.
    names: Names,
    /// The rules whose accounts it shows, by their places.
    pub(super) rules: Vec<usize>,
}

impl Reads {
    pub(super) fn of(program: &Program<'_>, schema: &Schema) -> Self {
        let mut collections: BTreeSet<String> = program.of.iter().map(|collection| collection.id.clone()).collect();
        if let Some(tiles) = &program.source_of_tiles {
            collections.extend(tiles.of.iter().cloned());
        }
        let mut names = Names::of(expressions(program).map(|expression| &expression.formula.expr));
        // Whether documents stand in it by their titles: most views hold no more of a document than which one it is.
        let mut has_titles = program.source_of_tiles.is_some() || names.whole_book;
        for expression in expressions(program) {
            has_titles |= matches!(expression.formula.expr.kind, Part::Root(_));
            if let Every::Documents(every) = &expression.facts.every {
                collections.extend(every.iter().cloned());
                has_titles = true;
            }
        }
        if has_titles {
            names.name("title");
        }
        if program.kind == Kind::Gathered {
            names.name("sections");
        }
        // What readers are told first.
        let declared = collections.iter().filter_map(|id| schema.collection(id)).flat_map(|it| &it.fields);
        declared.filter(|(_, field)| field.notice.is_some()).for_each(|(name, _)| names.name(name));
        Self { collections, names, rules: program.rules.clone() }
    }

    /// Whether it may show something else once a document has changed.
    pub(super) fn has(&self, site: &Site, revision: &Revision, Revised { was, names }: &Revised) -> bool {
        let is_read = |id: &String| self.collections.contains(id);
        let is_looked_at =
            self.names.whole_book || was.collection.as_ref().is_some_and(is_read) || !site.backlinks(was.id).is_empty();
        let is_resorted = was.collection.as_ref().is_some_and(|id| revision.resorts(id));
        is_looked_at && (is_resorted || self.names.has_any(names))
    }
}

fn expressions<'p>(program: &'p Program<'_>) -> impl Iterator<Item = &'p Expression> {
    let Program { each, filter, by, split, rows, measure, value, see, date, until, when, label, text, .. } = program;
    let own = [each, filter, by, split, rows, measure, value, see, date, until, when, label, text];
    let people = if let Some(People::Of(people)) = &program.people { Some(people.as_ref()) } else { None };
    let sort = if let Sort::By(by, _) = &program.sort { Some(by.as_ref()) } else { None };
    let tiles = program.source_of_tiles.iter().flat_map(|tiles| {
        let some = [&tiles.filter, &tiles.id, &tiles.label, &tiles.title].into_iter().flatten();
        some.chain([&tiles.row, &tiles.column])
    });
    let columns = program.columns.iter().map(|column| &column.value);
    own.into_iter().flatten().chain(people).chain(sort).chain(tiles).chain(columns)
}
