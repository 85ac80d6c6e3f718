//! Pages: what readers see, made of the model and of a theme, as artifacts in memory.
//!
//! Owns the way from a [`Site`] to HTML: Markdown, links, typography, and one builder for each kind of page. Templates, styles and
//! every word that a page says by itself belong to the [`theme`]; what a builder hands to a template is written down in the theme's
//! `CONTEXT.md`. It writes no file and checks no content (what rules have
//! said is handed to it): a template that fails is the only thing that it reports.
//!
//! Start with [`render`]; a new kind of page is one builder and one line in [`pages::list`].

mod escape;
mod typography;
mod number;
mod words;
mod script;
mod theme;
mod failure;
mod highlight;
mod gloss;
mod link;
mod markdown;
mod once;
mod room;
mod shared;
mod listing;
mod value;
mod outcome;
mod facet;
mod related;
mod gather;
mod legal;
mod backlink;
mod by_document;
mod chrome;
mod page;
mod home;
mod collection;
mod document;
mod entry;
mod rule;
mod overview;
mod view;
mod alias;
mod credit;
mod card;
mod cite;
mod data;
mod linked;
mod feed;
mod address;
mod robots;
mod pages;

pub use self::pages::Pages;
pub use self::theme::Theme;

use std::sync::Arc;

use rayon::prelude::*;

use crate::artifact::Outlet;
use crate::check;
use crate::check::rules::{Rules, Verdicts};
use crate::check::views::Views;
use crate::config::Config;
use crate::diagnostic::{Check, Counted, Sink};
use crate::model::Site;
use crate::source::Snapshot;

/// The checks of this floor.
pub static CHECKS: &[&Check] = &[&failure::TEMPLATE_ERROR, &failure::UNKNOWN_TEMPLATE, &failure::UNKNOWN_THEME];

/// What a page may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The files as they were written, those of the book's own theme included.
    pub snapshot: &'a Snapshot,
    /// What the book says of itself.
    pub config: &'a Config,
    /// The documents.
    pub site: &'a Site,
    /// The rules of the book.
    pub rules: &'a Rules,
    /// What they say of its documents.
    pub verdicts: &'a Verdicts,
    /// The views that pages declare.
    pub views: &'a Views,
    /// What was found before the pages were made.
    pub findings: &'a [Counted],
}

/// The folder, below the book's, where the book keeps its own theme: each file there takes the place of the embedded one.
pub fn theme_folder(config: &Config) -> String {
    format!("themes/{}", config.theme)
}

/// Whether a file of a theme is a text, which findings may point into.
pub fn is_text(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| matches!(extension, "html" | "xml" | "toml" | "css" | "js" | "svg" | "md"))
}

/// Reads the theme, or takes one that was read before, and reports what is wrong with it or asked of it in vain; none when its
/// templates cannot be read.
pub fn theme(cx: &check::Context<'_>, former: Option<Arc<Theme>>, sink: &mut Sink) -> Option<Arc<Theme>> {
    let theme = former.or_else(|| Theme::load(cx, sink).map(Arc::new))?;
    theme.report(cx, sink);
    Some(theme)
}

/// Makes every page of the site, and brings the files of the theme and of the content that are published as they are. Each goes
/// to the outlet as soon as it is made.
///
/// The same book gives the same bytes. A page whose template fails is left out and reported.
///
/// # Errors
///
/// Those of the outlet.
pub fn render<O: Outlet>(cx: &Context<'_>, theme: &Theme, outlet: &O, sink: &mut Sink) -> Result<(), O::Error> {
    let pages = Pages::plan(cx, theme, sink);
    // Beside one another: of what machines read, some big files are made by one thread each.
    let keep = |file| outlet.put(file).map(drop);
    let (pages_made, derived_made) = rayon::join(|| pages.make_all(sink, keep), || pages.make_derived(keep));
    pages_made.and(derived_made)?;
    // What the engine makes stands before a file of the same path in the book.
    pages.assets().into_par_iter().try_for_each(keep)
}

#[cfg(test)]
mod tests;
