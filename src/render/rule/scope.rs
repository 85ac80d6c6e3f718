use crate::check::rules::Program;
use crate::check::rules::language::expr::{Call, Expr, Kind, LoopKind, Ready, Root};
use crate::model::Site;
use crate::schema::{Collection, Declared, Field, ObjectShape, Schema, Shape};

/// What a part of an expression stands for, as far as its words need to know.
#[derive(Clone)]
pub(super) enum Scope<'a> {
    /// A document of one of these collections.
    Document(Vec<&'a Collection>),
    /// What a field holds.
    Field(&'a Field),
    /// Keys and values.
    Object(&'a ObjectShape),
    Date,
    List(Box<Self>),
    Unknown,
}

/// Where names of an expression are looked up.
pub(super) struct Names<'a> {
    pub(super) site: &'a Site,
    pub(super) program: &'a Program,
    /// The collections that the rule applies to.
    pub(super) collections: Vec<&'a Collection>,
    /// The variables of the loops around, outermost first.
    pub(super) locals: Vec<Scope<'a>>,
}

impl<'a> Names<'a> {
    /// What a part stands for.
    pub(super) fn scope(&self, expr: &Expr) -> Scope<'a> {
        match &expr.kind {
            Kind::Root(root) => self.root(*root),
            Kind::Local(local) => self.locals.get(*local).cloned().unwrap_or(Scope::Unknown),
            Kind::Select(of, field) => self.scope(of).field(&self.site.schema, &field.name).0,
            Kind::Index(of, index) => match (&of.kind, &index.kind) {
                (Kind::Root(Root::Key), Kind::Number(place)) => {
                    self.key_part(*place).map_or(Scope::Unknown, |part| self.scope(part))
                }
                (_, Kind::Text(name)) => self.scope(of).field(&self.site.schema, name).0,
                _ => self.scope(of).item(),
            },
            Kind::Loop(over) if over.kind == LoopKind::Filter => self.scope(&over.over),
            Kind::Call(call) => self.call(call),
            _ => Scope::Unknown,
        }
    }

    /// The expression that a part of the key comes from.
    pub(super) fn key_part(&self, place: f64) -> Option<&'a Expr> {
        #[expect(clippy::cast_precision_loss, reason = "a key has few parts")]
        let found = self.program.group_by.iter().enumerate().find(|(at, _)| (*at as f64 - place).abs() < 0.5);
        found.map(|(_, formula)| &formula.expr)
    }

    fn root(&self, root: Root) -> Scope<'a> {
        let documents = || Scope::Document(self.collections.clone());
        match root {
            Root::Doc => documents(),
            Root::Each => {
                self.program.for_each.as_ref().map_or(Scope::Unknown, |formula| self.scope(&formula.expr).item())
            }
            Root::Group | Root::Previous => Scope::List(Box::new(documents())),
            Root::Today => Scope::Date,
            Root::Let(place) => {
                let definition = self.program.definitions.get(place);
                definition.map_or(Scope::Unknown, |formula| self.scope(&formula.expr))
            }
            Root::Key | Root::Params | Root::Used | Root::Limit => Scope::Unknown,
        }
    }

    fn call(&self, call: &Call) -> Scope<'a> {
        let Some(first) = call.args.first() else { return Scope::Unknown };
        let at_path = || match &call.ready {
            Ready::Path(path) => {
                path.iter().fold(self.scope(first).item(), |scope, name| scope.field(&self.site.schema, name).0)
            }
            _ => self.scope(first).item(),
        };
        match call.function.name {
            "date" | "add_days" => Scope::Date,
            "first" | "last" => self.scope(first).item(),
            "sorted" => self.scope(first),
            "min" | "max" => at_path(),
            "values" | "distinct" => Scope::List(Box::new(at_path())),
            "documents" | "referrers" => {
                let named = call.args.last().and_then(|arg| match &arg.kind {
                    Kind::Text(name) => self.site.schema.collection(name),
                    _ => None,
                });
                Scope::List(Box::new(Scope::Document(named.into_iter().collect())))
            }
            _ => Scope::Unknown,
        }
    }
}

impl<'a> Scope<'a> {
    /// What a name in it stands for, and what readers call that.
    pub(super) fn field(&self, schema: &'a Schema, name: &str) -> (Self, Option<&'a str>) {
        let declared =
            |fields: &'a Declared| fields.get(name).map(|field| (Self::Field(field), Some(field.title.as_str())));
        let found = match self {
            Self::Document(collections) => collections.iter().find_map(|collection| declared(&collection.fields)),
            Self::Object(shape) => declared(&shape.properties),
            Self::Field(field) => match &field.shape {
                Shape::Object(shape) | Shape::Outcome(shape) => declared(&shape.properties),
                Shape::Array(_) | Shape::Entries(_) => Some(self.item().field(schema, name)),
                Shape::Reference(shape) => {
                    let collections = || shape.to.iter().filter_map(|to| schema.collection(&to.value));
                    let entries = collections().flat_map(|collection| collection.fields.values()).find_map(|field| {
                        let Shape::Entries(shape) = &field.shape else { return None };
                        declared(&shape.properties)
                    });
                    collections().find_map(|collection| declared(&collection.fields)).or(entries)
                }
                _ => None,
            },
            Self::List(item) => Some(item.field(schema, name)),
            Self::Date | Self::Unknown => None,
        };
        let reserved = if matches!(name, "date" | "updated") { Self::Date } else { Self::Unknown };
        found.unwrap_or((reserved, None))
    }

    /// What an item of it stands for.
    pub(super) fn item(&self) -> Self {
        match self {
            Self::List(item) => (**item).clone(),
            Self::Field(field) => match &field.shape {
                Shape::Array(items) => Self::Field(items),
                Shape::Entries(shape) => Self::Object(shape),
                _ => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }

    pub(super) fn is_date(&self) -> bool {
        matches!(self, Self::Date) || matches!(self, Self::Field(field) if matches!(field.shape, Shape::Date))
    }

    /// What one of it is called.
    pub(super) fn noun(&self, schema: &'a Schema) -> Option<&'a str> {
        match self {
            Self::Document(collections) => collections.first().map(|collection| collection.singular.as_str()),
            Self::Field(field) => match &field.shape {
                Shape::Reference(shape) => {
                    let to = shape.to.first().and_then(|to| schema.collection(&to.value));
                    to.map(|collection| collection.singular.as_str())
                }
                _ => None,
            },
            _ => None,
        }
    }
}
