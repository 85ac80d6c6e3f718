//! The faults that a rule document can have, and those of the waivers that name rules: their names and manual pages.

use crate::diagnostic::{Check, Level, Text};

/// Every fault of this folder.
pub static CHECKS: &[&Check] = &[
    &BROKEN_EXPRESSION,
    &NON_ASCII_NAME,
    &UNKNOWN_NAME_IN_RULE,
    &UNKNOWN_FIELD_IN_RULE,
    &UNKNOWN_FUNCTION,
    &WRONG_ARGUMENTS,
    &MISMATCHED_TYPES,
    &IMPOSSIBLE_CHOICE,
    &INCOMPLETE_RULE,
    &UNKNOWN_ARTICLE,
    &IDLE_RULE,
    &DUPLICATE_RULE_CODE,
    &MISSING_EXAMPLE,
    &WRONG_EXAMPLE,
    &UNDECIDABLE_RULE,
    &UNKNOWN_DEROGATION,
    &INCOMPLETE_DEROGATION,
    &EXPIRED_DEROGATION,
    &UNUSED_DEROGATION,
];

pub(super) static BROKEN_EXPRESSION: Check = Check {
    name: "broken-expression",
    level: Level::Error,
    summary: Text { fr: "une expression que l’on ne peut pas lire", en: "an expression that cannot be read" },
    manual: Text {
        fr: "Une règle s’écrit dans le langage CEL : `doc.total <= 3 && has(doc.title)`. Le message montre l’endroit où la lecture s’arrête : une parenthèse qui manque, un guillemet qui n’est pas refermé, un seul `=` au lieu de `==`, un seul `&` au lieu de `&&`.",
        en: "A rule is written in CEL: `doc.total <= 3 && has(doc.title)`. The message shows where reading stops: a missing bracket, a quote that is not closed, one `=` for `==`, one `&` for `&&`.",
    },
};

pub(super) static NON_ASCII_NAME: Check = Check {
    name: "non-ascii-name",
    level: Level::Error,
    summary: Text { fr: "un nom accentué dans une expression", en: "a name with accents in an expression" },
    manual: Text {
        fr: "Dans une expression, les noms de champs et de variables n’ont ni accent ni apostrophe typographique : c’est une limite du langage CEL. Les textes entre guillemets peuvent en avoir. Les champs du schéma sont toujours nommés sans accent ; un champ d’un ancien contenu s’écrit `doc['préjudice']`.",
        en: "In an expression, names of fields and variables have no accents: that is a limit of CEL. Texts between quotes may have them. Fields of a schema never have any; a field of older content is written `doc['préjudice']`.",
    },
};

pub(super) static UNKNOWN_NAME_IN_RULE: Check = Check {
    name: "unknown-name-in-rule",
    level: Level::Error,
    summary: Text { fr: "un nom que la règle ne connaît pas ici", en: "a name that the rule does not know here" },
    manual: Text {
        fr: "Une expression part de noms donnés : `doc` (le document jugé), `each` (avec `for_each`), `group`, `key` et `previous` (avec `group_by`), `used` et `limit` (avec `quota`), `params`, `today`, et les noms que la règle définit dans `let`. Une règle qui juge des groupes n’a pas de `doc` dans `assert` : elle a `group`.",
        en: "An expression begins with given names: `doc` (the document that is judged), `each` (with `for_each`), `group`, `key` and `previous` (with `group_by`), `used` and `limit` (with `quota`), `params`, `today`, and the names that the rule defines under `let`. A rule that judges groups has no `doc` in `assert`: it has `group`.",
    },
};

pub(super) static UNKNOWN_FIELD_IN_RULE: Check = Check {
    name: "unknown-field-in-rule",
    level: Level::Error,
    summary: Text { fr: "un champ que le schéma ne déclare pas", en: "a field that the schema does not declare" },
    manual: Text {
        fr: "La règle lit un champ que la collection jugée ne déclare pas. Sans ce message, la règle serait toujours vraie ou toujours fausse, et personne ne le saurait. Un document offre les champs de son schéma et `title`, `name`, `collection`, `url`, `date`, `updated`, `summary`, `draft`, `sections`, `text` ; une entrée offre ses propriétés et `number`, `title`, `text`, `group`, `url`, `document`.",
        en: "The rule reads a field that the collection does not declare. Without this message the rule would always hold or never hold, and nobody would know. A document has the fields of its schema and `title`, `name`, `collection`, `url`, `date`, `updated`, `summary`, `draft`, `sections`, `text`; an entry has its properties and `number`, `title`, `text`, `group`, `url`, `document`.",
    },
};

