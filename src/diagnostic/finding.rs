use serde::{Deserialize, Serialize};

use super::Check;
use crate::source::Span;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// The content is wrong: the run fails.
    Error,
    /// Worth a look: the run fails only where the book says so.
    Warning,
    /// Something that the book aims at, met or not; never anyone's fault.
    Objective,
}

impl Level {
    /// The word that machines read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Objective => "objective",
        }
    }
}

/// What a finding is called: a check of the program, or a rule of the book.
#[derive(Debug, Clone)]
pub enum Code {
    /// A check of the program.
    Check(&'static Check),
    /// The code of a rule document.
    Rule(String),
}

impl Code {
    /// The code as it is printed.
    pub fn name(&self) -> &str {
        match self {
            Self::Check(check) => check.name,
            Self::Rule(code) => code,
        }
    }
}

/// Another place that explains a finding.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// One finding: what is wrong, where, and what to write instead.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What it is called.
    pub code: Code,
    /// How bad it is.
    pub level: Level,
    /// What is wrong, in the author's own words; lowercase, without a full stop.
    pub message: String,
    /// The smallest faulty text.
    pub span: Span,
    /// What is said right under the faulty text; often empty.
    pub label: String,
    /// Other places: the schema line, the first definition, the other documents of a group.
    pub related: Vec<Label>,
    /// One thing that can be done.
    pub help: Option<String>,
    /// Where it comes from: the rule, its article.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// A finding of one of the program's checks, at its usual level.
    pub fn new(check: &'static Check, span: Span, message: impl Into<String>) -> Self {
        Self {
            code: Code::Check(check),
            level: check.level,
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
            notes: Vec::new(),
        }
    }

    /// Says something right under the faulty text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into() });
        self
    }

    /// Says what can be done.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what can be done, when there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds where it comes from.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}
