use indexmap::IndexMap;
use regex::Regex;

use super::{
    Collection, Constraints, Declared, EntryPart, Field, GlossaryKeys, Kind, ObjectShape, RESERVED, ReferenceShape,
    SCHEMA_ORG, Schema, SectionRule, Shape, Sort, Symbol, When,
};
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, closest, tr};
use crate::parse::{Key, Mapping, Node, Page, Settings, Yaml, wrong};
use crate::source::{Span, Spanned};

/// The checks of this floor.
pub static CHECKS: &[&Check] = &[&UNKNOWN_TYPE, &UNKNOWN_COLLECTION, &INVALID_FIELD, &UNKNOWN_FIELD];

static UNKNOWN_TYPE: Check = Check {
    name: "unknown-type",
    level: Level::Error,
    summary: Text { fr: "un type de champ qui n’existe pas", en: "a type of field that does not exist" },
    manual: Text {
        fr: "Les types d’un champ sont : `string`, `markdown`, `integer`, `number`, `boolean`, `date`, `url`, `email`, `reference`, `array`, `object`, `entries`, `outcome` et `any`.",
        en: "The types of a field are: `string`, `markdown`, `integer`, `number`, `boolean`, `date`, `url`, `email`, `reference`, `array`, `object`, `entries`, `outcome` and `any`.",
    },
};

/// A collection that nothing declares.
pub static UNKNOWN_COLLECTION: Check = Check {
    name: "unknown-collection",
    level: Level::Error,
    summary: Text { fr: "une collection qui n’existe pas", en: "a collection that does not exist" },
    manual: Text {
        fr: "Une référence nomme dans `to:` la collection où chercher : le chemin d’un dossier du contenu dont le fichier `_index.md` déclare `collection:`.",
        en: "A reference names in `to:` the collection to look through: the path of a content folder whose `_index.md` declares `collection:`.",
    },
};

static INVALID_FIELD: Check = Check {
    name: "invalid-field",
    level: Level::Error,
    summary: Text { fr: "un champ mal déclaré", en: "a field declared wrongly" },
    manual: Text {
        fr: "La déclaration d’un champ se contredit ou contient une valeur inutilisable : une expression régulière fausse, un minimum plus grand que le maximum, un nom réservé ou qui n’est pas fait de lettres ASCII minuscules, de chiffres et de `_`.",
        en: "The declaration of a field contradicts itself or holds a value that cannot be used: a wrong regular expression, a minimum above the maximum, a name that is reserved or not made of lowercase ASCII letters, digits and `_`.",
    },
};

static UNKNOWN_FIELD: Check = Check {
    name: "unknown-field",
    level: Level::Error,
    summary: Text {
        fr: "un champ que la collection ne déclare pas",
        en: "a field that the collection does not declare",
    },
    manual: Text {
        fr: "Le schéma d’une collection nomme un champ (dans `sort`, dans `when`…) que cette collection ne déclare pas.",
        en: "The schema of a collection names a field (in `sort`, in `when`…) that this collection does not declare.",
    },
};

/// Reads the declarations of every folder, given the id of the folder and its `_index.md`; the folder with an empty id is the
/// content itself and declares what all collections have in common.
pub fn read<'a>(indexes: impl IntoIterator<Item = (&'a str, &'a Page)>, sink: &mut Sink) -> Schema {
    let mut schema = Schema::default();
    let mut common = Declared::default();
    for (folder, page) in indexes {
        let Some(front) = &page.front else { continue };
        if folder.is_empty()
            && let Some(fields) = front.get("fields").and_then(Node::as_mapping)
        {
            common = read_fields(fields, sink);
        }
        let Some((key, node)) = front.entry("collection") else { continue };
        let Some(declaration) = node.as_mapping() else {
            wrong("collection", node.span, &tr!(sink.lang(), "des sous-clés", "sub-keys"), sink);
            continue;
        };
        let collection = read_collection(folder, page, front, key, declaration, sink);
        schema.collections.insert(folder.to_owned(), collection);
    }
    for collection in schema.collections.values_mut() {
        for (name, field) in &common {
            collection.fields.entry(name.clone()).or_insert_with(|| field.clone());
        }
    }
    check_names(&schema, sink);
    schema
}

