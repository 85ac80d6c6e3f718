use std::fmt::Write as _;

use super::{Citation, Genre, one_line};

/// The months as BibTeX styles know them, January first.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// An entry of BibTeX. Names stand in braces of their own: an organisation has no first name.
pub(super) fn write(citation: &Citation<'_>) -> String {
    let genre = if citation.kind == Genre::Report { "techreport" } else { "misc" };
    let mut text = format!("@{genre}{{{},\n", citation.key);
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(text, "  {name} = {value},");
    };
    let authors: Vec<String> =
        citation.authors.iter().map(|author| format!("{{{}}}", escape(&one_line(author)))).collect();
    field("author", &format!("{{{}}}", authors.join(" and ")));
    field("title", &format!("{{{{{}}}}}", escape(&citation.title)));
    let site = escape(&one_line(citation.site));
    let publisher = escape(&one_line(citation.publisher));
    match citation.kind {
        Genre::Report => field("institution", &format!("{{{publisher}}}")),
        Genre::Page | Genre::Term => field("publisher", &format!("{{{publisher}}}")),
    }
    field("howpublished", &format!("{{{site}}}"));
    if let Some(date) = citation.date {
        field("year", &format!("{{{}}}", date.year()));
        let month = usize::from(date.month().unsigned_abs()).checked_sub(1).and_then(|month| MONTHS.get(month));
        field("month", month.unwrap_or(&"jan"));
    }
    if !citation.url.is_empty() {
        // Read as it is: what would end it is written as addresses write it.
        field("url", &format!("{{{}}}", citation.url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")));
    }
    if !citation.notes.is_empty() {
        field("note", &format!("{{{}}}", escape(&one_line(&citation.notes.join(", ")))));
    }
    field("language", &format!("{{{}}}", escape(citation.language)));
    text.push_str("}\n");
    text
}

/// Characters that mean something to TeX. Braces get a name: BibTeX counts them even after a backslash.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '$' | '&' | '%' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
