//! Which declared field an expression reads, where it reads one: its title, its unit and its choices are shown with it.

use super::program::{Every, Facts, Order};
use crate::check::rules::language::expr::{Expr, Kind, Ready, Root};
use crate::check::rules::language::types::Type;
use crate::diagnostic::{Lang, tr};
use crate::model::Site;
use crate::schema::{Collection, Declared, EntryPart, Field, Shape};

/// What stands before an expression: the documents, and the field whose items are taken one by one.
#[derive(Clone)]
pub(super) struct Ground<'a> {
    pub site: &'a Site,
    /// The language of the book.
    pub lang: Lang,
    pub of: Vec<&'a Collection>,
    pub each: Option<&'a Field>,
}

/// What has fields.
enum Owner<'a> {
    Collections(Vec<&'a Collection>),
    Object(&'a Declared),
    Nothing,
}

impl<'a> Ground<'a> {
    /// The field that an expression reads.
    pub(super) fn field(&self, expr: &Expr) -> Option<&'a Field> {
        match &expr.kind {
            Kind::Root(Root::Each) => self.each,
            Kind::Select(of, field) => self.owner(of).find(&field.name),
            Kind::Call(call) => {
                let Ready::Path(path) = &call.ready else { return None };
                let list = call.args.first()?;
                let mut owner = match &list.kind {
                    Kind::Root(Root::Group) => match self.each {
                        Some(each) => self.inside(each),
                        None => Owner::Collections(self.of.clone()),
                    },
                    _ => self.inside(self.field(list)?),
                };
                let mut found = None;
                for name in path.iter() {
                    let field = owner.find(name)?;
                    owner = self.inside(field);
                    found = Some(field);
                }
                found
            }
            _ => None,
        }
    }

    /// What readers call what every document has.
    fn built_in(&self, expr: &Expr) -> Option<String> {
        let lang = self.lang;
        match &expr.kind {
            Kind::Root(Root::Doc) => {
                let [collection] = self.of.as_slice() else { return Some("Document".to_owned()) };
                let mut letters = collection.singular.chars();
                let first = letters.next()?;
                Some(format!("{}{}", first.to_uppercase(), letters.as_str()))
            }
            Kind::Select(_, field) => Some(match &*field.name {
                "title" => tr!(lang, "Titre", "Title"),
                "date" => tr!(lang, "Date", "Date"),
                "updated" => tr!(lang, "Mise à jour", "Updated"),
                "summary" => tr!(lang, "Résumé", "Summary"),
                _ => return None,
            }),
            Kind::Call(call) if call.function.name == "year" => Some(tr!(lang, "Année", "Year")),
            _ => None,
        }
    }

    fn owner(&self, expr: &Expr) -> Owner<'a> {
        match &expr.kind {
            Kind::Root(Root::Doc) => Owner::Collections(self.of.clone()),
            Kind::Index(of, _) => self.field(of).map_or(Owner::Nothing, |field| self.inside(field)),
            _ => self.field(expr).map_or(Owner::Nothing, |field| self.inside(field)),
        }
    }

    fn inside(&self, field: &'a Field) -> Owner<'a> {
        match &field.shape {
            Shape::Array(items) => self.inside(items),
            Shape::Object(object) | Shape::Outcome(object) | Shape::Entries(object) => {
                Owner::Object(&object.properties)
            }
            Shape::Reference(reference) if reference.entries == EntryPart::None => {
                let schema = &self.site.schema;
                Owner::Collections(reference.to.iter().filter_map(|to| schema.collection(&to.value)).collect())
            }
            _ => Owner::Nothing,
        }
    }

    /// What the schema says of an expression of some type.
    pub(super) fn facts(&self, expr: &Expr, found: &Type<'a>) -> Facts {
        let field = self.field(expr);
        let shape = field.map(|field| inner(&field.shape));
        let calls = |names: &[&str]| matches!(&expr.kind, Kind::Call(call) if names.contains(&call.function.name));
        let is_ordinal = calls(&["year", "month", "semester"])
            || field.is_some_and(|field| field.unit.is_none() && matches!(shape, Some(Shape::Integer)));
        let mut facts = Facts {
            title: field.map(|field| field.title.clone()).or_else(|| self.built_in(expr)),
            unit: field.and_then(|field| innermost(field).unit.clone().or_else(|| field.unit.clone())),
            is_markdown: matches!(shape, Some(Shape::Markdown)),
            is_outcome: matches!(shape, Some(Shape::Outcome(_))),
            order: match leaf(found) {
                Type::Number if is_ordinal => Order::Ordinal,
                Type::Date => Order::Days,
                _ => Order::None,
            },
            ..Facts::default()
        };
        facts.every = match leaf(found) {
            Type::Choice(choices) => {
                facts.choices = Some((*choices).clone());
                Every::Choices
            }
            Type::Document(collections) => Every::Documents(collections.iter().map(|one| one.id.clone()).collect()),
            Type::Entry(_) => Every::Entries,
            Type::Number if is_ordinal => Every::Whole,
            _ => Every::Open,
        };
        facts
    }
}

impl<'a> Owner<'a> {
    fn find(&self, name: &str) -> Option<&'a Field> {
        match self {
            Self::Collections(collections) => collections.iter().find_map(|collection| collection.fields.get(name)),
            Self::Object(properties) => properties.get(name),
            Self::Nothing => None,
        }
    }
}

/// The type of what is in a list, at any depth.
fn leaf<'t, 'a>(found: &'t Type<'a>) -> &'t Type<'a> {
    match found {
        Type::List(items) => leaf(items),
        other => other,
    }
}

fn innermost(field: &Field) -> &Field {
    match &field.shape {
        Shape::Array(items) => innermost(items),
        _ => field,
    }
}

fn inner(shape: &Shape) -> &Shape {
    match shape {
        Shape::Array(items) => inner(&items.shape),
        shape => shape,
    }
}
