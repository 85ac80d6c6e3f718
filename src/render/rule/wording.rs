use super::scope::{Names, Scope};
use crate::check::rules::Rule;
use crate::check::rules::language::expr::{Arithmetic, Call, Expr, Kind, Loop, LoopKind, Order, Ready, Root};
use crate::check::rules::language::name::Name;
use crate::model::Target;
use crate::render::escape::escape;
use crate::render::number;
use crate::render::shared::Shared;
use crate::render::value;
use crate::schema::Shape;

/// A threshold that takes no more room than this is said where it is used.
const SHORT: usize = 24;

/// Puts expressions into words, as HTML; what the theme has no words for stays as it is written.
pub(super) struct Wording<'a, 's> {
    pub(super) shared: &'s Shared<'a>,
    pub(super) rule: &'a Rule,
    pub(super) names: Names<'a>,
    /// The expression that is being read.
    pub(super) text: &'a str,
    /// Whether fields of a document and of an item stand side by side, so that each must say whose it is.
    pub(super) mixed: bool,
}

impl Wording<'_, '_> {
    /// The conditions that must all hold; for an alternative, those of which one must.
    pub(super) fn clauses(&mut self, expr: &Expr) -> Vec<String> {
        match &expr.kind {
            Kind::And(parts) | Kind::Or(parts) => parts.iter().map(|part| self.condition(part, false)).collect(),
            _ => vec![self.condition(expr, false)],
        }
    }

    /// A part as a condition or as a value, whichever it is.
    pub(super) fn part(&mut self, expr: &Expr) -> String {
        let decides = matches!(
            expr.kind,
            Kind::Not(_) | Kind::Has(..) | Kind::And(_) | Kind::Or(_) | Kind::Equal(..) | Kind::Order(..) | Kind::In(_)
        );
        if decides { self.condition(expr, false) } else { self.value(expr) }
    }

    /// A part that is true or false; `not` says that it must not hold.
    fn condition(&mut self, expr: &Expr, not: bool) -> String {
        match &expr.kind {
            Kind::Not(of) => self.condition(of, !not),
            Kind::And(parts) => self.joined("and", "or", not, parts),
            Kind::Or(parts) => self.joined("or", "and", not, parts),
            Kind::Has(of, field) => {
                let name = self.named(of, &field.name);
                self.say("has", not, &[name], expr)
            }
            Kind::Equal(parts, equal) => {
                let [left, right] = &**parts;
                match (&left.kind, &right.kind) {
                    (_, Kind::Boolean(truth)) => self.condition(left, not ^ (truth != equal)),
                    (_, Kind::Null) => {
                        let name = self.value(left);
                        self.say("has", not ^ equal, &[name], expr)
                    }
                    _ => {
                        let args = [self.compared(left, right), self.compared(right, left)];
                        self.say("equal", not ^ !equal, &args, expr)
                    }
                }
            }
            Kind::Order(order, parts) => {
                let [left, right] = &**parts;
                let order = if not { opposite(*order) } else { *order };
                let key = match order {
                    Order::Less => "less",
                    Order::AtMost => "at_most",
                    Order::More => "more",
                    Order::AtLeast => "at_least",
                };
                let dates = self.names.scope(left).is_date() || self.names.scope(right).is_date();
                let args = [self.value(left), self.value(right)];
                self.say(&if dates { format!("{key}_date") } else { key.to_owned() }, false, &args, expr)
            }
            Kind::In(parts) => {
                let [item, list] = &**parts;
                let args = [self.compared(item, list), self.compared(list, item)];
                self.say("in", not, &args, expr)
            }
            Kind::If(parts) => {
                let [when, then, otherwise] = &**parts;
                let args = [self.condition(when, false), self.condition(then, false), self.condition(otherwise, false)];
                self.say("if", not, &args, expr)
            }
            Kind::Loop(over) if matches!(over.kind, LoopKind::All | LoopKind::Exists | LoopKind::ExistsOne) => {
                let key = match over.kind {
                    LoopKind::All => "all",
                    LoopKind::Exists => "exists",
                    _ => "exists_one",
                };
                let args = self.loop_parts(over);
                self.say(key, not, &args, expr)
            }
            Kind::Call(call) => self.call(call, not, expr),
            Kind::Boolean(_) => self.value(expr),
            _ => {
                let name = self.value(expr);
                self.say("yes", not, &[name], expr)
            }
        }
    }

    fn joined(&mut self, key: &str, negated: &str, not: bool, parts: &[Expr]) -> String {
        let key = if not { negated } else { key };
        let words: Vec<String> = parts
            .iter()
            .map(|part| {
                let words = self.condition(part, not);
                let several = |expr: &Expr| matches!(expr.kind, Kind::And(_) | Kind::Or(_));
                let nested = several(part) || matches!(&part.kind, Kind::Loop(over) if several(&over.body));
                if nested { format!("({words})") } else { words }
            })
            .collect();
        words.join(self.shared.words().expression(key).unwrap_or(key))
    }

