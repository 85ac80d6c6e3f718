use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;
use serde::Serialize;

use super::Context;
use super::by_document::ByDocument;
use super::number;
use super::value;
use super::words::Words;
use crate::model::{Document, DocumentId, Item, Value};
use crate::parse::slug;
use crate::schema::{Collection, Field, Shape};

/// How many choices of a facet stand beside a list.
const SHOWN: usize = 24;

/// What readers can narrow each collection by.
pub(super) struct Facets<'a> {
    by_collection: BTreeMap<&'a str, Vec<Facet<'a>>>,
    /// What each document has: the places of a facet in its collection and of a choice in that facet.
    of_document: ByDocument<Vec<(usize, usize)>>,
}

/// A field that readers can filter by, with the values that occur.
pub(super) struct Facet<'a> {
    pub(super) collection: &'a Collection,
    pub(super) field: &'a Field,
    pub(super) choices: Vec<Choice<'a>>,
}

/// One value that occurs, and the documents that have it.
pub(super) struct Choice<'a> {
    pub(super) label: String,
    pub(super) url: String,
    /// The document that the value is, where the field is a reference.
    pub(super) document: Option<&'a Document>,
    pub(super) documents: Vec<&'a Document>,
}

/// A facet as templates see it.
#[derive(Serialize)]
pub(super) struct FacetValue<'a> {
    pub(super) key: &'a str,
    pub(super) title: &'a str,
    /// How many choices there are.
    pub(super) count: usize,
    /// How many of them are not in `values`.
    pub(super) more: usize,
    pub(super) values: Vec<ChoiceValue<'a>>,
}

#[derive(Serialize)]
pub(super) struct ChoiceValue<'a> {
    pub(super) label: &'a str,
    pub(super) url: &'a str,
    pub(super) count: usize,
    pub(super) current: bool,
}

/// A value of one document, as a link to the others that have it.
#[derive(Serialize)]
pub(super) struct Mark<'a> {
    title: &'a str,
    label: &'a str,
    url: &'a str,
}

impl<'a> Facets<'a> {
    pub(super) fn new(
        cx: &Context<'a>,
        words: &Words,
        listed: &BTreeMap<&'a str, Vec<&'a Document>>,
        rank: &ByDocument<usize>,
    ) -> Self {
        let maker = Maker { cx: *cx, words, rank, base: words.url("facets") };
        let by_collection: BTreeMap<&str, Vec<Facet<'_>>> = cx
            .site
            .schema
            .collections
            .values()
            .filter_map(|collection| {
                let documents = listed.get(collection.id.as_str())?;
                let facets: Vec<Facet<'_>> = collection
                    .fields
                    .values()
                    .filter(|field| field.facet)
                    .map(|field| maker.facet(collection, field, documents))
                    .filter(|facet| !facet.choices.is_empty())
                    .collect();
                Some((collection.id.as_str(), facets))
            })
            .filter(|(_, facets)| !facets.is_empty())
            .collect();
        let mut of_document: ByDocument<Vec<(usize, usize)>> = ByDocument::new(cx.site);
        for facets in by_collection.values() {
            for (at, facet) in facets.iter().enumerate() {
                for (place, choice) in facet.choices.iter().enumerate() {
                    for document in &choice.documents {
                        of_document[document.id].push((at, place));
                    }
                }
            }
        }
        Self { by_collection, of_document }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_collection.is_empty()
    }

    /// The facets of one collection.
    pub(super) fn of(&self, collection: &str) -> &[Facet<'a>] {
        self.by_collection.get(collection).map(Vec::as_slice).unwrap_or_default()
    }

    /// The values of one document.
    pub(super) fn marks(&self, document: &Document) -> Vec<Mark<'_>> {
        let facets = self.of(document.collection.as_deref().unwrap_or_default());
        let places = &self.of_document[document.id];
        let mark = |(facet, choice): &(usize, usize)| {
            let facet = &facets[*facet];
            let choice = &facet.choices[*choice];
            Mark { title: &facet.field.title, label: &choice.label, url: &choice.url }
        };
        places.iter().map(mark).collect()
    }

    /// Every facet, collection by collection.
    pub(super) fn all(&self) -> impl Iterator<Item = &Facet<'a>> {
        self.by_collection.values().flatten()
    }
}

impl<'a> Mark<'a> {
    pub(super) fn label(&self) -> &'a str {
        self.label
    }
}