fn read_collection(
    folder: &str,
    page: &Page,
    front: &Mapping,
    key: &Key,
    declaration: &Mapping,
    sink: &mut Sink,
) -> Collection {
    let text = |name: &str| front.get(name).and_then(Node::as_str).map(str::to_owned);
    let title = text("title").unwrap_or_else(|| folder.to_owned());
    let mut settings = Settings::new(declaration);
    let kind = match settings.text("kind", sink) {
        Some(kind) if kind.value == "rules" => Kind::Rules,
        Some(kind) if kind.value != "documents" => {
            wrong("kind", kind.span, &tr!(sink.lang(), "`documents` ou `rules`", "`documents` or `rules`"), sink);
            Kind::Documents
        }
        _ => Kind::Documents,
    };
    let singular = settings.text("singular", sink).map_or_else(|| title.to_lowercase(), |text| text.value);
    let sort = settings.text("sort", sink);
    let fields = settings.section("fields", sink).map(|fields| read_fields(fields, sink)).unwrap_or_default();
    let sections = read_sections(settings.node("sections"), sink);
    let mut part = |name: &'static str, usual: &str, sink: &mut Sink| {
        settings.text(name, sink).map_or_else(|| usual.to_owned(), |text| text.value)
    };
    let title_field = part("title_field", "title", sink);
    let date_field = part("date_field", "date", sink);
    let summary_field = part("summary_field", "summary", sink);
    let author_field = settings.text("author_field", sink);
    let schema_org = read_schema_org(&mut settings, sink);
    let template = settings.text("template", sink);
    let charters = settings.text("charters", sink);
    let judgement_field = settings.text("judgement_field", sink);
    let glossary = settings.section("glossary", sink).map(|keys| {
        let mut settings = Settings::new(keys);
        let mut key = |name, sink: &mut Sink| settings.text(name, sink).map(|text| text.value).unwrap_or_default();
        let keys = GlossaryKeys { short: key("short", sink), long: key("long", sink), synonyms: key("synonyms", sink) };
        settings.finish(sink);
        keys
    });
    let additional_properties = settings.flag("additionalProperties", sink);
    settings.finish(sink);

    let sort = sort.map_or_else(
        || Sort { key: Spanned::new("title".to_owned(), key.span), descending: false },
        |sort| Sort {
            key: Spanned::new(sort.value.trim_start_matches('-').to_owned(), sort.span),
            descending: sort.value.starts_with('-'),
        },
    );
    Collection {
        id: folder.to_owned(),
        source: page.source,
        span: key.span,
        kind,
        title,
        singular,
        summary: text("summary").unwrap_or_default(),
        sort,
        template,
        fields,
        sections,
        additional_properties,
        title_field,
        date_field,
        summary_field,
        author_field,
        schema_org,
        glossary,
        charters,
        judgement_field,
    }
}