    /// A part that is not a condition.
    pub(super) fn value(&mut self, expr: &Expr) -> String {
        let lang = self.shared.words().lang;
        match &expr.kind {
            Kind::Null => self.say("null", false, &[], expr),
            Kind::Boolean(truth) => self.say(if *truth { "true" } else { "false" }, false, &[], expr),
            Kind::Number(number) => number::bare(lang, *number),
            Kind::Text(text) => self.quoted(text),
            Kind::Root(root) => self.root(*root, expr),
            Kind::Local(local) if local + 1 < self.names.locals.len() => self.say("first_item", false, &[], expr),
            Kind::Local(_) => self.say("that_item", false, &[], expr),
            Kind::Select(of, field) if matches!(of.kind, Kind::Root(Root::Params)) => {
                let shown = self.rule.written.params.iter().find(|(name, _)| *name == field.name);
                match shown.filter(|(_, shown)| shown.chars().count() <= SHORT) {
                    Some((_, shown)) => self.say("param", false, &[escape(shown), code(&field.name)], expr),
                    None => code(&field.name),
                }
            }
            Kind::Select(of, field) => self.named(of, &field.name),
            Kind::Index(of, index) => match (&of.kind, &index.kind) {
                (Kind::Root(Root::Key), Kind::Number(place)) => match self.names.key_part(*place) {
                    Some(part) => self.value(part),
                    None => self.as_written(expr),
                },
                (_, Kind::Text(name)) => self.named(of, name),
                _ => self.as_written(expr),
            },
            Kind::List(items) => items.iter().map(|item| self.value(item)).collect::<Vec<_>>().join(", "),
            Kind::Negate(of) => format!("−{}", self.value(of)),
            Kind::Arithmetic(sign, parts) => {
                let [left, right] = &**parts;
                let sign = match sign {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "−",
                    Arithmetic::Multiply => "×",
                    Arithmetic::Divide => "÷",
                    Arithmetic::Remainder => return self.as_written(expr),
                };
                format!("{} {sign} {}", self.value(left), self.value(right))
            }
            Kind::If(parts) => {
                let [when, then, otherwise] = &**parts;
                let args = [self.condition(when, false), self.value(then), self.value(otherwise)];
                self.say("if", false, &args, expr)
            }
            Kind::Loop(over) if matches!(over.kind, LoopKind::Filter | LoopKind::Map) => {
                let args = self.loop_parts(over);
                self.say(if over.kind == LoopKind::Filter { "filter" } else { "map" }, false, &args, expr)
            }
            Kind::Call(call) => self.call(call, false, expr),
            _ => self.condition(expr, false),
        }
    }

    fn root(&self, root: Root, expr: &Expr) -> String {
        let key = match root {
            Root::Doc => "doc",
            Root::Each => match self.names.scope(expr).noun(&self.names.site.schema) {
                Some(noun) => return self.quoted(noun),
                None => "each",
            },
            Root::Group => "group",
            Root::Previous => "previous",
            Root::Today => "today",
            Root::Used => "used",
            Root::Limit => "limit",
            Root::Let(place) => {
                let name = self.rule.written.definitions.get(place).map(|(name, _)| code(name));
                return name.unwrap_or_else(|| self.as_written(expr));
            }
            Root::Key | Root::Params => return self.as_written(expr),
        };
        self.say(key, false, &[], expr)
    }

    /// A field, by its title, with the title of what it stands in where that is a field too.
    fn named(&self, of: &Expr, name: &str) -> String {
        let schema = &self.names.site.schema;
        let words = self.shared.words();
        let title = self.names.scope(of).field(schema, name).1.filter(|title| *title != name);
        let title = title.or_else(|| words.expression(&format!("field_{name}")));
        let own = title.map_or_else(|| code(name), |title| self.quoted(title));
        let whose = |key: &str| fill(words.expression(key).unwrap_or("{0}"), std::slice::from_ref(&own));
        match &of.kind {
            Kind::Select(around, field) => match self.names.scope(around).field(schema, &field.name).1 {
                Some(title) => fill(words.expression("field_of").unwrap_or("{0}"), &[own, escape(title)]),
                None => own,
            },
            Kind::Root(Root::Doc | Root::Each) if self.mixed => whose("of_doc"),
            Kind::Local(local) if self.mixed && local + 1 < self.names.locals.len() => whose("of_first_item"),
            Kind::Local(_) if self.mixed => whose("of_item"),
            _ => own,
        }
    }

