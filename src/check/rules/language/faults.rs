//! The faults that an expression can have: their names and manual pages.

use crate::diagnostic::{Check, Level, Text};

pub(crate) static BROKEN_EXPRESSION: Check = Check {
    name: "broken-expression",
    level: Level::Error,
    summary: Text { fr: "une expression que l’on ne peut pas lire", en: "an expression that cannot be read" },
    manual: Text {
        fr: "Une règle s’écrit dans le langage CEL : `doc.total <= 3 && has(doc.title)`. Le message montre l’endroit où la lecture s’arrête : une parenthèse qui manque, un guillemet qui n’est pas refermé, un seul `=` au lieu de `==`, un seul `&` au lieu de `&&`.",
        en: "A rule is written in CEL: `doc.total <= 3 && has(doc.title)`. The message shows where reading stops: a missing bracket, a quote that is not closed, one `=` for `==`, one `&` for `&&`.",
    },
};

pub(crate) static NON_ASCII_NAME: Check = Check {
    name: "non-ascii-name",
    level: Level::Error,
    summary: Text { fr: "un nom accentué dans une expression", en: "a name with accents in an expression" },
    manual: Text {
        fr: "Dans une expression, les noms de champs et de variables n’ont ni accent ni apostrophe typographique : c’est une limite du langage CEL. Les textes entre guillemets peuvent en avoir. Les champs du schéma sont toujours nommés sans accent ; un champ d’un ancien contenu s’écrit `doc['préjudice']`.",
        en: "In an expression, names of fields and variables have no accents: that is a limit of CEL. Texts between quotes may have them. Fields of a schema never have any; a field of older content is written `doc['préjudice']`.",
    },
};

pub(crate) static UNKNOWN_NAME: Check = Check {
    name: "unknown-name",
    level: Level::Error,
    summary: Text { fr: "un nom que la règle ne connaît pas ici", en: "a name that the rule does not know here" },
    manual: Text {
        fr: "Une expression part de noms donnés : `doc` (le document jugé), `each` (avec `for_each`), `group`, `key` et `previous` (avec `group_by`), `used` et `limit` (avec `quota`), `params`, `today`, et les noms que la règle définit dans `let`. Une règle qui juge des groupes n’a pas de `doc` dans `assert` : elle a `group`.",
        en: "An expression begins with given names: `doc` (the document that is judged), `each` (with `for_each`), `group`, `key` and `previous` (with `group_by`), `used` and `limit` (with `quota`), `params`, `today`, and the names that the rule defines under `let`. A rule that judges groups has no `doc` in `assert`: it has `group`.",
    },
};

pub(crate) static UNKNOWN_FIELD_IN_EXPRESSION: Check = Check {
    name: "unknown-field-in-expression",
    level: Level::Error,
    summary: Text { fr: "un champ que le schéma ne déclare pas", en: "a field that the schema does not declare" },
    manual: Text {
        fr: "La règle lit un champ que la collection jugée ne déclare pas. Sans ce message, la règle serait toujours vraie ou toujours fausse, et personne ne le saurait. Un document offre les champs de son schéma et `title`, `name`, `collection`, `url`, `date`, `updated`, `summary`, `draft`, `sections`, `text` ; une entrée offre ses propriétés et `number`, `title`, `text`, `group`, `url`, `document`.",
        en: "The rule reads a field that the collection does not declare. Without this message the rule would always hold or never hold, and nobody would know. A document has the fields of its schema and `title`, `name`, `collection`, `url`, `date`, `updated`, `summary`, `draft`, `sections`, `text`; an entry has its properties and `number`, `title`, `text`, `group`, `url`, `document`.",
    },
};

pub(crate) static UNKNOWN_FUNCTION: Check = Check {
    name: "unknown-function",
    level: Level::Error,
    summary: Text { fr: "une fonction qui n’existe pas", en: "a function that does not exist" },
    manual: Text {
        fr: "L’expression appelle une fonction inconnue. Les fonctions sont : pour les listes `size, count, sum, min, max, avg, distinct, values, sorted, first, last, join, index_of, overlaps` et `all, exists, exists_one, filter, map` ; pour les dates `date, year, month, semester, days_between, add_days, is_before, in_order` ; pour les textes `lines, words, lower, fold, trim, contains, startsWith, endsWith, matches, string, number` ; pour le livre `section, referrers, documents, filled, has`.",
        en: "The expression calls an unknown function. The functions are: for lists `size, count, sum, min, max, avg, distinct, values, sorted, first, last, join, index_of, overlaps` and `all, exists, exists_one, filter, map`; for dates `date, year, month, semester, days_between, add_days, is_before, in_order`; for texts `lines, words, lower, fold, trim, contains, startsWith, endsWith, matches, string, number`; for the book `section, referrers, documents, filled, has`.",
    },
};

pub(crate) static WRONG_ARGUMENTS: Check = Check {
    name: "wrong-arguments",
    level: Level::Error,
    summary: Text {
        fr: "une fonction appelée avec de mauvais arguments",
        en: "a function called with wrong arguments",
    },
    manual: Text {
        fr: "La fonction reçoit trop ou trop peu d’arguments, ou un argument d’une autre nature que celle qu’elle attend. Le message donne la forme attendue.",
        en: "The function gets too many or too few arguments, or one of another kind than it wants. The message gives its form.",
    },
};

pub(crate) static MISMATCHED_TYPES: Check = Check {
    name: "mismatched-types",
    level: Level::Error,
    summary: Text {
        fr: "une opération entre choses de nature différente",
        en: "an operation between things of different kinds",
    },
    manual: Text {
        fr: "La règle compare ou combine ce qui ne se compare pas : un texte et un nombre, une date et un texte. Une telle règle ne serait jamais vraie. Une date constante s’écrit `date(\"2024-06-30\")`.",
        en: "The rule compares or combines what cannot be: a text and a number, a date and a text. Such a rule would never hold. A constant date is written `date(\"2024-06-30\")`.",
    },
};

pub(crate) static IMPOSSIBLE_CHOICE: Check = Check {
    name: "impossible-choice",
    level: Level::Error,
    summary: Text { fr: "une valeur que le champ ne peut pas avoir", en: "a value that the field cannot have" },
    manual: Text {
        fr: "La règle compare un champ à une valeur qui n’est pas parmi ses choix, ou une référence à un document qui n’existe pas. La comparaison serait toujours fausse. On compare une référence au nom du fichier visé, sans `.md`.",
        en: "The rule compares a field with a value that is not among its choices, or a reference with a document that does not exist. The comparison would always be false. A reference is compared with the name of the file it leads to, without `.md`.",
    },
};
