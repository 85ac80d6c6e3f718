//! The expressions of a rule, compiled and checked against the schema.

mod at;
mod quota;

use std::sync::Arc;

use super::faults::IDLE_RULE;
use super::language::compile::{Names, compile as read_expression};
use super::language::eval::{Case, Machine};
use super::language::expr::{Expr, Formula, Kind, Root};
use super::language::faults::{MISMATCHED_TYPES, UNKNOWN_NAME};
use super::language::infer::{Roots, expect, infer};
use super::language::place::Place;
use super::language::template::Template;
use super::language::types::Type;
use super::language::value::{Val, World, constant};
use super::rule::{Program, Rule};
use crate::check::Context;
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::parse::{Mapping, Node, Yaml, wrong};
use crate::source::Spanned;

/// Compiles the expressions of a rule; none when any of them is at fault.
pub(super) fn compile(
    cx: &Context<'_>,
    front: &Mapping,
    applies_to: &[Spanned<String>],
    sink: &mut Sink,
) -> Option<Program> {
    let schema = &cx.site.schema;
    let collections: Arc<[_]> = applies_to.iter().filter_map(|name| schema.collection(&name.value)).collect();
    let unknown = collections.is_empty() || collections.len() < applies_to.len();
    let params = front.get("params").map_or(Val::Null, constant);
    let mut reader = Reader {
        cx,
        front,
        roots: Roots { doc: Some(Type::Document(collections)), ..Roots::default() },
        names: Vec::new(),
        failed: unknown,
        sink,
    };
    reader.roots.params = Some(match &params {
        Val::Null => Type::Record(Arc::default()),
        params => Type::of_constant(params),
    });

    let for_each = reader.for_each();
    let mut case = vec![Root::Doc, Root::Params, Root::Today];
    if for_each.is_some() {
        case.push(Root::Each);
    }
    let group_by = reader.group_by(&case);
    let grouped = !group_by.is_empty();
    let mut whole =
        if grouped { vec![Root::Group, Root::Key, Root::Previous, Root::Params, Root::Today] } else { case.clone() };
    let definitions = reader.definitions(&whole);
    let (when, when_group) = reader.when(&case, &whole, grouped);
    let quota = reader.quota(&whole);
    if reader.key("quota").is_some() {
        whole.extend([Root::Used, Root::Limit]);
    }
    let mut within = whole.clone();
    within.extend(case.iter().filter(|root| matches!(root, Root::Doc | Root::Each)));
    let assert = reader.key("assert").and_then(|node| reader.formula(node, &within, Some(&Type::Boolean)));
    let per_member = grouped && assert.as_ref().is_some_and(|assert| assert.expr.mentions(&[Root::Doc, Root::Each]));
    let order = reader.order(&whole, grouped);
    let message = reader.message(&within);
    let pointed = reader.at();
    let complete = assert.is_some() || quota.is_some();
    if reader.failed || !complete {
        return None;
    }
    let looks_at = at::looks_at(quota.as_ref(), assert.as_ref(), &group_by);
    let program = Program {
        for_each,
        group_by,
        when,
        when_group,
        assert,
        per_member,
        quota,
        order,
        message: message?,
        params,
        definitions,
        at: pointed,
        looks_at,
    };
    never_true(cx, &program, sink);
    Some(program)
}

/// What the schema says of the key of a rule's groups.
pub(crate) fn key_of<'a>(cx: &Context<'a>, rule: &Rule) -> Type<'a> {
    let Some(program) = &rule.program else { return Type::Any };
    let schema = &cx.site.schema;
    let collections: Arc<[_]> = rule.applies_to.iter().filter_map(|name| schema.collection(&name.value)).collect();
    // All of it was found right when the rule was read.
    let mut sink = Sink::new(cx.lang);
    let mut of = |formula: &Formula, roots: &Roots<'a>| infer(cx.site, &formula.expr, roots, &formula.place, &mut sink);
    let mut roots = Roots {
        doc: Some(Type::Document(collections)),
        params: Some(Type::of_constant(&program.params)),
        ..Roots::default()
    };
    roots.each = program.for_each.as_ref().and_then(|each| of(each, &roots)?.items());
    Type::Tuple(program.group_by.iter().map(|by| of(by, &roots).unwrap_or(Type::Any)).collect())
}

