use std::collections::HashSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use foldhash::fast::FixedState;

/// The name of a field, kept once for the whole program, so that two of them are compared without being read.
///
/// Documents by the thousand write the same few dozen keys. A symbol is never given back: a program knows no more of them than its
/// books declare.
#[derive(Clone, Copy)]
pub struct Symbol(&'static str);

static KNOWN: Mutex<HashSet<&'static str, FixedState>> = Mutex::new(HashSet::with_hasher(FixedState::with_seed(0)));

impl Symbol {
    /// The symbol of a name.
    pub fn new(name: &str) -> Self {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(name) {
            return Self(known);
        }
        let kept: &'static str = Box::leak(name.into());
        known.insert(kept);
        Self(kept)
    }

    /// The name.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::ops::Deref for Symbol {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        // Each name is kept once: the same name is the same place.
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Symbol {}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Symbol;

    #[test]
    fn a_name_has_one_symbol() {
        let (first, again) = (Symbol::new("title"), Symbol::new(&["ti", "tle"].concat()));
        assert_eq!(first, again);
        assert_ne!(first, Symbol::new("titles"));
        assert_eq!(again.as_str(), "title");
    }
}
