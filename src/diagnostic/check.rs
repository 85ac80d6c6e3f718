use super::{Lang, Level};

/// A text that stands in the program in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// French.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.fr,
            Lang::En => self.en,
        }
    }
}

/// One kind of fault that the program itself knows: its facts and its manual page.
///
/// The name says the fault and reads after "allow": `dangling-reference`.
#[derive(Debug)]
pub struct Check {
    /// The code that findings carry.
    pub name: &'static str,
    /// How bad it is, when the book does not say otherwise.
    pub level: Level,
    /// The fault in one line.
    pub summary: Text,
    /// Why it matters and what to write instead, as Markdown.
    pub manual: Text,
}
