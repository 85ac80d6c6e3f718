use tera::ErrorKind;

use super::theme::Theme;
use super::theme_folder;
use crate::check;
use crate::config::USUAL_THEME;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, closest, tr};
use crate::source::{Span, Spanned};

/// A theme that is neither in the book nor in the program.
pub(super) static UNKNOWN_THEME: Check = Check {
    name: "unknown-theme",
    level: Level::Error,
    summary: Text { fr: "un thème qui n’existe pas", en: "a theme that does not exist" },
    manual: Text {
        fr: "`theme`, sous `[site]`, nomme un dossier de `themes/`, à côté de `book.toml`. Sans ce réglage, le thème est celui du programme, `recueil`. Un thème à vous ne tient que les fichiers qui diffèrent de celui-ci.",
        en: "`theme`, under `[site]`, names a folder of `themes/`, beside `book.toml`. Without this setting the theme is the program's own, `recueil`. A theme of yours holds only the files that differ from it.",
    },
};

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

/// Reports a theme, and templates asked for by name, that do not exist.
pub(super) fn check(cx: &check::Context<'_>, theme: &Theme, sink: &mut Sink) {
    let lang = sink.lang();
    let name = &cx.config.theme;
    let folder = format!("{}/", theme_folder(cx.config));
    let paths =
        cx.snapshot.files().map(|(_, file)| &file.path).chain(cx.snapshot.assets().iter().map(|asset| &asset.path));
    if name != USUAL_THEME && !paths.into_iter().any(|path| path.starts_with(&folder)) {
        sink.push(
            Diagnostic::new(&UNKNOWN_THEME, cx.config.theme_at, tr!(
                lang,
                "il n’y a pas de thème `{name}` : le dossier `{folder}` est vide ou n’existe pas",
                "there is no theme `{name}`: the folder `{folder}` is empty or does not exist"
            ))
            .help(tr!(
                lang,
                "mettez les fichiers du thème dans `{folder}`, ou retirez la ligne : le thème du programme s’appelle `{USUAL_THEME}`",
                "put the files of the theme into `{folder}`, or remove the line: the program's own theme is called `{USUAL_THEME}`"
            )),
        );
    }
    let site = cx.site;
    let of_collections = site.schema.collections.values().filter_map(|collection| collection.template.as_ref());
    let pages =
        site.folders.iter().map(|folder| &folder.page).chain(site.documents.iter().map(|document| &document.page));
    for template in of_collections.chain(pages.filter_map(|page| page.template.as_ref())) {
        check_template(theme, template, sink);
    }
}

fn check_template(theme: &Theme, template: &Spanned<String>, sink: &mut Sink) {
    let (lang, name) = (sink.lang(), &template.value);
    if theme.tera.contains_template(name) {
        return;
    }
    let mut names: Vec<&str> = theme.tera.get_template_names().collect();
    names.sort_unstable();
    let help = closest(lang, name, names).unwrap_or_else(|| {
        tr!(
            lang,
            "ajoutez ce fichier aux `templates/` de votre thème, ou retirez la ligne",
            "add this file to the `templates/` of your theme, or remove the line"
        )
    });
    sink.push(
        Diagnostic::new(
            &UNKNOWN_TEMPLATE,
            template.span,
            tr!(lang, "le thème n’a pas de modèle `{name}`", "the theme has no template `{name}`"),
        )
        .help(help),
    );
}

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
            Diagnostic::new(
                &TEMPLATE_ERROR,
                about,
                tr!(
                    lang,
                    "la page `{page}` ne peut pas être faite : `{template}`, ligne {line} : {reason}",
                    "page `{page}` cannot be made: `{template}`, line {line}: {reason}"
                ),
            )
        }
        (Some((template, at)), None) => {
            let line = at.start_line;
            Diagnostic::new(
                &TEMPLATE_ERROR,
                about,
                tr!(
                    lang,
                    "le modèle `{template}` ne peut pas être lu, ligne {line} : {reason}",
                    "template `{template}` cannot be read, line {line}: {reason}"
                ),
            )
        }
        (None, Some(page)) => Diagnostic::new(
            &TEMPLATE_ERROR,
            about,
            tr!(lang, "la page `{page}` ne peut pas être faite : {reason}", "page `{page}` cannot be made: {reason}"),
        ),
        (None, None) => Diagnostic::new(
            &TEMPLATE_ERROR,
            about,
            tr!(
                lang,
                "les modèles du thème ne peuvent pas être lus : {reason}",
                "the templates of the theme cannot be read: {reason}"
            ),
        ),
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

/// Leaves the failures of pages; a fault of a template that stops many pages is said once, with how many.
pub(super) fn tell_once(failures: Vec<Diagnostic>, sink: &mut Sink) {
    let lang = sink.lang();
    let mut told: Vec<(Diagnostic, usize)> = Vec::new();
    for failure in failures {
        let same =
            |(known, _): &&mut (Diagnostic, usize)| known.span == failure.span && reason(known) == reason(&failure);
        match told.iter_mut().find(same) {
            Some((_, more)) => *more += 1,
            None => told.push((failure, 0)),
        }
    }
    for (failure, more) in told {
        sink.push(match more {
            0 => failure,
            more => failure.note(tr!(lang, "et {more} autre(s) page(s)", "and {more} other page(s)")),
        });
    }
}

/// What a failure says, without the name of the page that it begins with.
fn reason(failure: &Diagnostic) -> &str {
    failure.message.splitn(3, '`').nth(2).unwrap_or(&failure.message)
}
