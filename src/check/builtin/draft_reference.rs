use super::dangling_link::{Destination, destination};
use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::{Document, Value};
use crate::parse::Link;

pub(super) static DRAFT_REFERENCE: Check = Check {
    name: "draft-reference",
    level: Level::Error,
    summary: Text { fr: "une référence à un brouillon", en: "a reference to a draft" },
    manual: Text {
        fr: "Un document publié renvoie à un brouillon (`draft: true`), que le lecteur ne trouvera pas. Publiez le brouillon, ou retirez la référence.",
        en: "A published document refers to a draft (`draft: true`), which readers will not find. Publish the draft, or take the reference out.",
    },
};

pub(super) fn check(cx: &Context<'_>, document: &Document, in_fields: &[Link], sink: &mut Sink) {
    if document.draft {
        return;
    }
    let fields = document.values.fields.values().filter(|(_, item)| item.value.may_refer());
    let references = fields.flat_map(|(_, item)| Value::references(item));
    let referred = references.filter_map(|(reference, span)| Some((reference.target.document()?, span)));
    let linked = document.page.body.links.iter().chain(in_fields).filter_map(|link| {
        let found = destination(cx.snapshot, cx.site, &cx.config.src, &document.page, &link.destination);
        let Destination::Page { document, .. } = found else { return None };
        Some((document?, link.span))
    });
    for (target, span) in referred.chain(linked) {
        let target = cx.site.document(target);
        if target.draft {
            let title = &target.page.title.value;
            sink.push(
                Diagnostic::new(
                    &DRAFT_REFERENCE,
                    span,
                    tr!(cx.lang, "« {title} » est encore un brouillon", "\"{title}\" is still a draft"),
                )
                .help(tr!(
                    cx.lang,
                    "retirez `draft: true` de ce document, ou retirez la référence",
                    "take `draft: true` out of that document, or take the reference out"
                )),
            );
        }
    }
}
