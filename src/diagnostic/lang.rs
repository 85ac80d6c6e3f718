/// The language in which authors are spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// French, the language of the first books.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// The language of a tag such as `fr`, `fr-FR` or `en`; anything but French is spoken to in English.
    pub fn from_tag(tag: &str) -> Self {
        if tag.split(['-', '_']).next().is_some_and(|main| main.eq_ignore_ascii_case("fr")) {
            Self::Fr
        } else {
            Self::En
        }
    }

    /// Yes or no.
    pub fn truth(self, truth: bool) -> &'static str {
        match (self, truth) {
            (Self::Fr, true) => "oui",
            (Self::Fr, false) => "non",
            (Self::En, true) => "yes",
            (Self::En, false) => "no",
        }
    }
}

/// Says one thing in the language asked for: `tr!(lang, "en français {x}", "in English {x}")`. Both stand side by side so that
/// a message has one home.
macro_rules! tr {
    ($lang:expr, $fr:literal, $en:literal $(, $argument:expr)* $(,)?) => {
        match $lang {
            $crate::diagnostic::Lang::Fr => format!($fr $(, $argument)*),
            $crate::diagnostic::Lang::En => format!($en $(, $argument)*),
        }
    };
}
pub(crate) use tr;
