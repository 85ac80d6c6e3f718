//! What is counted, and who waits.

use super::Reader;
use crate::check::rules::language::expr::{Kind, Root};
use crate::check::rules::language::types::Type;
use crate::check::rules::rule::{Quota, WaitingOrder};
use crate::diagnostic::tr;
use crate::parse::{Settings, Yaml, wrong};

impl Reader<'_, '_> {
    pub(super) fn quota(&mut self, whole: &[Root]) -> Option<Quota> {
        let node = self.key("quota")?;
        let Some(mapping) = node.as_mapping() else {
            wrong(
                "quota",
                node.span,
                &tr!(self.sink.lang(), "`measure:` et `limit:`", "`measure:` and `limit:`"),
                self.sink,
            );
            self.failed = true;
            return None;
        };
        let mut settings = Settings::new(mapping);
        let (measure, limit) = (settings.node("measure"), settings.node("limit"));
        let unit = settings.texts("unit", self.sink);
        settings.finish(self.sink);
        for (key, node) in [("measure", measure), ("limit", limit)] {
            if node.is_none() {
                wrong(
                    key,
                    mapping.span,
                    &tr!(self.sink.lang(), "une expression qui donne un nombre", "an expression that gives a number"),
                    self.sink,
                );
                self.failed = true;
            }
        }
        let measure = self.formula(measure?, whole, Some(&Type::Number))?;
        let limit = self.formula(limit?, whole, Some(&Type::Number))?;
        let additive = matches!(&measure.expr.kind, Kind::Call(call)
            if matches!(call.function.name, "sum" | "count" | "size")
                && matches!(call.args.first().map(|arg| &arg.kind), Some(Kind::Root(Root::Group))));
        let unit = unit.first().map(|one| (one.value.clone(), unit.last().unwrap_or(one).value.clone()));
        Some(Quota { measure, limit, unit, additive })
    }

    pub(super) fn order(&mut self, whole: &[Root], grouped: bool) -> Option<WaitingOrder> {
        let node = self.key("order")?;
        let lang = self.sink.lang();
        let Some(mapping) = node.as_mapping().filter(|_| grouped) else {
            wrong(
                "order",
                node.span,
                &tr!(lang, "`who:` et `by:`, avec `group_by`", "`who:` and `by:`, with `group_by`"),
                self.sink,
            );
            self.failed = true;
            return None;
        };
        let mut settings = Settings::new(mapping);
        let (who, by) = (settings.node("who"), settings.node("by"));
        settings.finish(self.sink);
        let (Some(who), Some(by)) = (who, by) else {
            wrong("order", node.span, &tr!(lang, "`who:` et `by:`", "`who:` and `by:`"), self.sink);
            self.failed = true;
            return None;
        };
        let roots: Vec<Root> = whole.iter().copied().chain([Root::Doc]).collect();
        let who = self.formula(who, &roots, Some(&Type::Boolean));
        let by = match &by.value {
            Yaml::Sequence(items) => items.iter().collect(),
            _ => vec![by],
        };
        let by = by.into_iter().filter_map(|node| self.formula(node, &roots, None)).collect();
        Some(WaitingOrder { who: who?, by })
    }
}
