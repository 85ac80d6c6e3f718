use crate::source;

/// What tells this program from another that might make other pages: its own bytes, for its version would not do for those who
/// build it. None where the system does not give them.
#[expect(clippy::disallowed_methods, reason = "no author wrote this file")]
pub(super) fn fingerprint() -> Option<u64> {
    let bytes = std::fs::read(std::env::current_exe().ok()?).ok()?;
    Some(source::fingerprint(&bytes))
}