struct Reader<'a, 'c> {
    cx: &'c Context<'a>,
    front: &'c Mapping,
    roots: Roots<'a>,
    /// Names that the rule has defined so far.
    names: Vec<String>,
    failed: bool,
    sink: &'c mut Sink,
}

impl<'a, 'c> Reader<'a, 'c> {
    fn key(&self, key: &str) -> Option<&'c Node> {
        self.front.get(key).filter(|node| !node.is_null())
    }

    /// An expression that uses these names and gives what is wanted, with its type.
    fn typed(&mut self, node: &Node, roots: &[Root], want: Option<&Type<'a>>) -> Option<(Formula, Type<'a>)> {
        let found = self.try_typed(node, roots, want);
        self.failed |= found.is_none();
        found
    }

    fn try_typed(&mut self, node: &Node, roots: &[Root], want: Option<&Type<'a>>) -> Option<(Formula, Type<'a>)> {
        let Some(text) = node.as_str() else {
            wrong(
                "assert",
                node.span,
                &tr!(self.sink.lang(), "une expression, en texte", "an expression, as a text"),
                self.sink,
            );
            return None;
        };
        let place = Place::new(self.cx.snapshot, node);
        let names = Names { roots: roots.to_vec(), definitions: &self.names };
        let expr = read_expression(text, &place, &names, self.sink)?;
        let found = infer(self.cx.site, &expr, &self.roots, &place, self.sink)?;
        if let Some(want) = want
            && !expect(self.cx.site, &expr, (&self.roots, &place), want, self.sink)
        {
            return None;
        }
        Some((Formula { expr, place }, found))
    }

    fn formula(&mut self, node: &Node, roots: &[Root], want: Option<&Type<'a>>) -> Option<Formula> {
        self.typed(node, roots, want).map(|(formula, _)| formula)
    }

    fn for_each(&mut self) -> Option<Formula> {
        let node = self.key("for_each")?;
        let (formula, found) = self.typed(node, &[Root::Doc, Root::Params, Root::Today], None)?;
        self.roots.each = found.items();
        if self.roots.each.is_none() {
            let lang = self.sink.lang();
            let words = found.words(lang);
            self.sink.push(Diagnostic::new(
                &MISMATCHED_TYPES,
                node.span,
                tr!(
                    lang,
                    "`for_each` attend une liste, et c’est {words}",
                    "`for_each` wants a list, and this is {words}"
                ),
            ));
            self.failed = true;
        }
        Some(formula)
    }

    fn group_by(&mut self, case: &[Root]) -> Vec<Formula> {
        let nodes = match self.key("group_by").map(|node| (node, &node.value)) {
            Some((_, Yaml::Sequence(items))) => items.iter().collect(),
            Some((node, _)) => vec![node],
            None => Vec::new(),
        };
        let typed: Vec<_> = nodes.into_iter().filter_map(|node| self.typed(node, case, None)).collect();
        let (formulas, types): (Vec<_>, Vec<_>) = typed.into_iter().unzip();
        self.roots.key = Some(Type::Tuple(types.into()));
        formulas
    }

    fn definitions(&mut self, roots: &[Root]) -> Vec<Formula> {
        let Some(node) = self.key("let") else { return Vec::new() };
        let Some(mapping) = node.as_mapping() else {
            wrong(
                "let",
                node.span,
                &tr!(self.sink.lang(), "des noms et leurs expressions", "names and their expressions"),
                self.sink,
            );
            self.failed = true;
            return Vec::new();
        };
        let mut formulas = Vec::new();
        for (key, node) in &mapping.entries {
            let name = &key.value;
            let taken = Root::NAMED.iter().any(|(known, _)| known == name);
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && !name.starts_with(|c: char| c.is_ascii_digit());
            if taken || !plain {
                let lang = self.sink.lang();
                self.sink.push(
                    Diagnostic::new(
                        &UNKNOWN_NAME,
                        key.span,
                        tr!(lang, "`{name}` ne peut pas servir de nom ici", "`{name}` cannot be a name here"),
                    )
                    .help(tr!(
                        lang,
                        "lettres sans accent, chiffres et `_`, et pas un nom déjà pris",
                        "letters without accents, digits and `_`, and no name that is taken"
                    )),
                );
                self.failed = true;
                continue;
            }
            if let Some((formula, found)) = self.typed(node, roots, None) {
                self.names.push(name.clone());
                self.roots.definitions.push(found);
                formulas.push(formula);
            }
        }
        formulas
    }

    /// The parts of `when` that are asked of each case and of each group.
    fn when(&mut self, case: &[Root], whole: &[Root], grouped: bool) -> (Option<Formula>, Option<Formula>) {
        let Some(node) = self.key("when") else { return (None, None) };
        let both: Vec<Root> = case.iter().chain(whole).copied().collect();
        let Some(Formula { expr, place }) = self.formula(node, &both, Some(&Type::Boolean)) else {
            return (None, None);
        };
        if !grouped {
            return (Some(Formula { expr, place }), None);
        }
        let parts = match expr.kind {
            Kind::And(parts) => parts,
            _ => vec![expr],
        };
        let definitions: Vec<Root> = (0..self.names.len()).map(Root::Let).collect();
        let of_group: Vec<Root> = [Root::Group, Root::Key, Root::Previous].into_iter().chain(definitions).collect();
        let (of_groups, of_cases): (Vec<Expr>, Vec<Expr>) =
            parts.into_iter().partition(|part| part.mentions(&of_group));
        if let Some(mixed) = of_groups.iter().find(|part| part.mentions(&[Root::Doc, Root::Each])) {
            let lang = self.sink.lang();
            self.sink.push(
                Diagnostic::new(
                    &UNKNOWN_NAME,
                    place.span(&mixed.at),
                    tr!(
                        lang,
                        "cette condition parle à la fois d’un document et de son groupe",
                        "this condition speaks of a document and of its group at once"
                    ),
                )
                .help(tr!(
                    lang,
                    "séparez les deux par `&&` : l’une choisit les documents, l’autre les groupes",
                    "separate the two by `&&`: one chooses documents, the other groups"
                )),
            );
            self.failed = true;
        }
        let join = |parts: Vec<Expr>| {
            let at = parts.first()?.at.start..parts.last()?.at.end;
            Some(Formula { expr: Expr { at, kind: Kind::And(parts) }, place: place.clone() })
        };
        (join(of_cases), join(of_groups))
    }
    fn message(&mut self, told: &[Root]) -> Option<Template> {
        let node = self.key("message")?;
        let Some(text) = node.as_str() else {
            wrong("message", node.span, &tr!(self.sink.lang(), "un texte", "a text"), self.sink);
            self.failed = true;
            return None;
        };
        let place = Place::new(self.cx.snapshot, node);
        let names = Names { roots: told.to_vec(), definitions: &self.names };
        let message = Template::read(text, &place, (&names, &self.roots, self.cx.site), self.sink);
        self.failed |= message.is_none();
        message
    }
}

/// A condition that no document is needed to decide, and that does not hold.
fn never_true(cx: &Context<'_>, program: &Program, sink: &mut Sink) {
    let world = World { site: cx.site, specimens: None, today: cx.today, lang: sink.lang() };
    for when in program.when.iter().chain(&program.when_group) {
        let mut free = true;
        when.expr.walk(&mut |part| {
            free &= !matches!(&part.kind, Kind::Root(root) if *root != Root::Params);
        });
        let mut machine = Machine::new(world, &program.params, &[], Case::default());
        if free && machine.holds(&when.expr) == Ok(false) {
            let lang = sink.lang();
            sink.push(
                Diagnostic::new(
                    &IDLE_RULE,
                    when.place.span(&when.expr.at),
                    tr!(
                        lang,
                        "cette condition est toujours fausse : la règle ne s’applique jamais",
                        "this condition is always false: the rule never applies"
                    ),
                )
                .help(tr!(
                    lang,
                    "corrigez `when`, ou supprimez la règle",
                    "correct `when`, or delete the rule"
                )),
            );
        }
    }
}