pub(super) static UNKNOWN_FUNCTION: Check = Check {
    name: "unknown-function",
    level: Level::Error,
    summary: Text { fr: "une fonction qui n’existe pas", en: "a function that does not exist" },
    manual: Text {
        fr: "L’expression appelle une fonction inconnue. Les fonctions sont : pour les listes `size, count, sum, min, max, avg, distinct, values, sorted, first, last, join, index_of, overlaps` et `all, exists, exists_one, filter, map` ; pour les dates `date, year, month, semester, days_between, add_days, is_before, in_order` ; pour les textes `lines, words, lower, fold, trim, contains, startsWith, endsWith, matches, string, number` ; pour le livre `section, referrers, documents, filled, has`.",
        en: "The expression calls an unknown function. The functions are: for lists `size, count, sum, min, max, avg, distinct, values, sorted, first, last, join, index_of, overlaps` and `all, exists, exists_one, filter, map`; for dates `date, year, month, semester, days_between, add_days, is_before, in_order`; for texts `lines, words, lower, fold, trim, contains, startsWith, endsWith, matches, string, number`; for the book `section, referrers, documents, filled, has`.",
    },
};

pub(super) static WRONG_ARGUMENTS: Check = Check {
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

pub(super) static MISMATCHED_TYPES: Check = Check {
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

pub(super) static IMPOSSIBLE_CHOICE: Check = Check {
    name: "impossible-choice",
    level: Level::Error,
    summary: Text { fr: "une valeur que le champ ne peut pas avoir", en: "a value that the field cannot have" },
    manual: Text {
        fr: "La règle compare un champ à une valeur qui n’est pas parmi ses choix, ou une référence à un document qui n’existe pas. La comparaison serait toujours fausse. On compare une référence au nom du fichier visé, sans `.md`.",
        en: "The rule compares a field with a value that is not among its choices, or a reference with a document that does not exist. The comparison would always be false. A reference is compared with the name of the file it leads to, without `.md`.",
    },
};

pub(super) static INCOMPLETE_RULE: Check = Check {
    name: "incomplete-rule",
    level: Level::Error,
    summary: Text { fr: "il manque quelque chose à la règle", en: "something is missing from the rule" },
    manual: Text {
        fr: "Une règle a au moins un code, une collection à laquelle elle s’applique (`applies_to`), une expression (`assert`, ou `quota`), un message et un article d’origine (`source`).",
        en: "A rule has at least a code, a collection that it applies to (`applies_to`), an expression (`assert`, or `quota`), a message and an article that it comes from (`source`).",
    },
};

pub(super) static UNKNOWN_ARTICLE: Check = Check {
    name: "unknown-article",
    level: Level::Error,
    summary: Text { fr: "un article de charte qui n’existe pas", en: "a charter article that does not exist" },
    manual: Text {
        fr: "`source` nomme l’article qui fonde la règle, sous la forme `charte#article`. Cet article n’existe pas dans la collection que `charters` désigne : la règle n’aurait pas d’origine vérifiable.",
        en: "`source` names the article that founds the rule, as `charter#article`. There is no such article in the collection that `charters` names: the rule would have no origin to check.",
    },
};

pub(super) static IDLE_RULE: Check = Check {
    name: "idle-rule",
    level: Level::Warning,
    summary: Text { fr: "une règle qui ne peut jamais s’appliquer", en: "a rule that can never apply" },
    manual: Text {
        fr: "Rien ne peut tomber sous cette règle : sa collection est vide, sa condition `when` est toujours fausse, ou sa période `in_force` se termine avant de commencer.",
        en: "Nothing can come under this rule: its collection is empty, its condition `when` is always false, or its period `in_force` ends before it begins.",
    },
};

pub(super) static DUPLICATE_RULE_CODE: Check = Check {
    name: "duplicate-rule-code",
    level: Level::Error,
    summary: Text { fr: "deux règles en vigueur avec le même code", en: "two rules in force with the same code" },
    manual: Text {
        fr: "Un code désigne une seule règle à une date donnée. Plusieurs versions d’une règle peuvent coexister si leurs périodes `in_force` ne se recouvrent pas : terminez l’ancienne par `until`, commencez la nouvelle par `from`.",
        en: "A code names one rule at any given date. Several versions of a rule may stand side by side if their periods `in_force` do not overlap: end the old one with `until`, begin the new one with `from`.",
    },
};

pub(super) static MISSING_EXAMPLE: Check = Check {
    name: "missing-example",
    level: Level::Error,
    summary: Text {
        fr: "une règle sans exemple qui passe ou qui échoue",
        en: "a rule without a passing or a failing example",
    },
    manual: Text {
        fr: "Les exemples d’une règle sont ses tests et la meilleure explication pour ses lecteurs. Il en faut au moins un qui passe (`passes`) et un qui échoue (`fails`).",
        en: "The examples of a rule are its tests and the best explanation for its readers. At least one must pass (`passes`) and one fail (`fails`).",
    },
};

pub(super) static WRONG_EXAMPLE: Check = Check {
    name: "wrong-example",
    level: Level::Error,
    summary: Text {
        fr: "un exemple qui ne fait pas ce qu’il annonce", en: "an example that does not do what it says"
    },
    manual: Text {
        fr: "L’exemple annonce que la règle passe, échoue ou ne s’applique pas (`passes`, `fails`, `ignores`), et la règle décide autrement ; ou bien l’exemple est écrit avec des valeurs que le schéma refuse. Corrigez l’exemple ou l’expression : l’un des deux dit faux.",
        en: "The example says that the rule holds, fails or does not apply (`passes`, `fails`, `ignores`), and the rule decides otherwise; or the example is written with values that the schema refuses. Correct the example or the expression: one of the two is wrong.",
    },
};

pub(super) static UNDECIDABLE_RULE: Check = Check {
    name: "undecidable-rule",
    level: Level::Error,
    summary: Text {
        fr: "une règle que l’on ne peut pas décider pour un document",
        en: "a rule that cannot be decided for a document",
    },
    manual: Text {
        fr: "La règle a besoin d’une valeur que le document n’a pas, ou son calcul est impossible ou trop long. Un champ absent se lit comme `null` : on peut le tester (`has(doc.x)`, `filled(doc.x)`, `doc.x == null`), une liste absente est vide, mais une valeur absente ne se compare ni ne s’additionne. Ajoutez `has(doc.x)` à la condition `when`, ou remplissez le champ.",
        en: "The rule needs a value that the document does not have, or its computation is impossible or too long. An absent field reads as `null`: it can be tested (`has(doc.x)`, `filled(doc.x)`, `doc.x == null`), an absent list is empty, but an absent value cannot be ordered or added. Add `has(doc.x)` to the condition `when`, or fill in the field.",
    },
};

pub(super) static UNKNOWN_DEROGATION: Check = Check {
    name: "unknown-derogation",
    level: Level::Error,
    summary: Text {
        fr: "une dérogation à une règle qui n’existe pas",
        en: "a derogation from a rule that does not exist",
    },
    manual: Text {
        fr: "Une dérogation nomme dans `rule` le code de la règle dont elle dispense. Aucune règle du livre n’a ce code.",
        en: "A derogation names under `rule` the code of the rule that it excuses from. No rule of the book has this code.",
    },
};

pub(super) static INCOMPLETE_DEROGATION: Check = Check {
    name: "incomplete-derogation",
    level: Level::Error,
    summary: Text { fr: "une dérogation sans motif ou sans auteur", en: "a derogation without reason or grantor" },
    manual: Text {
        fr: "Une dérogation est publique : elle dit pourquoi (`reason`), qui l’a accordée (`by`, une fonction plutôt qu’un nom) et, s’il y a lieu, jusqu’à quand (`until`, une date).",
        en: "A derogation is public: it says why (`reason`), who granted it (`by`, an office rather than a name) and, where it matters, until when (`until`, a date).",
    },
};

pub(super) static EXPIRED_DEROGATION: Check = Check {
    name: "expired-derogation",
    level: Level::Warning,
    summary: Text { fr: "une dérogation arrivée à son terme", en: "a derogation past its term" },
    manual: Text {
        fr: "La date `until` de la dérogation est passée : elle ne dispense plus de rien. Mettez le document en règle, ou faites prolonger la dérogation.",
        en: "The date `until` of the derogation is past: it excuses from nothing any more. Bring the document into line, or have the derogation extended.",
    },
};

pub(super) static UNUSED_DEROGATION: Check = Check {
    name: "unused-derogation",
    level: Level::Warning,
    summary: Text {
        fr: "une dérogation dont le document n’a pas besoin",
        en: "a derogation that the document does not need",
    },
    manual: Text {
        fr: "Le document respecte la règle, ou la règle ne s’applique pas à lui : la dérogation est inutile. Retirez-la, pour que le registre ne montre que de vraies exceptions.",
        en: "The document meets the rule, or the rule does not apply to it: the derogation is useless. Take it out, so that the register shows real exceptions only.",
    },
};
