//! What a view is about: collections, the accounts of a rule, the documents that have tiles.

use super::Reader;
use crate::check::views::expression::Compiler;
use crate::check::views::page::invalid;
use crate::check::views::program::Source;
use crate::check::views::{Kind, ledger, tiles};
use crate::diagnostic::{Diagnostic, closest, tr};
use crate::parse::{Mapping, Settings};
use crate::schema::{Collection, UNKNOWN_COLLECTION};
use crate::source::Spanned;

impl<'a> Reader<'a, '_> {
    /// The rules whose accounts the view shows, by their places: the versions of one code.
    pub(super) fn rules(&mut self, settings: &mut Settings<'_>) -> Option<Vec<usize>> {
        let Some(code) = settings.text("rule", self.sink) else {
            if self.mapping.get("rule").is_none() {
                self.missing("rule", "rule: …");
            }
            return None;
        };
        ledger::rules(self.judged.rules, &code, self.sink)
    }

    /// The collections that the view is about; none when one of them is at fault.
    pub(super) fn of(
        &mut self,
        settings: &mut Settings<'_>,
        kind: Kind,
        rules: &[usize],
    ) -> Option<Vec<&'a Collection>> {
        let schema = &self.cx.site.schema;
        let written = settings.texts("of", self.sink);
        if written.is_empty() {
            if kind == Kind::Ledger {
                return Some(ledger::judged(self.cx, self.judged.rules, rules));
            }
            if kind == Kind::Timeline && self.mapping.get("events").is_some() {
                return Some(Vec::new());
            }
            if let Some(own) = self.own.and_then(|own| schema.collection(own)) {
                return Some(vec![own]);
            }
            self.missing("of", "of: …");
            return None;
        }
        if kind == Kind::Ledger {
            ledger::check_collections(self.judged.rules, rules, &written, schema, self.sink)?;
        }
        self.collections(&written)
    }

    /// The tiles that documents have.
    pub(super) fn source_of_tiles(&mut self, mapping: &Mapping) -> Option<Source> {
        let mut settings = Settings::new(mapping);
        let names = settings.texts("of", self.sink);
        if names.is_empty() {
            let at = mapping.entries.first().map_or(mapping.span, |(key, _)| key.span);
            let lang = self.sink.lang();
            invalid(
                at,
                tr!(
                    lang,
                    "on ne sait pas de quels documents viennent ces cases",
                    "nobody knows which documents these tiles come from"
                ),
                tr!(lang, "ajoutez `of: …`, le nom d’une collection", "add `of: …`, the name of a collection"),
                self.sink,
            );
            return None;
        }
        let of = self.collections(&names)?;
        tiles::source(&Compiler::new(self.cx, of), settings, self.sink)
    }

    /// The collections of some names; none when one of them is at fault.
    pub(super) fn collections(&mut self, written: &[Spanned<String>]) -> Option<Vec<&'a Collection>> {
        let schema = &self.cx.site.schema;
        let lang = self.sink.lang();
        let mut of = Vec::new();
        for name in written {
            let (written, known) = (&name.value, schema.collections.keys().map(String::as_str));
            match schema.collection(written) {
                Some(collection) => of.push(collection),
                None => self.sink.push(
                    Diagnostic::new(
                        &UNKNOWN_COLLECTION,
                        name.span,
                        tr!(lang, "la collection `{written}` n’existe pas", "there is no collection `{written}`"),
                    )
                    .help(closest(lang, written, known.clone()).unwrap_or_else(|| {
                        let list = known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                        tr!(lang, "collections : {list}", "collections: {list}")
                    })),
                ),
            }
        }
        (of.len() == written.len()).then_some(of)
    }
}