/// The word of schema.org for the documents; terms where nothing is said of a glossary.
fn read_schema_org(settings: &mut Settings<'_>, sink: &mut Sink) -> &'static str {
    let usual = if settings.mapping().get("glossary").is_some() { "DefinedTerm" } else { "Article" };
    let Some(text) = settings.text("schema_org", sink) else { return usual };
    let known = SCHEMA_ORG.iter().find(|known| **known == text.value);
    if known.is_none() {
        let list = SCHEMA_ORG.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
        wrong(
            "schema_org",
            text.span,
            &tr!(sink.lang(), "un de ces mots : {list}", "one of these words: {list}"),
            sink,
        );
    }
    known.copied().unwrap_or(usual)
}

/// Holds every name in a declaration against what is declared: `sort`, `when`, the `to` of references.
fn check_names(schema: &Schema, sink: &mut Sink) {
    let collections: Vec<&str> = schema.collections.keys().map(String::as_str).collect();
    for collection in schema.collections.values() {
        let names: Vec<&str> = collection.fields.keys().map(String::as_str).collect();
        let known = |name: &str| names.contains(&name) || RESERVED.contains(&name) || collection.kind == Kind::Rules;
        let conditions = collection
            .fields
            .values()
            .filter_map(|field| field.when.as_ref())
            .chain(collection.sections.iter().filter_map(|section| section.when.as_ref()))
            .flat_map(|when| when.conditions.iter().map(|(name, _)| name))
            .chain(&collection.author_field);
        for name in conditions.chain([&collection.sort.key]) {
            // A condition may look inside an object: `review.date`.
            if !known(name.value.split('.').next().unwrap_or_default()) {
                unknown_field(&name.value, name.span, names.iter().copied().chain(["title", "date"]), sink);
            }
        }
        if let Some(name) = &collection.judgement_field {
            let entries = collection.fields.values().filter_map(|field| match &field.shape {
                Shape::Entries(shape) => Some(&shape.properties),
                _ => None,
            });
            let truths: Vec<&str> = entries
                .flatten()
                .filter(|(_, property)| matches!(property.shape, Shape::Boolean))
                .map(|(name, _)| name.as_str())
                .collect();
            if !truths.contains(&name.value.as_str()) {
                unknown_field(&name.value, name.span, truths.iter().copied(), sink);
            }
        }
        if let Some(keys) = &collection.glossary {
            for name in [&keys.short, &keys.long, &keys.synonyms].into_iter().filter(|name| !name.is_empty()) {
                if !known(name) {
                    unknown_field(name, collection.span, names.iter().copied(), sink);
                }
            }
        }
        for field in collection.fields.values() {
            check_references(field, &collections, sink);
        }
    }
}

fn check_references(field: &Field, collections: &[&str], sink: &mut Sink) {
    match &field.shape {
        Shape::Reference(reference) => {
            for to in &reference.to {
                if !collections.contains(&to.value.as_str()) {
                    let (lang, name) = (sink.lang(), &to.value);
                    sink.push(
                        Diagnostic::new(
                            &UNKNOWN_COLLECTION,
                            to.span,
                            tr!(lang, "il n’y a pas de collection `{name}`", "there is no collection `{name}`"),
                        )
                        .maybe_help(closest(lang, name, collections.iter().copied())),
                    );
                }
            }
        }
        Shape::Array(items) => check_references(items, collections, sink),
        Shape::Object(object) | Shape::Entries(object) | Shape::Outcome(object) => {
            for property in object.properties.values() {
                check_references(property, collections, sink);
            }
        }
        _ => {}
    }
}

fn unknown_field<'a>(name: &str, span: Span, known: impl IntoIterator<Item = &'a str>, sink: &mut Sink) {
    let lang = sink.lang();
    sink.push(
        Diagnostic::new(
            &UNKNOWN_FIELD,
            span,
            tr!(lang, "la collection ne déclare pas de champ `{name}`", "the collection declares no field `{name}`"),
        )
        .maybe_help(closest(lang, name, known)),
    );
}

