//! The front matter of a rule document.

use super::faults::{INCOMPLETE_RULE, UNKNOWN_ARTICLE};
use super::language::show::show;
use super::language::value::{World, constant};
use super::program;
use super::rule::{Article, Example, ExampleDocument, ExampleVerdict, InForce, Rule, Written};
use crate::check::Context;
use crate::diagnostic::{Diagnostic, Level, Sink, closest, tr};
use crate::model::{Date, Document, Target, parse_date};
use crate::parse::{Mapping, Node, Settings, Yaml, unknown_key, wrong};
use crate::schema::{Collection, EntryPart, Kind, RESERVED, UNKNOWN_COLLECTION};
use crate::source::Spanned;

/// The keys of a rule, beside those of every document.
const KEYS: &[&str] = &[
    "code",
    "level",
    "source",
    "applies_to",
    "for_each",
    "group_by",
    "when",
    "let",
    "assert",
    "params",
    "at",
    "message",
    "in_force",
    "quota",
    "order",
    "examples",
];

/// Reads one rule; what is wrong with it is found, and what can be read of it is kept.
pub(super) fn read(cx: &Context<'_>, document: &Document, front: &Mapping, sink: &mut Sink) -> Rule {
    let mut settings = Settings::new(front);
    let code = settings.text("code", sink);
    let level = read_level(&mut settings, sink);
    let articles = settings.texts("source", sink).into_iter().map(|text| article(cx, document, text, sink)).collect();
    let applies_to = settings.texts("applies_to", sink);
    for name in &applies_to {
        known_collection(cx, name, sink);
    }
    let in_force = read_in_force(settings.node("in_force"), sink);
    let examples = read_examples(cx, &applies_to, settings.node("examples"), sink);
    unknown_keys(cx, document, front, sink);
    incomplete(document, front, sink);
    let program = program::compile(cx, front, &applies_to, sink);
    Rule {
        document: document.id,
        code: code.unwrap_or_else(|| Spanned::new(document.name.clone(), document.page.title.span)),
        title: document.page.title.value.clone(),
        level,
        articles,
        applies_to,
        in_force,
        written: written(cx, front),
        examples,
        program,
    }
}

fn read_level(settings: &mut Settings<'_>, sink: &mut Sink) -> Level {
    let Some(level) = settings.text("level", sink) else { return Level::Error };
    match level.value.as_str() {
        "error" => Level::Error,
        "warning" => Level::Warning,
        "objective" => Level::Objective,
        _ => {
            wrong(
                "level",
                level.span,
                &tr!(sink.lang(), "`error`, `warning` ou `objective`", "`error`, `warning` or `objective`"),
                sink,
            );
            Level::Error
        }
    }
}

fn article(cx: &Context<'_>, document: &Document, text: Spanned<String>, sink: &mut Sink) -> Article {
    let schema = &cx.site.schema;
    let charters = cx.site.collection_of(document).and_then(|collection| collection.charters.as_ref());
    let collections: Vec<&str> = match charters {
        Some(charters) => vec![charters.value.as_str()],
        None => schema.collections.keys().map(String::as_str).collect(),
    };
    let index = &cx.site.index;
    // A rule may also come from a document of another collection: a framework, a guide.
    let others = schema.collections.keys().map(String::as_str);
    let everywhere = collections.iter().copied().chain(others);
    let target = index.resolve_in(everywhere, EntryPart::Optional, &text.value);
    if target == Target::Missing {
        let lang = sink.lang();
        let name = text.value.split_once('#').map_or(text.value.as_str(), |(name, _)| name);
        let charter = index.resolve_in(collections.iter().copied(), EntryPart::None, name);
        let help = match charter.document() {
            Some(charter) => {
                let numbers: Vec<String> =
                    index.numbers(charter).iter().map(|number| format!("{name}#{number}")).collect();
                closest(lang, &text.value, numbers.iter().map(String::as_str))
            }
            None => closest(lang, name, collections.iter().flat_map(|collection| index.names(collection))),
        };
        let written = &text.value;
        sink.push(
            Diagnostic::new(
                &UNKNOWN_ARTICLE,
                text.span,
                tr!(lang, "l’article `{written}` n’existe pas", "there is no article `{written}`"),
            )
            .help(tr!(lang, "écrivez `charte#article`", "write `charter#article`"))
            .maybe_help(help),
        );
    }
    Article { text, target }
}

