//! Why the work could not be done, for whoever asked for it.

use std::io::{self, ErrorKind};

use crate::diagnostic::{Lang, tr};
use crate::reason::Reason;

/// An error in the language of its reader: what was being done, and why it could not be.
pub(super) fn explain(error: &anyhow::Error, lang: Lang) -> String {
    let Some(reason) = error.downcast_ref::<Reason>() else { return format!("{error:#}") };
    let text = match lang {
        Lang::Fr => &reason.fr,
        Lang::En => &reason.en,
    };
    let cause = error.root_cause();
    if cause.is::<Reason>() {
        return text.clone();
    }
    let said = cause.downcast_ref::<io::Error>().and_then(|cause| french(cause.kind())).filter(|_| lang == Lang::Fr);
    let said = said.map_or_else(|| cause.to_string(), str::to_owned);
    tr!(lang, "{text} : {said}", "{text}: {said}")
}

/// What the system says most often, which it says in English.
fn french(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "il n’existe pas",
        ErrorKind::PermissionDenied => "vous n’en avez pas le droit",
        ErrorKind::ReadOnlyFilesystem => "le disque ne peut être que lu",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "le disque est plein",
        ErrorKind::NotADirectory => "ce n’est pas un dossier",
        ErrorKind::IsADirectory => "c’est un dossier",
        ErrorKind::InvalidFilename => "le nom est trop long, ou ne peut être celui d’un fichier",
        ErrorKind::AddrNotAvailable => "cette adresse n’est pas celle de cet ordinateur",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;
    use crate::reason::reason;

    #[test]
    fn a_reason_is_told_in_the_language_of_its_reader() {
        let refused = anyhow::Error::new(reason!("non : {}", "no: {}", 1));
        assert_eq!((explain(&refused, Lang::Fr), explain(&refused, Lang::En)), ("non : 1".into(), "no: 1".into()));
    }

    #[test]
    fn what_was_being_done_comes_before_what_the_system_said() {
        let refused = Err::<(), _>(io::Error::from(ErrorKind::PermissionDenied));
        let error = refused.with_context(|| Reason::writing("a/b".as_ref())).unwrap_err();
        assert_eq!(explain(&error, Lang::Fr), "écriture de a/b : vous n’en avez pas le droit");
        assert_eq!(explain(&error, Lang::En), "writing a/b: permission denied");
        let strange = Err::<(), _>(io::Error::other("odd")).with_context(|| Reason::reading("c".as_ref())).unwrap_err();
        assert_eq!(explain(&strange, Lang::Fr), "lecture de c : odd");
    }

    #[test]
    fn other_errors_are_told_as_they_are() {
        let error = anyhow::anyhow!("b").context("a");
        assert_eq!(explain(&error, Lang::Fr), "a: b");
    }
}
