//! The kinds of views there are.

/// What a view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Documents, or items of them, with chosen columns.
    Table,
    /// Documents, each with its day and its sentence.
    List,
    /// One key figure.
    Number,
    /// Lengths to compare.
    Bars,
    /// Places on one scale.
    Dots,
    /// A figure from year to year.
    Lines,
    /// Parts of a whole.
    Shares,
    /// Two things crossed, and the gaps between them.
    Matrix,
    /// A map of equal tiles.
    Regions,
    /// What happened, in order.
    Timeline,
    /// What was used of a quota, group by group.
    Ledger,
    /// Documents side by side.
    Compare,
    /// What documents say under one heading.
    Gathered,
}

impl Kind {
    /// Words and kinds.
    pub const NAMED: [(&'static str, Self); 13] = [
        ("table", Self::Table),
        ("list", Self::List),
        ("number", Self::Number),
        ("bars", Self::Bars),
        ("dots", Self::Dots),
        ("lines", Self::Lines),
        ("shares", Self::Shares),
        ("matrix", Self::Matrix),
        ("regions", Self::Regions),
        ("timeline", Self::Timeline),
        ("ledger", Self::Ledger),
        ("compare", Self::Compare),
        ("gathered", Self::Gathered),
    ];

    /// The kind that a word names.
    pub fn find(word: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind)
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether it shows amounts, one for each group.
    pub fn has_amounts(self) -> bool {
        matches!(
            self,
            Self::Number | Self::Bars | Self::Dots | Self::Lines | Self::Shares | Self::Matrix | Self::Regions
        )
    }

    /// Whether its groups are told apart by `by`.
    pub fn has_groups(self) -> bool {
        matches!(self, Self::Bars | Self::Dots | Self::Lines | Self::Shares | Self::Regions)
    }
}
