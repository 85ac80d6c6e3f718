use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::Exit;
use crate::cli::args::{BookArgs, FormatArg};
use crate::cli::program;
use crate::cli::ui::Ui;
use crate::diagnostic::{Lang, tr};
use crate::model;
use crate::pipeline::{self, Floor, Timings};
use crate::publish::{self, Origin, Publication, Published};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BuildArgs {
    #[command(flatten)]
    book: BookArgs,

    /// Where to write the site [default: `build-dir` of book.toml, else public].
    #[arg(short, long, value_name = "OUT")]
    dest_dir: Option<PathBuf>,

    /// Address where the site will stand [default: `base-url` of book.toml]; the site map for robots needs one.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,

    /// How findings are written.
    #[arg(long, default_value = "human")]
    format: FormatArg,

    /// Say what each part of the work took.
    #[arg(long)]
    timings: bool,
}

pub(in crate::cli) fn run(args: &BuildArgs, ui: &mut Ui) -> Result<Exit> {
    let mut inputs = super::inputs(&args.book.dir, ui)?;
    if let (Some(url), Some(config)) = (&args.base_url, &mut inputs.config) {
        config.base_url.clone_from(url);
    }
    // A book that cannot be read has no folder for its site, and gives none.
    let directory = args.dest_dir.clone().unwrap_or_else(|| {
        let build_dir = inputs.config.as_ref().map_or("public", |config| &config.build_dir);
        args.book.dir.join(build_dir)
    });
    let progress = ui.progress(tr!(ui.lang(), "fabrication du site", "making the site"));
    let (program, book) = rayon::join(program::fingerprint, || inputs.fingerprint());
    inputs.timings.lap(Floor::Read);
    let made_by = program.map(|program| (program, book));
    let inputs = match made_by.and_then(|made_by| publish::current(&directory, inputs.origin(made_by))) {
        Some(current) => match inputs.known(&current.said) {
            Ok(mut known) => {
                progress.finish_and_clear();
                known.timings().lap(Floor::Publish);
                let exit = ui.findings(known.told(), args.format);
                ui.say(&said(&Published { unchanged: current.files, ..Published::default() }, &directory, ui.lang()));
                args.tell(known.timings(), ui);
                return Ok(exit);
            }
            Err(inputs) => *inputs,
        },
        None => inputs,
    };
    let mut build = pipeline::check_without_searches(inputs, None);
    let publication = build.make_into(|| Publication::begin(&directory))?;
    progress.finish_and_clear();
    let exit = ui.findings(build.told(), args.format);
    let Some(publication) = publication.filter(|_| exit == Exit::Clean) else {
        ui.say(&tr!(
            ui.lang(),
            "le site n’est pas publié ; le précédent reste en place",
            "the site is not published; the one before stays"
        ));
        args.tell(&build.timings, ui);
        return Ok(Exit::Content);
    };
    let origin = made_by.map(|made_by| Origin { fingerprint: build.origin(made_by), said: build.said() });
    let published = publication.finish(origin)?;
    build.timings.lap(Floor::Publish);
    ui.say(&said(&published, &directory, ui.lang()));
    if let Some(urls) = build.kept_urls()
        && publish::keep(&args.book.dir.join(model::URLS), &urls)?
    {
        let file = model::URLS;
        ui.say(&tr!(
            ui.lang(),
            "`{file}` a de nouvelles adresses : enregistrez-le avec le livre",
            "`{file}` has new addresses: commit it with the book"
        ));
    }
    args.tell(&build.timings, ui);
    // The program ends here, and gives all its memory back at once.
    std::mem::forget(build);
    Ok(exit)
}

impl BuildArgs {
    /// Says what each part of the work took, where that was asked for.
    fn tell(&self, timings: &Timings, ui: &mut Ui) {
        if self.timings {
            ui.timings(timings);
        }
    }
}

/// An address of the web, without its last `/`.
fn base_url(text: &str) -> Result<String, &'static str> {
    let url = text.trim_end_matches('/');
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if is_web { Ok(url.to_owned()) } else { Err("https://…") }
}

/// Where the site is, and what has changed of it.
fn said(published: &Published, directory: &Path, lang: Lang) -> String {
    let home = directory.join("index.html");
    let home = std::path::absolute(&home).unwrap_or(home);
    let (home, written, removed) = (home.display(), published.written, published.removed);
    let total = written + published.unchanged;
    tr!(
        lang,
        "site : {home}\n{total} fichiers, {written} écrits, {removed} retirés",
        "site: {home}\n{total} files, {written} written, {removed} removed"
    )
}