fn read_fields(fields: &Mapping, sink: &mut Sink) -> Declared {
    let mut read = Declared::default();
    for (key, node) in &fields.entries {
        let Some(declaration) = node.as_mapping() else {
            wrong(
                &key.value,
                node.span,
                &tr!(sink.lang(), "des sous-clés, avec au moins `type:`", "sub-keys, with at least `type:`"),
                sink,
            );
            continue;
        };
        let plain = key.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && key.value.starts_with(|c: char| c.is_ascii_lowercase());
        let lang = sink.lang();
        let name = &key.value;
        if RESERVED.contains(&name.as_str()) {
            invalid(
                key.span,
                tr!(lang, "`{name}` est une clé réservée", "`{name}` is a reserved key"),
                tr!(
                    lang,
                    "elle existe dans tous les documents : ne la déclarez pas, ou choisissez un autre nom",
                    "every document has it: do not declare it, or choose another name"
                ),
                sink,
            );
        } else if !plain {
            let better = crate::parse::slug(name).replace('-', "_");
            invalid(
                key.span,
                tr!(lang, "`{name}` n’est pas un nom de champ", "`{name}` is no name for a field"),
                tr!(
                    lang,
                    "lettres minuscules sans accent, chiffres et `_` : `{better}`",
                    "lowercase letters without accents, digits and `_`: `{better}`"
                ),
                sink,
            );
        }
        read.insert(key.value.clone(), read_field(key, declaration, sink));
    }
    read
}

fn read_field(key: &Key, declaration: &Mapping, sink: &mut Sink) -> Field {
    let mut settings = Settings::new(declaration);
    let shape = read_shape(key, &mut settings, sink);
    let constraints = read_constraints(key, &mut settings, sink);
    let text = |settings: &mut Settings, name, sink: &mut Sink| settings.text(name, sink).map(|text| text.value);
    unfit(key, &shape, &constraints, sink);
    let field = Field {
        key: key.clone(),
        symbol: Symbol::new(&key.value),
        title: text(&mut settings, "title", sink).unwrap_or_else(|| key.value.clone()),
        description: text(&mut settings, "description", sink),
        shape,
        required: settings.flag("required", sink),
        when: read_when(settings.node("when"), sink),
        facet: settings.flag("facet", sink),
        notice: text(&mut settings, "notice", sink),
        shown: settings.node("shown").is_none() || settings.flag("shown", sink),
        unit: text(&mut settings, "unit", sink),
        public: settings.flag("public", sink),
        default: settings.node("default").cloned(),
        examples: settings.texts("examples", sink).into_iter().map(|text| text.value).collect(),
        constraints,
    };
    settings.finish(sink);
    field
}

fn read_shape(key: &Key, settings: &mut Settings<'_>, sink: &mut Sink) -> Shape {
    let named = settings.text("type", sink);
    let name = match &named {
        Some(name) => name.value.as_str(),
        // A plain text is the usual thing to declare; a list of choices is one.
        None if settings.mapping().get("enum").is_some() => "string",
        None => {
            let lang = sink.lang();
            let list = Shape::NAMES.join(", ");
            let field = &key.value;
            invalid(
                key.span,
                tr!(lang, "le champ `{field}` n’a pas de type", "field `{field}` has no type"),
                tr!(lang, "ajoutez `type:` suivi de l’un de : {list}", "add `type:` followed by one of: {list}"),
                sink,
            );
            "any"
        }
    };
    match name {
        "any" => Shape::Any,
        "string" => Shape::String,
        "markdown" => Shape::Markdown,
        "number" => Shape::Number,
        "integer" => Shape::Integer,
        "boolean" => Shape::Boolean,
        "date" => Shape::Date,
        "url" => Shape::Url,
        "email" => Shape::Email,
        "reference" => Shape::Reference(read_reference(key, settings, sink)),
        "array" => Shape::Array(Box::new(match settings.section("items", sink) {
            Some(items) => read_field(key, items, sink),
            None => plain_field(key, Shape::Any),
        })),
        "object" => Shape::Object(read_object(settings, Declared::default(), sink)),
        "entries" => {
            let properties = Declared::from_iter([
                ("number".to_owned(), Field { required: true, ..named_field("number", key, Shape::String) }),
                ("title".to_owned(), Field { required: true, ..named_field("title", key, Shape::String) }),
                ("text".to_owned(), named_field("text", key, Shape::Markdown)),
                ("group".to_owned(), named_field("group", key, Shape::String)),
            ]);
            Shape::Entries(read_object(settings, properties, sink))
        }
        "outcome" => Shape::Outcome(read_outcome(key, settings, sink)),
        unknown => {
            let lang = sink.lang();
            let span = named.as_ref().map_or(key.span, |name| name.span);
            sink.push(
                Diagnostic::new(&UNKNOWN_TYPE, span, tr!(lang, "type inconnu `{unknown}`", "unknown type `{unknown}`"))
                    .help(closest(lang, unknown, Shape::NAMES.iter().copied()).unwrap_or_else(|| {
                        let list = Shape::NAMES.join(", ");
                        tr!(lang, "types possibles : {list}", "possible types: {list}")
                    })),
            );
            settings.allow(&["to", "items", "properties", "inverse", "entries", "prefix"]);
            Shape::Any
        }
    }
}

