use super::Object;
use crate::source::{Span, Spanned};

/// A numbered item inside a document, with an address of its own: `document#number`.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The field that holds it.
    pub field: String,
    /// Its number as written: `1.2`, `IV`, `quota`.
    pub number: Spanned<String>,
    /// Its title.
    pub title: String,
    /// Its text, in Markdown, and where that stands.
    pub text: Option<(String, Span)>,
    /// The heading it stands under.
    pub group: Option<String>,
    /// Address of its page below the root of the site.
    pub url: String,
    /// The values of all its properties, these included.
    pub values: Object,
}

impl Entry {
    /// The number as readers see it; none when the address is a word (`quota`), which says nothing that the title does not.
    pub fn shown_number(&self) -> Option<&str> {
        let number = self.number.value.as_str();
        let counts = number.chars().any(|c| c.is_ascii_digit()) || number.chars().all(|c| c.is_ascii_uppercase());
        counts.then_some(number)
    }
}