fn known_collection(cx: &Context<'_>, name: &Spanned<String>, sink: &mut Sink) -> bool {
    let judged = |collection: &Collection| collection.kind == Kind::Documents;
    if cx.site.schema.collection(&name.value).is_some_and(judged) {
        return true;
    }
    let (lang, text) = (sink.lang(), &name.value);
    let known = cx
        .site
        .schema
        .collections
        .values()
        .filter(|collection| judged(collection))
        .map(|collection| collection.id.as_str());
    sink.push(
        Diagnostic::new(
            &UNKNOWN_COLLECTION,
            name.span,
            tr!(lang, "il n’y a pas de collection `{text}`", "there is no collection `{text}`"),
        )
        .maybe_help(closest(lang, text, known)),
    );
    false
}

fn read_in_force(node: Option<&Node>, sink: &mut Sink) -> InForce {
    let Some(node) = node else { return InForce::default() };
    let Some(mapping) = node.as_mapping() else {
        wrong(
            "in_force",
            node.span,
            &tr!(sink.lang(), "`from:` et `until:`, des dates", "`from:` and `until:`, dates"),
            sink,
        );
        return InForce::default();
    };
    let mut settings = Settings::new(mapping);
    let in_force = InForce {
        from: read_date("from", &mut settings, sink),
        until: read_date("until", &mut settings, sink),
        span: Some(node.span),
    };
    settings.finish(sink);
    in_force
}

fn read_date(key: &'static str, settings: &mut Settings<'_>, sink: &mut Sink) -> Option<Date> {
    let text = settings.text(key, sink)?;
    let date = parse_date(&text.value);
    if date.is_none() {
        wrong(key, text.span, &tr!(sink.lang(), "une date, comme `2024-06-30`", "a date, such as `2024-06-30`"), sink);
    }
    date
}

fn unknown_keys(cx: &Context<'_>, document: &Document, front: &Mapping, sink: &mut Sink) {
    let fields = cx.site.collection_of(document).map(|collection| &collection.fields);
    let declared = || fields.into_iter().flat_map(|fields| fields.keys()).map(String::as_str);
    for (key, _) in &front.entries {
        let known = KEYS.iter().chain(RESERVED).copied().chain(declared());
        if !known.clone().any(|known| known == key.value) {
            sink.push(unknown_key(&key.value, key.span, known, sink));
        }
    }
}

fn incomplete(document: &Document, front: &Mapping, sink: &mut Sink) {
    let has = |key: &str| front.get(key).is_some_and(|node| !node.is_null());
    let mut missing: Vec<&str> =
        ["code", "source", "applies_to", "message"].into_iter().filter(|key| !has(key)).collect();
    if !has("assert") && !has("quota") {
        missing.push("assert");
    }
    if missing.is_empty() {
        return;
    }
    let lang = sink.lang();
    let keys = missing.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    sink.push(
        Diagnostic::new(
            &INCOMPLETE_RULE,
            document.page.title.span,
            tr!(lang, "il manque à cette règle : {keys}", "this rule lacks: {keys}"),
        )
        .help(tr!(lang, "ajoutez ces clés à son en-tête", "add these keys to its front matter")),
    );
}

fn written(cx: &Context<'_>, front: &Mapping) -> Written {
    let text = |key: &str| front.get(key).and_then(Node::as_str).map(str::to_owned);
    let pairs = |key: &str| {
        front.get(key).and_then(Node::as_mapping).map(|mapping| mapping.entries.as_slice()).unwrap_or_default()
    };
    let inside = |key: &str, name: &str| front.get(key)?.as_mapping()?.get(name);
    let part = |key: &str, name: &str| inside(key, name)?.as_str().map(str::to_owned);
    let texts = |node: Option<&Node>| match node.map(|node| (node, &node.value)) {
        Some((_, Yaml::Sequence(items))) => items.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
        Some((node, _)) => node.as_str().map(str::to_owned).into_iter().collect(),
        None => Vec::new(),
    };
    let world = World { site: cx.site, specimens: None, today: cx.today, lang: cx.config.lang() };
    let shown = |node: &Node| show(&world, &constant(node));
    Written {
        for_each: text("for_each"),
        group_by: texts(front.get("group_by")),
        when: text("when"),
        assert: text("assert"),
        measure: part("quota", "measure"),
        limit: part("quota", "limit"),
        who: part("order", "who"),
        order_by: texts(inside("order", "by")),
        definitions: pairs("let")
            .iter()
            .filter_map(|(key, node)| Some((key.value.clone(), node.as_str()?.to_owned())))
            .collect(),
        params: pairs("params").iter().map(|(key, node)| (key.value.clone(), shown(node))).collect(),
        message: text("message"),
    }
}

fn read_examples(
    cx: &Context<'_>,
    applies_to: &[Spanned<String>],
    node: Option<&Node>,
    sink: &mut Sink,
) -> Vec<Example> {
    let Some(node) = node else { return Vec::new() };
    let Some(items) = node.as_sequence() else {
        wrong("examples", node.span, &tr!(sink.lang(), "une liste d’exemples", "a list of examples"), sink);
        return Vec::new();
    };
    items.iter().filter_map(|item| read_example(cx, applies_to, item, sink)).collect()
}