fn read_reference(key: &Key, settings: &mut Settings<'_>, sink: &mut Sink) -> ReferenceShape {
    let to = settings.texts("to", sink);
    if to.is_empty() {
        let (lang, name) = (sink.lang(), &key.value);
        invalid(
            key.span,
            tr!(
                lang,
                "la référence `{name}` ne dit pas où elle mène",
                "reference `{name}` does not say where it leads"
            ),
            tr!(lang, "ajoutez `to:` suivi d’une collection", "add `to:` followed by a collection"),
            sink,
        );
    }
    let entries = match settings.text("entries", sink) {
        Some(part) if part.value == "required" => EntryPart::Required,
        Some(part) if part.value == "optional" => EntryPart::Optional,
        Some(part) if part.value != "none" => {
            wrong(
                "entries",
                part.span,
                &tr!(sink.lang(), "`none`, `optional` ou `required`", "`none`, `optional` or `required`"),
                sink,
            );
            EntryPart::None
        }
        _ => EntryPart::None,
    };
    ReferenceShape {
        to,
        entries,
        inverse: settings.text("inverse", sink).map(|text| text.value),
        prefix: settings.text("prefix", sink).map(|text| text.value),
    }
}

fn read_object(settings: &mut Settings<'_>, mut properties: Declared, sink: &mut Sink) -> ObjectShape {
    if let Some(declared) = settings.section("properties", sink) {
        properties.extend(read_fields_inside(declared, sink));
    }
    ObjectShape { properties, additional: settings.flag("additionalProperties", sink) }
}

/// Fields inside an object may carry the names that are reserved for whole documents: a meeting has a `date`.
fn read_fields_inside(fields: &Mapping, sink: &mut Sink) -> Declared {
    let mut read = Declared::default();
    for (key, node) in &fields.entries {
        match node.as_mapping() {
            Some(declaration) => {
                read.insert(key.value.clone(), read_field(key, declaration, sink));
            }
            None => wrong(
                &key.value,
                node.span,
                &tr!(sink.lang(), "des sous-clés, avec au moins `type:`", "sub-keys, with at least `type:`"),
                sink,
            ),
        }
    }
    read
}

fn read_outcome(key: &Key, settings: &mut Settings<'_>, sink: &mut Sink) -> ObjectShape {
    let indicator = ReferenceShape {
        to: settings.texts("to", sink),
        entries: EntryPart::Required,
        inverse: settings.text("inverse", sink).map(|text| text.value),
        prefix: None,
    };
    let source = match settings.text("source_to", sink) {
        Some(to) => {
            Shape::Reference(ReferenceShape { to: vec![to], entries: EntryPart::Optional, inverse: None, prefix: None })
        }
        None => Shape::String,
    };
    let required = |name: &str, shape| Field { required: true, ..named_field(name, key, shape) };
    let properties = Declared::from_iter([
        ("indicator".to_owned(), required("indicator", Shape::Reference(indicator))),
        ("qualifier".to_owned(), named_field("qualifier", key, Shape::String)),
        ("value".to_owned(), required("value", Shape::Number)),
        ("value_max".to_owned(), named_field("value_max", key, Shape::Number)),
        ("unit".to_owned(), required("unit", Shape::String)),
        ("base".to_owned(), required("base", Shape::String)),
        ("period".to_owned(), required("period", Shape::String)),
        ("note".to_owned(), named_field("note", key, Shape::String)),
        ("source".to_owned(), named_field("source", key, source)),
    ]);
    ObjectShape { properties, additional: false }
}

