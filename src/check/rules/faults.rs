//! The faults that a rule document can have beside those of its expressions, and those of the waivers that name rules.

use super::language::faults::{
    BROKEN_EXPRESSION, IMPOSSIBLE_CHOICE, MISMATCHED_TYPES, NON_ASCII_NAME, UNKNOWN_FIELD_IN_EXPRESSION,
    UNKNOWN_FUNCTION, UNKNOWN_NAME, WRONG_ARGUMENTS,
};
use crate::diagnostic::{Check, Level, Text};

/// Every fault of this folder.
pub static CHECKS: &[&Check] = &[
    &BROKEN_EXPRESSION,
    &NON_ASCII_NAME,
    &UNKNOWN_NAME,
    &UNKNOWN_FIELD_IN_EXPRESSION,
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