fn read_example(cx: &Context<'_>, applies_to: &[Spanned<String>], item: &Node, sink: &mut Sink) -> Option<Example> {
    let lang = sink.lang();
    let Some(mapping) = item.as_mapping() else {
        wrong(
            "examples",
            item.span,
            &tr!(lang, "`title:` et `passes:` ou `fails:`", "`title:` and `passes:` or `fails:`"),
            sink,
        );
        return None;
    };
    let mut settings = Settings::new(mapping);
    let title = settings.text("title", sink).unwrap_or_else(|| Spanned::new(String::new(), item.span));
    let verdicts =
        [("passes", ExampleVerdict::Passes), ("fails", ExampleVerdict::Fails), ("ignores", ExampleVerdict::Ignores)];
    let mut found = None;
    for (key, verdict) in verdicts {
        if settings.node(key).is_some() {
            found = mapping.entry(key).map(|(key, node)| (key.span, verdict, node));
        }
    }
    let with = settings.section("with", sink).map(|with| read_with(cx, with, sink)).unwrap_or_default();
    let today = read_date("today", &mut settings, sink);
    settings.finish(sink);
    let Some((span, verdict, node)) = found else {
        wrong(
            "examples",
            item.span,
            &tr!(lang, "`passes:`, `fails:` ou `ignores:`", "`passes:`, `fails:` or `ignores:`"),
            sink,
        );
        return None;
    };
    let first = applies_to.first().map(|name| name.value.as_str()).unwrap_or_default();
    let documents = judged_documents(node, sink)
        .into_iter()
        .filter_map(|node| example_document(cx, first, None, node, sink))
        .collect();
    Some(Example { title, verdict, span, documents, with, today })
}

/// The documents under `passes`: `documents: […]`, `document: {…}`, or the list itself.
fn judged_documents<'n>(node: &'n Node, sink: &mut Sink) -> Vec<&'n Node> {
    match &node.value {
        Yaml::Sequence(items) => items.iter().collect(),
        Yaml::Mapping(mapping) => {
            let mut settings = Settings::new(mapping);
            let many = settings.node("documents");
            let one = settings.node("document");
            settings.finish(sink);
            if let Some(node) = many.filter(|node| node.as_sequence().is_none()) {
                wrong("documents", node.span, &tr!(sink.lang(), "une liste", "a list"), sink);
            }
            many.and_then(Node::as_sequence).unwrap_or_default().iter().chain(one).collect()
        }
        _ => {
            wrong(
                "passes",
                node.span,
                &tr!(sink.lang(), "`documents:` ou `document:`", "`documents:` or `document:`"),
                sink,
            );
            Vec::new()
        }
    }
}

fn read_with(cx: &Context<'_>, with: &Mapping, sink: &mut Sink) -> Vec<ExampleDocument> {
    let mut documents = Vec::new();
    for (key, node) in &with.entries {
        let Some((collection, name)) = key.value.rsplit_once('/') else {
            wrong(&key.value, key.span, &tr!(sink.lang(), "`collection/nom`", "`collection/name`"), sink);
            continue;
        };
        if known_collection(cx, &Spanned::new(collection.to_owned(), key.span), sink) {
            documents.extend(example_document(cx, collection, Some(name), node, sink));
        }
    }
    documents
}

/// Takes out of a document's keys those that say what is around it: `collection`, `name`, `body`.
fn example_document(
    cx: &Context<'_>,
    collection: &str,
    name: Option<&str>,
    node: &Node,
    sink: &mut Sink,
) -> Option<ExampleDocument> {
    let Some(mapping) = node.as_mapping() else {
        wrong("documents", node.span, &tr!(sink.lang(), "les champs d’un document", "the fields of a document"), sink);
        return None;
    };
    let mut front = mapping.clone();
    let fields = cx.site.schema.collection(collection).map(|collection| &collection.fields);
    let mut take = |key: &str| {
        let place = front.entries.iter().position(|(name, _)| name.value == key)?;
        if fields.is_some_and(|fields| fields.contains_key(key)) {
            return None;
        }
        let (_, node) = front.entries.remove(place);
        Some(Spanned::new(node.as_str()?.to_owned(), node.span))
    };
    let other = take("collection");
    let named = take("name").map(|name| name.value);
    let body = take("body").map(|body| body.value).unwrap_or_default();
    if let Some(other) = &other
        && !known_collection(cx, other, sink)
    {
        return None;
    }
    let collection = other.map_or_else(|| collection.to_owned(), |other| other.value);
    cx.site.schema.collection(&collection)?;
    let name = name.map(str::to_owned).or(named);
    Some(ExampleDocument { collection, name, front, body, span: node.span })
}
