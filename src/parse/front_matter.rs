use std::ops::Range;

use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::source::{Snapshot, SourceId, Span};

/// A page larger than this is no page; it would only slow everybody down.
const LARGEST_PAGE: usize = 4 * 1024 * 1024;

pub(super) static EMPTY_FILE: Check = Check {
    name: "empty-file",
    level: Level::Error,
    summary: Text { fr: "un fichier vide", en: "an empty file" },
    manual: Text {
        fr: "Un document commence par son en-tête, entre deux lignes `---` : au moins un `title:`. Écrivez-le, ou supprimez le fichier.",
        en: "A document begins with its front matter, between two `---` lines: at least a `title:`. Write it, or delete the file.",
    },
};

pub(super) static MISSING_FRONT_MATTER: Check = Check {
    name: "missing-front-matter",
    level: Level::Error,
    summary: Text { fr: "pas d’en-tête au début du fichier", en: "no front matter at the start of the file" },
    manual: Text {
        fr: "L’en-tête dit de quoi parle le document. Il tient entre deux lignes `---`, tout en haut du fichier :\n\n```yaml\n---\ntitle: Le titre du document\n---\n```",
        en: "The front matter says what the document is about. It stands between two `---` lines, at the very top of the file:\n\n```yaml\n---\ntitle: The title of the document\n---\n```",
    },
};

pub(super) static UNCLOSED_FRONT_MATTER: Check = Check {
    name: "unclosed-front-matter",
    level: Level::Error,
    summary: Text { fr: "l’en-tête n’est pas refermé", en: "the front matter is not closed" },
    manual: Text {
        fr: "L’en-tête s’ouvre par une ligne `---` et se referme par une autre ligne `---`, seule sur sa ligne. Sans elle, le programme ne sait pas où le texte commence.",
        en: "Front matter opens with a line `---` and closes with another one, alone on its line. Without it nobody knows where the text begins.",
    },
};

pub(super) static NOT_UTF8: Check = Check {
    name: "not-utf-8",
    level: Level::Error,
    summary: Text { fr: "le fichier n’est pas en UTF-8", en: "the file is not UTF-8" },
    manual: Text {
        fr: "Le fichier a été enregistré dans un ancien codage (Windows-1252, Latin-1…) : les accents sont perdus. Ouvrez-le, choisissez « Enregistrer avec le codage : UTF-8 », et vérifiez les accents.",
        en: "The file was saved in an old encoding (Windows-1252, Latin-1…), so accents are lost. Open it, choose \"Save with encoding: UTF-8\", and check the accents.",
    },
};

pub(super) static OVERSIZED_FILE: Check = Check {
    name: "oversized-file",
    level: Level::Error,
    summary: Text { fr: "un fichier bien trop grand pour une page", en: "a file far too large for a page" },
    manual: Text {
        fr: "Une page dépasse 4 Mio. C’est en général une image ou un tableau collés dans le texte : placez-les dans un fichier à côté, et faites un lien.",
        en: "A page is larger than 4 MiB. Usually a picture or a table was pasted into the text: put it into a file beside it, and link to it.",
    },
};

/// Where the front matter and the body stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The YAML between the fences; `None` when there is none to read.
    pub front: Option<Range<usize>>,
    /// The text after it.
    pub body: Range<usize>,
}

/// Finds the two fences of a page by hand: a byte order mark, `\r\n` and spaces after a fence are accepted.
pub(super) fn split(snapshot: &Snapshot, source: SourceId, sink: &mut Sink) -> Split {
    let lang = sink.lang();
    let file = snapshot.file(source);
    let text = file.text.as_str();
    if let Some(at) = file.broken_at {
        sink.push(
            Diagnostic::new(
                &NOT_UTF8,
                Span::new(source, at..at + '\u{fffd}'.len_utf8()),
                tr!(
                    lang,
                    "ce fichier n’est pas en UTF-8 : ce caractère est illisible",
                    "this file is not UTF-8: this character cannot be read"
                ),
            )
            .help(tr!(
                lang,
                "enregistrez le fichier avec le codage UTF-8, puis vérifiez les accents",
                "save the file with the UTF-8 encoding, then check the accents"
            )),
        );
    }
    if text.len() > LARGEST_PAGE {
        let size = text.len() / 1024 / 1024;
        sink.push(
            Diagnostic::new(
                &OVERSIZED_FILE,
                Span::file(source),
                tr!(lang, "ce fichier fait {size} Mio, pour 4 au plus", "this file is {size} MiB, with 4 at most"),
            )
            .help(tr!(
                lang,
                "placez les images et les grands tableaux dans des fichiers à côté",
                "put pictures and large tables into files beside it"
            )),
        );
        return Split { front: None, body: text.len()..text.len() };
    }
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let rest = text.get(start..).unwrap_or_default();
    if rest.trim().is_empty() {
        sink.push(
            Diagnostic::new(&EMPTY_FILE, Span::file(source), tr!(lang, "ce fichier est vide", "this file is empty"))
                .help(tr!(
                    lang,
                    "commencez par une ligne `---`, puis `title: …`, puis une ligne `---`",
                    "begin with a line `---`, then `title: …`, then a line `---`"
                )),
        );
        return Split { front: None, body: text.len()..text.len() };
    }

    let mut lines = rest.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !is_fence(first) {
        sink.push(
            Diagnostic::new(
                &MISSING_FRONT_MATTER,
                Span::new(source, start..start + first.trim_end().len()),
                tr!(lang, "ce fichier commence sans en-tête", "this file begins without front matter"),
            )
            .help(tr!(
                lang,
                "ajoutez au-dessus une ligne `---`, puis `title: …`, puis une ligne `---`",
                "add above it a line `---`, then `title: …`, then a line `---`"
            )),
        );
        return Split { front: None, body: start..text.len() };
    }
    let front_start = start + first.len();
    let mut at = front_start;
    for line in lines {
        if is_fence(line) {
            return Split { front: Some(front_start..at), body: at + line.len()..text.len() };
        }
        at += line.len();
    }
    sink.push(
        Diagnostic::new(
            &UNCLOSED_FRONT_MATTER,
            Span::new(source, start..start + 3),
            tr!(lang, "l’en-tête ouvert ici n’est jamais refermé", "the front matter opened here is never closed"),
        )
        .help(tr!(
            lang,
            "ajoutez une ligne `---` après la dernière ligne de l’en-tête",
            "add a line `---` after the last line of the front matter"
        )),
    );
    Split { front: None, body: text.len()..text.len() }
}

/// A line of three hyphens and nothing else but space.
fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}