/// A field that the program itself declares, at the place of the field that brings it.
fn named_field(name: &str, key: &Key, shape: Shape) -> Field {
    plain_field(&Key::new(name.to_owned(), key.span), shape)
}

fn plain_field(key: &Key, shape: Shape) -> Field {
    Field {
        key: key.clone(),
        symbol: Symbol::new(&key.value),
        title: key.value.clone(),
        description: None,
        shape,
        required: false,
        when: None,
        facet: false,
        notice: None,
        shown: true,
        unit: None,
        public: false,
        default: None,
        examples: Vec::new(),
        constraints: Constraints::default(),
    }
}

fn read_constraints(key: &Key, settings: &mut Settings<'_>, sink: &mut Sink) -> Constraints {
    let lang = sink.lang();
    let choices = settings.node("enum").and_then(|node| read_choices(node, sink));
    let pattern = settings.text("pattern", sink).and_then(|pattern| match Regex::new(&pattern.value) {
        Ok(regex) => Some(regex),
        Err(error) => {
            let reason = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
            invalid(
                pattern.span,
                tr!(lang, "cette expression régulière est fausse", "this regular expression is wrong"),
                tr!(lang, "corrigez-la : {reason}", "correct it: {reason}"),
                sink,
            );
            None
        }
    });
    let constraints = Constraints {
        choices,
        minimum: settings.number("minimum", sink),
        maximum: settings.number("maximum", sink),
        multiple_of: settings.number("multipleOf", sink),
        min_length: settings.count("minLength", sink),
        max_length: settings.count("maxLength", sink),
        pattern,
        min_items: settings.count("minItems", sink),
        max_items: settings.count("maxItems", sink),
        unique_items: settings.flag("uniqueItems", sink),
        max_lines: settings.count("maxLines", sink),
    };
    let crossed = |low: Option<f64>, high: Option<f64>| matches!((low, high), (Some(low), Some(high)) if low > high);
    #[expect(clippy::cast_precision_loss, reason = "limits on counts are small")]
    let float = |count: Option<usize>| count.map(|count| count as f64);
    if crossed(constraints.minimum, constraints.maximum)
        || crossed(float(constraints.min_length), float(constraints.max_length))
        || crossed(float(constraints.min_items), float(constraints.max_items))
        || constraints.multiple_of.is_some_and(|step| step <= 0.0)
    {
        let name = &key.value;
        invalid(
            key.span,
            tr!(
                lang,
                "les limites du champ `{name}` n’acceptent aucune valeur",
                "the limits of field `{name}` accept no value"
            ),
            tr!(
                lang,
                "le minimum doit être plus petit que le maximum, et le pas plus grand que zéro",
                "the minimum must be below the maximum, and the step above zero"
            ),
            sink,
        );
    }
    constraints
}

