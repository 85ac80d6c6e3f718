//! The faults that a view can have beside those of its expressions.

use crate::diagnostic::{Check, Level, Text};

/// Every fault of this folder.
pub static CHECKS: &[&Check] = &[
    &INVALID_VIEW,
    &UNKNOWN_VIEW_KIND,
    &UNKNOWN_VIEW_RULE,
    &DUPLICATE_VIEW,
    &UNKNOWN_VIEW,
    &MISPLACED_VIEW,
    &UNCOMPUTABLE_VIEW,
    &UNREADABLE_DATE,
];

pub(super) static INVALID_VIEW: Check = Check {
    name: "invalid-view",
    level: Level::Error,
    summary: Text {
        fr: "une vue incomplète ou contradictoire", en: "a view that is incomplete or contradicts itself"
    },
    manual: Text {
        fr: "Une vue dit au moins son nom (`name`), son genre (`kind`) et les documents dont elle parle (`of`) ; un graphique dit aussi ce qui sépare ses barres ou ses points (`by`), un tableau ses colonnes (`columns`), un tableau croisé ses lignes et ses colonnes (`rows`, `columns`). Le message dit ce qui manque, ou ce qui n’a pas de sens dans une vue de ce genre.",
        en: "A view says at least its name (`name`), its kind (`kind`) and the documents that it is about (`of`); a chart also says what tells its bars or points apart (`by`), a table its columns (`columns`), a matrix its rows and its columns (`rows`, `columns`). The message says what is missing, or what makes no sense in a view of that kind.",
    },
};

pub(super) static UNKNOWN_VIEW_KIND: Check = Check {
    name: "unknown-view-kind",
    level: Level::Error,
    summary: Text { fr: "un genre de vue qui n’existe pas", en: "a kind of view that does not exist" },
    manual: Text {
        fr: "Les genres de vues sont : `table, list, number, bars, dots, lines, shares, matrix, regions, timeline, ledger, compare, gathered`. Le guide en montre un exemple de chaque.",
        en: "The kinds of views are: `table, list, number, bars, dots, lines, shares, matrix, regions, timeline, ledger, compare, gathered`. The guide shows an example of each.",
    },
};

pub(super) static UNKNOWN_VIEW_RULE: Check = Check {
    name: "unknown-view-rule",
    level: Level::Error,
    summary: Text {
        fr: "une vue des comptes d’une règle qui n’en tient pas",
        en: "a view of the accounts of a rule that keeps none",
    },
    manual: Text {
        fr: "Une vue `ledger` montre les comptes d’une règle : `rule` en donne le code. La règle existe, elle a un `quota` et des groupes (`group_by`), et c’est bien la collection de la vue qu’elle juge.",
        en: "A `ledger` view shows the accounts of a rule: `rule` gives its code. The rule exists, it has a `quota` and groups (`group_by`), and it is the collection of the view that it judges.",
    },
};

pub(super) static DUPLICATE_VIEW: Check = Check {
    name: "duplicate-view",
    level: Level::Error,
    summary: Text { fr: "un nom de vue employé deux fois", en: "a name of a view that is used twice" },
    manual: Text {
        fr: "Dans une page, chaque vue a son nom, et le texte ne la place qu’une fois : `![](view:nom)`. Deux vues du même nom ne se distinguent pas, et une vue montrée deux fois n’apprend rien de plus.",
        en: "On a page, each view has its own name, and the text places it once: `![](view:name)`. Two views of one name cannot be told apart, and a view that is shown twice says nothing more.",
    },
};

pub(super) static UNKNOWN_VIEW: Check = Check {
    name: "unknown-view",
    level: Level::Error,
    summary: Text { fr: "une vue placée et jamais déclarée", en: "a view that is placed and never declared" },
    manual: Text {
        fr: "`![](view:nom)` place une vue que l’en-tête de la même page déclare sous `views:`. Aucune n’a ce nom : il y a une faute de frappe, ou la vue reste à écrire.",
        en: "`![](view:name)` places a view that the front matter of the same page declares under `views:`. None has this name: there is a slip, or the view is still to be written.",
    },
};

pub(super) static MISPLACED_VIEW: Check = Check {
    name: "misplaced-view",
    level: Level::Error,
    summary: Text {
        fr: "une vue placée là où elle ne tient pas", en: "a view that is placed where it does not fit"
    },
    manual: Text {
        fr: "Une vue est une figure : elle ne tient ni dans une phrase, ni dans une liste, ni dans un tableau. Écrivez `![](view:nom)` seul sur sa ligne, avec une ligne vide avant et une ligne vide après. Elle n’a pas non plus sa place dans un champ de l’en-tête : seul le texte de la page montre des vues.",
        en: "A view is a figure: it fits neither in a sentence, nor in a list, nor in a table. Write `![](view:name)` alone on its line, with an empty line before and after it. Nor does it fit in a field of the front matter: only the text of the page shows views.",
    },
};

pub(super) static UNCOMPUTABLE_VIEW: Check = Check {
    name: "uncomputable-view",
    level: Level::Error,
    summary: Text { fr: "une vue que l’on ne peut pas calculer", en: "a view that cannot be computed" },
    manual: Text {
        fr: "L’expression est bien écrite, mais un document ne lui permet pas d’aboutir : une opération entre des valeurs qui ne vont pas ensemble, ou un calcul trop long. Une valeur absente n’est pas une faute : elle est comptée comme manquante.",
        en: "The expression is well written, but some document keeps it from coming to a result: an operation between values that do not go together, or a calculation that takes too long. A missing value is no fault: it is counted as missing.",
    },
};

pub(super) static UNREADABLE_DATE: Check = Check {
    name: "unreadable-date",
    level: Level::Warning,
    summary: Text {
        fr: "une date en mots qu’une chronologie ne sait pas lire",
        en: "a date in words that a timeline cannot read",
    },
    manual: Text {
        fr: "Une vue `timeline` lit les dates écrites en texte : une année (`2009`), un mois (`2009-06`, `juin 2009`), un jour (`2009-06-12`, `12 juin 2009`), une saison (`été 2009`, `2009-22`), et d’une date à l’autre (`2009-06/2009-08`, `juin à août 2009`, `2009-2012`). Ce qui n’est pas sûr (« vers 2010 », « avant 2008 ») ne se place pas : l’événement est montré à la fin, sans date. Écrivez l’année dans le champ que lit la vue, et gardez vos mots dans un autre, que `when` montrera.",
        en: "A `timeline` view reads dates that are written as text: a year (`2009`), a month (`2009-06`, `June 2009`), a day (`2009-06-12`, `12 June 2009`), a season (`summer 2009`, `2009-22`), and from one date to another (`2009-06/2009-08`, `June to August 2009`, `2009-2012`). What is not sure (“about 2010”, “before 2008”) has no place: the event is shown at the end, without a date. Write the year in the field that the view reads, and keep your words in another, which `when` shows.",
    },
};
