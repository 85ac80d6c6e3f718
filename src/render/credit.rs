use super::shared::Shared;
use crate::model::{Document, Item, Value};

/// About as many characters as two sentences have.
const EXCERPT: usize = 280;

/// Who answers for the site: its authors, else its publisher, else its own name.
pub(super) fn of_site<'a>(shared: &Shared<'a>) -> Vec<&'a str> {
    let config = shared.cx.config;
    if config.authors.is_empty() {
        vec![publisher(shared)]
    } else {
        config.authors.iter().map(String::as_str).collect()
    }
}

/// Who publishes the site: what stands before the first comma of `[legal] publisher`, the address after it being for the legal notice.
pub(super) fn publisher<'a>(shared: &Shared<'a>) -> &'a str {
    let config = shared.cx.config;
    let publisher = config.legal.publisher.as_deref().unwrap_or_default();
    let name = publisher.split(',').next().unwrap_or_default().trim();
    if name.is_empty() { &config.title } else { name }
}

/// Who wrote a document: what its collection's `author_field` holds, else whoever answers for the site.
pub(super) fn authors<'a>(shared: &Shared<'a>, document: &'a Document) -> Vec<&'a str> {
    let field = shared.collection_of(document).and_then(|collection| collection.author_field.as_ref());
    let named = field.and_then(|field| document.values.get(&field.value));
    let mut authors = Vec::new();
    for item in named.map(|item| item.value.items().unwrap_or(std::slice::from_ref(item))).unwrap_or_default() {
        authors.extend(name(shared, item));
    }
    if authors.is_empty() { of_site(shared) } else { authors }
}

fn name<'a>(shared: &Shared<'a>, item: &'a Item) -> Option<&'a str> {
    match &item.value {
        Value::Text(text) => Some(text),
        Value::Reference(reference) => {
            let (document, _) = shared.cx.site.target(reference.target)?;
            Some(&document.page.title.value)
        }
        _ => None,
    }
}

/// What a document says in a sentence or two: its summary, else how its text begins.
pub(super) fn excerpt(document: &Document) -> String {
    if let Some(summary) = &document.page.summary {
        return summary.value.clone();
    }
    let (mut text, mut length) = (String::new(), 0);
    for section in &document.page.body.sections {
        for word in section.text.read().split_whitespace() {
            length += word.chars().count() + 1;
            if length > EXCERPT {
                text.push('…');
                return text;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    text
}
