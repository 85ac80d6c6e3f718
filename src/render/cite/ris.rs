use super::{Citation, Genre, one_line};

/// A reference of RIS: two letters, two spaces, a hyphen, a space and a text on one line; `end` ends a line.
pub(super) fn write(citation: &Citation<'_>, end: &str, out: &mut String) {
    let mut line = |tag: &str, value: &str| {
        out.push_str(tag);
        out.push_str("  - ");
        out.push_str(value);
        out.push_str(end);
    };
    line(
        "TY",
        match citation.kind {
            Genre::Report => "RPRT",
            Genre::Page => "ELEC",
            Genre::Term => "DICT",
        },
    );
    line("ID", &citation.key);
    for author in &citation.authors {
        // An asterisk would cut a name in two.
        line("AU", &one_line(author).replace('*', ""));
    }
    line("TI", &citation.title);
    line("T2", &one_line(citation.site));
    line("PB", &one_line(citation.publisher));
    if let Some(date) = citation.date {
        line("PY", &date.year().to_string());
        line("DA", &date.to_string().replace('-', "/"));
    }
    line("LA", citation.language);
    for note in &citation.notes {
        line("N1", &one_line(note));
    }
    if !citation.url.is_empty() {
        line("UR", &citation.url);
    }
    line("ER", "");
}
