//! One declaration under `views:`, read: which keys, and what is missing.

mod of;

use crate::check::Context;
use crate::check::builtin::{Destination, destination};
use crate::check::rules::language::types::Type;
use crate::check::views::expression::Compiler;
use crate::check::views::faults::UNKNOWN_VIEW_KIND;
use crate::check::views::page::invalid;
use crate::check::views::program::{Expression, People, Program, Sort};
use crate::check::views::{Judged, Kind, keys, ledger, tiles};
use crate::diagnostic::{Diagnostic, Sink, closest, tr};
use crate::model::Page;
use crate::parse::{Mapping, Node, Settings, slug};
use crate::source::Spanned;

/// Reads one view of a page; none when anything about it is at fault.
pub(in crate::check::views) fn read<'a>(
    (cx, judged): (&Context<'a>, Judged<'a>),
    page: &Page,
    own: Option<&str>,
    mapping: &Mapping,
    name: Spanned<String>,
    sink: &mut Sink,
) -> Option<Program<'a>> {
    Reader { cx, judged, page, own, sink, mapping, failed: false }.read(name)
}

struct Reader<'a, 'c> {
    cx: &'c Context<'a>,
    judged: Judged<'a>,
    page: &'c Page,
    own: Option<&'c str>,
    sink: &'c mut Sink,
    mapping: &'c Mapping,
    failed: bool,
}

