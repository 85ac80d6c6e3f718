use tera::ErrorKind;

use super::theme::Theme;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::source::Span;

/// A template that cannot be read, or that stops on a page.
pub(super) static TEMPLATE_ERROR: Check = Check {
    name: "template-error",
    level: Level::Error,
    summary: Text { fr: "un modèle de page qui échoue", en: "a template that fails" },
    manual: Text {
        fr: "Un modèle de page (Tera 2) ne peut pas être lu, ou s’arrête sur une page. Le message nomme la page, le modèle et la ligne. Ce que chaque page donne à son modèle est décrit dans `CONTEXT.md`, à côté des modèles du thème. Un nom qui n’existe pas est une erreur : écrivez `a?.b or \"\"` là où il peut manquer.",
        en: "A template (Tera 2) cannot be read, or stops on a page. The message names the page, the template and the line. What each page hands to its template is described in `CONTEXT.md`, beside the templates of the theme. A name that does not exist is an error: write `a?.b or \"\"` where it may be missing.",
    },
};

/// A template that a page or a collection asks for and the theme does not have.
pub(super) static UNKNOWN_TEMPLATE: Check = Check {
    name: "unknown-template",
    level: Level::Error,
    summary: Text { fr: "un modèle de page qui n’existe pas", en: "a template that does not exist" },
    manual: Text {
        fr: "`template:` nomme un fichier du dossier `templates/` du thème, par exemple `document.html`.",
        en: "`template:` names a file of the theme's `templates/` folder, for instance `document.html`.",
    },
};

/// Reports what went wrong in a template: in the book's own file where it is one, otherwise at `about`.
pub(super) fn report(theme: &Theme, error: &tera::Error, page: Option<&str>, about: Span, sink: &mut Sink) {
    let lang = sink.lang();
    let (message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), Some((report.filename().to_owned(), report.span().clone())))
        }
        _ => (first_line(error), None),
    };
    let reason = message.trim_end_matches('.').to_owned();
    let mut diagnostic = match (&place, page) {
        (Some((template, at)), Some(page)) => {
            let line = at.start_line;
            Diagnostic::new(&TEMPLATE_ERROR, about, tr!(
                lang,
                "la page `{page}` ne peut pas être faite : `{template}`, ligne {line} : {reason}",
                "page `{page}` cannot be made: `{template}`, line {line}: {reason}"
            ))
        }
        (Some((template, at)), None) => {
            let line = at.start_line;
            Diagnostic::new(&TEMPLATE_ERROR, about, tr!(
                lang,
                "le modèle `{template}` ne peut pas être lu, ligne {line} : {reason}",
                "template `{template}` cannot be read, line {line}: {reason}"
            ))
        }
        (None, Some(page)) => Diagnostic::new(&TEMPLATE_ERROR, about, tr!(
            lang,
            "la page `{page}` ne peut pas être faite : {reason}",
            "page `{page}` cannot be made: {reason}"
        )),
        (None, None) => Diagnostic::new(&TEMPLATE_ERROR, about, tr!(
            lang,
            "les modèles du thème ne peuvent pas être lus : {reason}",
            "the templates of the theme cannot be read: {reason}"
        )),
    };
    if let Some((template, at)) = place
        && let Some(source) = theme.source(&template)
    {
        diagnostic.span = Span::new(source, at.range);
    }
    sink.push(diagnostic.help(tr!(
        lang,
        "corrigez le modèle ; `CONTEXT.md` du thème dit ce que chaque page lui donne",
        "correct the template; the theme's `CONTEXT.md` says what each page hands to it"
    )));
}

/// An error that has no place in its kind says it in its first line.
fn first_line(error: &tera::Error) -> String {
    let whole = error.to_string();
    whole.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}
