//! Faults that only show when pages are made. They are declared here, with all others; [`crate::render`] reports them.

use crate::diagnostic::{Check, Level, Text};

/// The checks that the making of pages runs.
pub static CHECKS: &[&Check] = &[&TEMPLATE_ERROR, &UNKNOWN_TEMPLATE];

/// A template that cannot be read, or that stops on a page.
pub static TEMPLATE_ERROR: Check = Check {
    name: "template-error",
    level: Level::Error,
    summary: Text { fr: "un modèle de page qui échoue", en: "a template that fails" },
    manual: Text {
        fr: "Un modèle de page (Tera 2) ne peut pas être lu, ou s’arrête sur une page. Le message nomme la page, le modèle et la ligne. Ce que chaque page donne à son modèle est décrit dans `CONTEXT.md`, à côté des modèles du thème. Un nom qui n’existe pas est une erreur : écrivez `a?.b or \"\"` là où il peut manquer.",
        en: "A template (Tera 2) cannot be read, or stops on a page. The message names the page, the template and the line. What each page hands to its template is described in `CONTEXT.md`, beside the templates of the theme. A name that does not exist is an error: write `a?.b or \"\"` where it may be missing.",
    },
};

/// A template that a page or a collection asks for and the theme does not have.
pub static UNKNOWN_TEMPLATE: Check = Check {
    name: "unknown-template",
    level: Level::Error,
    summary: Text { fr: "un modèle de page qui n’existe pas", en: "a template that does not exist" },
    manual: Text {
        fr: "`template:` nomme un fichier du dossier `templates/` du thème, par exemple `document.html`.",
        en: "`template:` names a file of the theme's `templates/` folder, for instance `document.html`.",
    },
};