    /// A value that another is compared with: a choice is said by its label, the name of a document by its title.
    fn compared(&mut self, expr: &Expr, other: &Expr) -> String {
        match &expr.kind {
            Kind::Text(text) => {
                let site = self.names.site;
                let mut scope = self.names.scope(other);
                if let Scope::Field(field) = &scope
                    && matches!(field.shape, Shape::Array(_))
                {
                    scope = scope.item();
                }
                match scope {
                    Scope::Field(field) => match &field.shape {
                        Shape::Reference(shape) => match site.index.resolve(shape, text) {
                            Target::Document(id) => self.quoted(&site.document(id).page.title.value),
                            _ => self.quoted(text),
                        },
                        _ => self.quoted(value::label(field, text)),
                    },
                    _ => self.quoted(text),
                }
            }
            Kind::List(items) => items.iter().map(|item| self.compared(item, other)).collect::<Vec<_>>().join(", "),
            _ => self.value(expr),
        }
    }

    fn loop_parts(&mut self, over: &Loop) -> [String; 2] {
        let list = self.value(&over.over);
        let item = self.names.scope(&over.over).item();
        self.names.locals.truncate(over.local);
        self.names.locals.push(item);
        let before = self.mixed;
        self.mixed |= mixes(over);
        let body = match over.kind {
            LoopKind::Map => self.value(&over.body),
            _ => self.condition(&over.body, false),
        };
        self.mixed = before;
        self.names.locals.truncate(over.local);
        [list, body]
    }

    fn call(&mut self, call: &Call, not: bool, expr: &Expr) -> String {
        let mut args: Vec<String> = Vec::with_capacity(call.args.len());
        for (place, arg) in call.args.iter().enumerate() {
            let words = match (&call.ready, &arg.kind) {
                (Ready::Path(path), Kind::Text(_)) => self.path(&call.args[0], path),
                (_, Kind::Text(id))
                    if matches!(call.function.name, "documents" | "referrers") && place + 1 == call.args.len() =>
                {
                    let collection = self.names.site.schema.collection(id);
                    self.quoted(collection.map_or(id, |collection| &collection.title))
                }
                _ => self.value(arg),
            };
            args.push(words);
        }
        if call.function.name == "in_order" {
            args = vec![args.join(" ≤ ")];
        }
        let name = format!("call_{}", call.function.name);
        let by_number = format!("{name}_{}", args.len());
        let key = if self.shared.words().expression(&by_number).is_some() { by_number } else { name };
        self.say(&key, not, &args, expr)
    }

    /// The fields that a path leads through, by the title of the last.
    fn path(&self, list: &Expr, path: &[Name]) -> String {
        let mut scope = self.names.scope(list).item();
        let mut title = None;
        for name in path {
            (scope, title) = scope.field(&self.names.site.schema, name);
        }
        let written = || path.iter().map(Name::as_str).collect::<Vec<_>>().join(".");
        title.map_or_else(|| code(&written()), |title| self.quoted(title))
    }

    fn quoted(&self, text: &str) -> String {
        fill(self.shared.words().expression("quoted").unwrap_or("{0}"), &[escape(text)])
    }

    /// The theme's words for a part, or their opposite.
    fn say(&self, key: &str, not: bool, args: &[String], expr: &Expr) -> String {
        let words = self.shared.words();
        if not {
            if let Some(words) = words.expression(&format!("{key}_not")) {
                return fill(words, args);
            }
            let whole = self.say(key, false, args, expr);
            return fill(words.expression("not").unwrap_or("{0}"), &[whole]);
        }
        words.expression(key).map_or_else(|| self.as_written(expr), |words| fill(words, args))
    }

    fn as_written(&self, expr: &Expr) -> String {
        let written = self.text.get(expr.at.clone()).unwrap_or_default();
        code(&written.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Whether the body of a loop speaks of its item and of something around it.
fn mixes(over: &Loop) -> bool {
    let mut outer = over.body.mentions(&[Root::Doc, Root::Each]);
    over.body.walk(&mut |part| outer |= matches!(part.kind, Kind::Local(local) if local < over.local));
    outer
}

fn opposite(order: Order) -> Order {
    match order {
        Order::Less => Order::AtLeast,
        Order::AtMost => Order::More,
        Order::More => Order::AtMost,
        Order::AtLeast => Order::Less,
    }
}

/// Puts parts in their places: `{0}`, `{1}`, `{2}`.
fn fill(words: &str, args: &[String]) -> String {
    let mut filled = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (place, after) = after.split_once('}').unwrap_or(("", after));
        let arg = place.parse::<usize>().ok().and_then(|place| args.get(place));
        filled.push_str(arg.map(String::as_str).unwrap_or_default());
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}
