use std::fmt::Write as _;

use super::{Citation, Genre, one_line};

/// The months as BibTeX styles know them, January first.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// An entry of BibTeX. Names stand in braces of their own: an organisation has no first name.
pub(super) fn write(citation: &Citation<'_>, out: &mut String) {
    let is_report = citation.kind == Genre::Report;
    let _ = writeln!(out, "@{}{{{},", if is_report { "techreport" } else { "misc" }, citation.key);
    out.push_str("  author = {");
    for (at, author) in citation.authors.iter().enumerate() {
        out.push_str(if at > 0 { " and {" } else { "{" });
        escape(&one_line(author), out);
        out.push('}');
    }
    out.push_str("},\n  title = {{");
    escape(&citation.title, out);
    out.push_str("}},\n");
    field(out, if is_report { "institution" } else { "publisher" }, citation.publisher);
    field(out, "howpublished", citation.site);
    if let Some(date) = citation.date {
        let month = usize::from(date.month().unsigned_abs()).checked_sub(1).and_then(|month| MONTHS.get(month));
        let _ = write!(out, "  year = {{{}}},\n  month = {},\n", date.year(), month.unwrap_or(&"jan"));
    }
    if !citation.url.is_empty() {
        // Read as it is: what would end it is written as addresses write it.
        let url = citation.url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C");
        let _ = writeln!(out, "  url = {{{url}}},");
    }
    if !citation.notes.is_empty() {
        field(out, "note", &citation.notes.join(", "));
    }
    field(out, "language", citation.language);
    out.push_str("}\n");
}

fn field(out: &mut String, name: &str, value: &str) {
    out.push_str("  ");
    out.push_str(name);
    out.push_str(" = {");
    escape(&one_line(value), out);
    out.push_str("},\n");
}

/// Characters that mean something to TeX. Braces get a name: BibTeX counts them even after a backslash.
fn escape(text: &str, out: &mut String) {
    let means = ['\\', '{', '}', '^', '~', '$', '&', '%', '#', '_'];
    let mut rest = text;
    while let Some(at) = rest.find(means) {
        let (plain, after) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = after.chars();
        match characters.next() {
            Some('\\') => out.push_str("\\textbackslash{}"),
            Some('{') => out.push_str("\\textbraceleft{}"),
            Some('}') => out.push_str("\\textbraceright{}"),
            Some('^') => out.push_str("\\textasciicircum{}"),
            Some('~') => out.push_str("\\textasciitilde{}"),
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}