impl Facet<'_> {
    /// Every choice, as templates see it.
    pub(super) fn whole(&self) -> FacetValue<'_> {
        self.value(None, |_| true)
    }

    /// The choices that most documents have, and the current one; a long list would drown the page that it stands beside.
    pub(super) fn shortened(&self, current: Option<usize>) -> FacetValue<'_> {
        let mut counts: Vec<usize> = self.choices.iter().map(|choice| choice.documents.len()).collect();
        counts.sort_unstable_by_key(|count| Reverse(*count));
        // All choices as frequent as the last one that fits would make the list long again: those are left out together.
        let least = counts.get(SHOWN).map_or(0, |next| next + 1);
        let least = if counts.first().is_some_and(|most| *most < least) { 0 } else { least };
        let mut room = SHOWN;
        self.value(current, |(place, choice)| {
            let shown = choice.documents.len() >= least && room > 0;
            room -= usize::from(shown);
            shown || current == Some(place)
        })
    }

    fn value(&self, current: Option<usize>, mut shown: impl FnMut((usize, &Choice<'_>)) -> bool) -> FacetValue<'_> {
        let choices = self.choices.iter().enumerate().filter(|(place, choice)| shown((*place, *choice)));
        let values: Vec<ChoiceValue<'_>> = choices
            .map(|(place, choice)| ChoiceValue {
                label: &choice.label,
                url: &choice.url,
                count: choice.documents.len(),
                current: current == Some(place),
            })
            .collect();
        FacetValue {
            key: &self.field.key.value,
            title: &self.field.title,
            count: self.choices.len(),
            more: self.choices.len() - values.len(),
            values,
        }
    }
}

/// Choices stand in the order in which the schema or the collection of references lists them, then by name.
type Order = (usize, String);

/// A value as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Written<'a> {
    Text(&'a str),
    Boolean(bool),
    /// The bits of a number.
    Number(u64),
    Document(DocumentId),
}

impl<'a> Written<'a> {
    /// None for what no facet is made of.
    fn new(value: &'a Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(Self::Text(text)),
            Value::Boolean(yes) => Some(Self::Boolean(*yes)),
            Value::Number(number) => Some(Self::Number(number.to_bits())),
            Value::Reference(reference) => reference.target.document().map(Self::Document),
            _ => None,
        }
    }
}

/// What making facets takes.
struct Maker<'w, 'a> {
    cx: Context<'a>,
    words: &'w Words,
    /// The place of each document in its collection's list.
    rank: &'w ByDocument<usize>,
    base: String,
}

impl<'a> Maker<'_, 'a> {
    fn facet(&self, collection: &'a Collection, field: &'a Field, documents: &[&'a Document]) -> Facet<'a> {
        let of = match &field.shape {
            Shape::Array(items) => items,
            _ => field,
        };
        let mut choices: Vec<Choice<'a>> = Vec::new();
        let mut places: BTreeMap<Order, usize> = BTreeMap::new();
        // Few values occur, each of them often: what a value is called and where it stands is worked out once.
        let mut known: HashMap<Written<'a>, Option<usize>, FixedState> = HashMap::default();
        for document in documents {
            let Some((_, (_, item))) = document.values.fields.find(field.symbol) else { continue };
            for item in item.value.items().unwrap_or(std::slice::from_ref(item)) {
                let Some(written) = Written::new(&item.value) else { continue };
                let place = *known.entry(written).or_insert_with(|| {
                    let (order, label, name, target) = self.choice(of, item)?;
                    Some(*places.entry(order).or_insert_with(|| {
                        let url = format!("{}{}/{}/{name}/", self.base, collection.id, field.key.value);
                        choices.push(Choice { label, url, document: target, documents: Vec::new() });
                        choices.len() - 1
                    }))
                });
                let Some(choice) = place.and_then(|place| choices.get_mut(place)) else { continue };
                if choice.documents.last().is_none_or(|last| last.id != document.id) {
                    choice.documents.push(document);
                }
            }
        }
        let mut choices: Vec<Option<Choice<'a>>> = choices.into_iter().map(Some).collect();
        let choices = places.into_values().filter_map(|place| choices[place].take()).collect();
        Facet { collection, field, choices }
    }

    /// The order, label, address and document of one value.
    fn choice(&self, field: &Field, item: &Item) -> Option<(Order, String, String, Option<&'a Document>)> {
        match &item.value {
            Value::Text(text) => {
                let place = field
                    .constraints
                    .choices
                    .as_ref()
                    .and_then(|choices| choices.get_index_of(&**text))
                    .unwrap_or(usize::MAX);
                Some(((place, slug(text)), value::label(field, text).to_owned(), slug(text), None))
            }
            Value::Boolean(yes) => {
                let word = self.words.text(if *yes { "yes" } else { "no" });
                Some(((usize::from(!yes), slug(word)), word.to_owned(), slug(word), None))
            }
            Value::Number(value) => {
                let text = number::bare(self.words.lang, *value);
                Some(((usize::MAX, text.clone()), text.clone(), slug(&text), None))
            }
            Value::Reference(reference) => {
                let document = self.cx.site.document(reference.target.document()?);
                let name = document.name.split('/').next_back().unwrap_or_default();
                let target = (!document.draft).then_some(document);
                Some(((self.rank[document.id], slug(name)), document.page.title.value.clone(), slug(name), target))
            }
            _ => None,
        }
    }
}
