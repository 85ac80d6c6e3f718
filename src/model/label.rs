use super::{Item, Site, Value};
use crate::diagnostic::Lang;
use crate::schema::{Field, Shape};

impl Site {
    /// The value of a field as readers see it, in a few words; a list gives one label an item, a text or an object none.
    pub fn labels(&self, field: &Field, item: &Item, lang: Lang) -> Vec<String> {
        match (&item.value, &field.shape) {
            (Value::List(items), Shape::Array(inner)) => {
                items.iter().flat_map(|item| self.labels(inner, item, lang)).collect()
            }
            (Value::Text(text), _) => vec![field.choice_label(text).to_owned()],
            (Value::Number(number), _) => vec![number.to_string()],
            (Value::Date(date), _) => vec![date.to_string()],
            (Value::Boolean(truth), _) => vec![lang.truth(*truth).to_owned()],
            (Value::Reference(reference), _) => match self.target(reference.target) {
                Some((_, Some(entry))) => vec![entry.title.clone()],
                Some((document, None)) => vec![document.page.title.value.clone()],
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}