/// Reports a limit that its type can never feel: it would be declared and never checked.
fn unfit(key: &Key, shape: &Shape, limits: &Constraints, sink: &mut Sink) {
    let text = matches!(shape, Shape::String | Shape::Markdown | Shape::Url | Shape::Email | Shape::Any);
    let number = matches!(shape, Shape::Number | Shape::Integer | Shape::Any);
    let list = matches!(shape, Shape::Array(_) | Shape::Entries(_) | Shape::Any);
    let lines = matches!(shape, Shape::Markdown | Shape::String | Shape::Any);
    let words = [
        ("enum", limits.choices.is_some(), text),
        ("minimum", limits.minimum.is_some(), number),
        ("maximum", limits.maximum.is_some(), number),
        ("multipleOf", limits.multiple_of.is_some(), number),
        ("minLength", limits.min_length.is_some(), text),
        ("maxLength", limits.max_length.is_some(), text),
        ("pattern", limits.pattern.is_some(), text),
        ("minItems", limits.min_items.is_some(), list),
        ("maxItems", limits.max_items.is_some(), list),
        ("uniqueItems", limits.unique_items, list),
        ("maxLines", limits.max_lines.is_some(), lines),
    ];
    let (lang, name, shape) = (sink.lang(), &key.value, shape.name());
    for (word, _, _) in words.iter().filter(|(_, given, fits)| *given && !fits) {
        invalid(
            key.span,
            tr!(
                lang,
                "`{word}` ne s’applique pas au champ `{name}`, de type `{shape}`",
                "`{word}` does not apply to field `{name}`, of type `{shape}`"
            ),
            tr!(
                lang,
                "retirez `{word}`, ou mettez-le sous `items:` si c’est une liste",
                "take `{word}` out, or put it under `items:` if it is a list"
            ),
            sink,
        );
    }
}

fn read_choices(node: &Node, sink: &mut Sink) -> Option<IndexMap<String, String>> {
    match &node.value {
        Yaml::Sequence(items) => {
            Some(items.iter().filter_map(Node::as_str).map(|text| (text.to_owned(), text.to_owned())).collect())
        }
        Yaml::Mapping(labels) => Some(
            labels
                .entries
                .iter()
                .map(|(key, label)| (key.value.clone(), label.as_str().unwrap_or(&key.value).to_owned()))
                .collect(),
        ),
        _ => {
            wrong(
                "enum",
                node.span,
                &tr!(
                    sink.lang(),
                    "une liste de valeurs, ou des valeurs avec leur libellé",
                    "a list of values, or values with their labels"
                ),
                sink,
            );
            None
        }
    }
}

fn read_when(node: Option<&Node>, sink: &mut Sink) -> Option<When> {
    let node = node?;
    let Some(mapping) = node.as_mapping() else {
        wrong(
            "when",
            node.span,
            &tr!(
                sink.lang(),
                "des sous-clés : un champ et les valeurs voulues",
                "sub-keys: a field and the values wanted"
            ),
            sink,
        );
        return None;
    };
    let conditions = mapping
        .entries
        .iter()
        .map(|(key, values)| {
            let texts = match &values.value {
                Yaml::Sequence(items) => items.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
                _ => values.as_str().map(str::to_owned).into_iter().collect(),
            };
            (key.clone(), texts)
        })
        .collect();
    Some(When { conditions, span: node.span })
}

fn read_sections(node: Option<&Node>, sink: &mut Sink) -> Vec<SectionRule> {
    let Some(node) = node else { return Vec::new() };
    let Some(items) = node.as_sequence() else {
        wrong("sections", node.span, &tr!(sink.lang(), "une liste", "a list"), sink);
        return Vec::new();
    };
    let mut sections = Vec::new();
    for item in items {
        let Some(declaration) = item.as_mapping() else {
            wrong(
                "sections",
                item.span,
                &tr!(sink.lang(), "des sous-clés : `title:`, `required:`…", "sub-keys: `title:`, `required:`…"),
                sink,
            );
            continue;
        };
        let mut settings = Settings::new(declaration);
        let title = settings.text("title", sink);
        let rule = title.map(|title| SectionRule {
            title,
            required: settings.flag("required", sink),
            when: read_when(settings.node("when"), sink),
            min_items: settings.count("minItems", sink),
            gather: settings.flag("gather", sink),
        });
        match rule {
            Some(rule) => {
                settings.finish(sink);
                sections.push(rule);
            }
            None => {
                wrong("title", item.span, &tr!(sink.lang(), "le titre de la section", "the section's heading"), sink);
            }
        }
    }
    sections
}

fn invalid(span: Span, message: String, help: String, sink: &mut Sink) {
    sink.push(Diagnostic::new(&INVALID_FIELD, span, message).help(help));
}
