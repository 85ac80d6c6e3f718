use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use super::escape::escape;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Colours code with classes, whose colours are the theme's; the same code is coloured once.
#[derive(Default)]
pub(super) struct Highlighter {
    done: Mutex<HashMap<(String, String), Arc<str>>>,
}

impl Highlighter {
    /// The HTML inside `<code>`.
    pub(super) fn highlight(&self, language: &str, code: &str) -> Arc<str> {
        let key = (language.to_owned(), code.to_owned());
        let known = self.done.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let html: Arc<str> = colour(language, code).unwrap_or_else(|| escape(code)).into();
            self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&html));
            html
        })
    }
}

fn colour(language: &str, code: &str) -> Option<String> {
    if language.is_empty() {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_by_class_and_escaped() {
        let highlighter = Highlighter::default();
        let html = highlighter.highlight("yaml", "a: \"<b>\" # c\n");
        assert!(html.contains("hl-comment") && html.contains("&lt;b&gt;") && !html.contains("style="));
        assert_eq!(&*highlighter.highlight("unknown", "a < b"), "a &lt; b");
    }
}