impl<'a> Reader<'a, '_> {
    fn read(mut self, name: Spanned<String>) -> Option<Program<'a>> {
        let mut settings = Settings::new(self.mapping);
        settings.allow(&["name"]);
        let title = settings.text("title", self.sink).map(|title| title.value);
        let kind = self.kind(&mut settings)?;
        let note = settings.text("note", self.sink).map(|note| note.value);
        let found = self.sink.diagnostics().len();
        let rules = if kind == Kind::Ledger { self.rules(&mut settings)? } else { Vec::new() };
        let of = self.of(&mut settings, kind, &rules)?;
        let mut compiler = Compiler::new(self.cx, of.clone());
        let mut program = Program {
            title: title.unwrap_or_else(|| of.first().map_or_else(|| name.value.clone(), |of| of.title.clone())),
            name,
            kind,
            source: self.page.source,
            span: self.mapping.span,
            of,
            each: None,
            filter: None,
            by: None,
            split: None,
            rows: None,
            columns: Vec::new(),
            measure: None,
            people: None,
            value: None,
            see: None,
            date: None,
            until: None,
            when: None,
            label: None,
            text: None,
            sort: Sort::Usual,
            limit: None,
            every: None,
            totals: None,
            threshold: self.cx.config.view_threshold,
            unit: None,
            note,
            definition: None,
            tiles: Vec::new(),
            source_of_tiles: None,
            events: Vec::new(),
            section: String::new(),
            rules,
            method: method(self.mapping),
        };
        let boolean = Type::Boolean;
        program.limit = settings.count("limit", self.sink);
        if kind == Kind::Ledger {
            let compiler = compiler.of_accounts(ledger::key(self.cx, self.judged, &program.rules));
            let filter = settings.node("where");
            program.filter = filter.and_then(|node| compiler.account("where", node, Some(&boolean), self.sink));
            program.sort = ledger::sort(&compiler, &mut settings, self.sink);
            settings.finish(self.sink);
            return (!self.failed && self.sink.diagnostics().len() == found).then_some(program);
        }
        if let Some(node) = settings.node("each") {
            program.each = compiler.each("each", node, self.sink);
        }
        program.filter = self.item(&compiler, "where", &mut settings, Some(&boolean));
        program.sort = keys::sort(kind, &compiler, &mut settings, self.sink);
        if kind.has_amounts() {
            self.amounts(&mut program, &compiler, &mut settings);
        }
        match kind {
            Kind::Matrix => {
                program.rows = self.wanted(&compiler, "rows", &mut settings);
                program.by = self.wanted(&compiler, "columns", &mut settings);
                let is_said = settings.node("totals").is_some();
                program.totals = is_said.then(|| settings.flag("totals", self.sink));
            }
            Kind::Table => program.columns = keys::columns("columns", &compiler, &mut settings, self.sink),
            Kind::Compare => {
                program.label = self.item(&compiler, "label", &mut settings, None);
                if program.each.is_some() {
                    program.by = self.wanted(&compiler, "by", &mut settings);
                    program.value = self.wanted(&compiler, "value", &mut settings);
                    program.see = self.item(&compiler, "see", &mut settings, None);
                } else {
                    program.columns = keys::columns("rows", &compiler, &mut settings, self.sink);
                }
            }
            Kind::Timeline if self.mapping.get("events").is_some() => {
                program.events = keys::events(&mut settings, self.sink);
            }
            Kind::Timeline => {
                program.date = self.moment(&compiler, "date", &mut settings);
                program.until = self.moment(&compiler, "until", &mut settings);
                program.when = self.item(&compiler, "when", &mut settings, Some(&Type::Text));
                program.label = self.item(&compiler, "label", &mut settings, None);
                program.text = self.item(&compiler, "text", &mut settings, None);
            }
            Kind::Gathered => match settings.text("section", self.sink) {
                Some(section) => program.section = slug(&section.value),
                None => self.missing("section", "section: …"),
            },
            Kind::Regions => match settings.node("tiles") {
                None => self.missing("tiles", "tiles: [{ id: …, label: …, row: 1, column: 1 }]"),
                Some(node) => match node.as_mapping() {
                    Some(mapping) => program.source_of_tiles = self.source_of_tiles(mapping),
                    None => program.tiles = tiles::written(node, self.sink),
                },
            },
            _ => {}
        }
        settings.finish(self.sink);
        (!self.failed && self.sink.diagnostics().len() == found).then_some(program)
    }

    fn kind(&mut self, settings: &mut Settings<'_>) -> Option<Kind> {
        let lang = self.sink.lang();
        let Some(word) = settings.text("kind", self.sink) else {
            if self.mapping.get("kind").is_none() {
                self.missing("kind", "kind: table");
            }
            return None;
        };
        let kind = Kind::find(&word.value);
        if kind.is_none() {
            let (written, words) = (&word.value, Kind::NAMED.map(|(name, _)| name));
            let list = words.join(", ");
            self.sink.push(
                Diagnostic::new(
                    &UNKNOWN_VIEW_KIND,
                    word.span,
                    tr!(lang, "genre de vue inconnu `{written}`", "unknown kind of view `{written}`"),
                )
                .help(
                    closest(lang, written, words)
                        .unwrap_or_else(|| tr!(lang, "genres possibles : {list}", "possible kinds: {list}")),
                ),
            );
        }
        kind
    }

    /// The keys of views that show amounts.
    fn amounts(&mut self, program: &mut Program<'a>, compiler: &Compiler<'a, '_>, settings: &mut Settings<'_>) {
        let number = Type::Number;
        if let Some(node) = settings.node("measure") {
            program.measure = compiler.group("measure", node, Some(&number), self.sink);
        }
        program.people = settings.node("people").and_then(|node| match node.as_str() {
            Some("measure") => Some(People::Measure),
            _ => compiler.group("people", node, Some(&number), self.sink).map(|people| People::Of(Box::new(people))),
        });
        if let Some(threshold) = settings.count("threshold", self.sink) {
            program.threshold = threshold;
        }
        program.unit = keys::unit(settings, self.sink);
        if program.kind.has_groups() {
            program.by = self.wanted(compiler, "by", settings);
        }
        if program.kind == Kind::Number {
            program.definition = settings.text("definition", self.sink).and_then(|text| self.definition(text));
        } else {
            program.every = keys::every(program.kind, settings, self.sink);
        }
        if matches!(program.kind, Kind::Bars | Kind::Dots | Kind::Lines | Kind::Shares) {
            program.split = self.item(compiler, "split", settings, None);
        }
    }

    /// Where a figure is explained: a path or an address, as in a link of the page.
    fn definition(&mut self, text: Spanned<String>) -> Option<String> {
        let lang = self.sink.lang();
        let cx = self.cx;
        match destination(cx.snapshot, cx.site, &cx.config.src, self.page, &text.value) {
            Destination::Outside | Destination::Asset(_) | Destination::Page { anchored: true, .. } => Some(text.value),
            _ => {
                let written = &text.value;
                invalid(
                    text.span,
                    tr!(lang, "la définition `{written}` ne mène nulle part", "definition `{written}` leads nowhere"),
                    tr!(
                        lang,
                        "écrivez le chemin d’un document, à partir de celui-ci, comme dans un lien",
                        "write the path of a document, from this one, as in a link"
                    ),
                    self.sink,
                );
                None
            }
        }
    }

    fn item(
        &mut self,
        compiler: &Compiler<'a, '_>,
        key: &'static str,
        settings: &mut Settings<'_>,
        want: Option<&Type<'a>>,
    ) -> Option<Expression> {
        let node: &Node = settings.node(key)?;
        compiler.item(key, node, want, self.sink)
    }

    /// An expression that says when something was: a date, a year or a text.
    fn moment(
        &mut self,
        compiler: &Compiler<'a, '_>,
        key: &'static str,
        settings: &mut Settings<'_>,
    ) -> Option<Expression> {
        compiler.moment(key, settings.node(key)?, self.sink)
    }

    /// An expression that a view of this kind must have.
    fn wanted(
        &mut self,
        compiler: &Compiler<'a, '_>,
        key: &'static str,
        settings: &mut Settings<'_>,
    ) -> Option<Expression> {
        if let Some(node) = settings.node(key) {
            return compiler.item(key, node, None, self.sink);
        }
        let start = if compiler.has_each() { "each" } else { "doc" };
        self.missing(key, &format!("{key}: {start}.…"));
        None
    }

    /// Reports that a key is missing, at the word that asks for it.
    fn missing(&mut self, key: &str, write: &str) {
        let lang = self.sink.lang();
        self.failed = true;
        let at = self.mapping.get("kind").map_or(self.mapping.span, |node| node.span);
        let at = if at == self.mapping.span { self.mapping.get("name").map_or(at, |node| node.span) } else { at };
        let message = match self.mapping.get("kind").and_then(Node::as_str) {
            Some(kind) => tr!(lang, "une vue `{kind}` veut aussi `{key}`", "a view `{kind}` also wants `{key}`"),
            None => tr!(lang, "cette vue veut aussi `{key}`", "this view also wants `{key}`"),
        };
        invalid(at, message, tr!(lang, "ajoutez `{write}`", "add `{write}`"), self.sink);
    }
}

/// How a view is worked out, in its author's words.
fn method(mapping: &Mapping) -> Vec<(&'static str, String)> {
    ["each", "where", "by", "rows", "columns", "split", "measure", "people", "date", "section", "see"]
        .into_iter()
        .filter_map(|key| Some((key, mapping.get(key)?.as_str()?.trim().to_owned())))
        .collect()
}
