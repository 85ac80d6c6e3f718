use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use super::Exit;
use super::args::{Args, ColorArg, FormatArg};
use super::failure;
use crate::diagnostic::{Lang, Level, Sink, tr};
use crate::emit::{self, Report, Style};
use crate::pipeline::{Floor, Lap, Timings, Told};
use crate::source::Snapshot;

/// The terminal, and everything else that the outside world says: language, colours, today's date.
pub(super) struct Ui {
    /// The language asked for; the book's own where none was.
    pub(super) asked: Option<Lang>,
    lang: Lang,
    color: bool,
    quiet: bool,
    width: usize,
    out: std::io::Stdout,
    err: std::io::Stderr,
}

/// The language to speak before any book was read: the one asked for, the environment's, else French.
pub(super) fn spoken(argv: &[OsString]) -> Lang {
    let words: Vec<&str> = argv.iter().filter_map(|word| word.to_str()).collect();
    let asked = words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(at + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    let environment =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable).filter(|value| value.starts_with("en"));
    asked.map(str::to_owned).or_else(environment).map_or(Lang::Fr, |tag| Lang::from_tag(&tag))
}

/// Says on standard error why there is nothing to run.
pub(super) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[expect(clippy::disallowed_methods, reason = "this is the floor that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Ui {
    pub(super) fn new(args: &Args, spoken: Lang) -> Self {
        let color = match args.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => variable("NO_COLOR").is_none() && std::io::stderr().is_terminal(),
        };
        let width = variable("COLUMNS").and_then(|columns| columns.parse().ok()).unwrap_or(120);
        Self {
            asked: args.lang.map(Into::into),
            lang: spoken,
            color,
            quiet: args.quiet,
            width: usize::clamp(width, 60, 160),
            out: std::io::stdout(),
            err: std::io::stderr(),
        }
    }

    /// Another voice on the same terminal, for another thread.
    pub(super) fn twin(&self) -> Self {
        Self { out: std::io::stdout(), err: std::io::stderr(), ..*self }
    }

    /// The language spoken now.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether to write in colours.
    pub(super) fn color(&self) -> bool {
        self.color
    }

    /// Speaks the book's language from here on, unless another was asked for.
    pub(super) fn speak(&mut self, book: Lang) {
        self.lang = self.asked.unwrap_or(book);
    }

    /// The day of the run; `RECUEIL_TODAY=2026-01-31` sets it, for builds that must give the same bytes another day.
    pub(super) fn today(&self) -> anyhow::Result<Date> {
        match variable("RECUEIL_TODAY") {
            Some(text) => crate::model::parse_date(&text).ok_or_else(|| {
                anyhow::anyhow!(tr!(
                    self.lang,
                    "RECUEIL_TODAY vaut `{text}` : écrivez une date comme 2026-01-31",
                    "RECUEIL_TODAY is `{text}`: write a date such as 2026-01-31"
                ))
            }),
            None => Ok(clock()),
        }
    }

    /// Says something to a person, on standard error.
    pub(super) fn say(&mut self, text: &str) {
        if !self.quiet {
            self.error_line(text);
        }
    }

    /// Says how long the run took.
    pub(super) fn took(&mut self, time: Duration) {
        let seconds = time.as_secs_f64();
        let text = tr!(self.lang, "en {seconds:.2} s", "in {seconds:.2} s");
        self.error_line(&text);
    }

    /// Says what each part of a run took, in milliseconds on the clock and of all processors.
    pub(super) fn timings(&mut self, timings: &Timings) {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let (wall, processor) = (tr!(self.lang, "horloge", "clock"), tr!(self.lang, "processeur", "processor"));
        self.error_line(&format!("{:22}{wall:>12}{processor:>12}", "ms"));
        for Lap { floor, wall, processor } in timings.laps() {
            let name = self::floor(*floor, self.lang);
            self.error_line(&format!("{name:22}{:>12.1}{:>12.1}", milliseconds(*wall), milliseconds(*processor)));
        }
    }

    /// Gives the result of a command, on standard output.
    pub(super) fn output(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
    }

    /// Says why the work could not be done.
    pub(super) fn failure(&mut self, error: &anyhow::Error) {
        let (lang, error) = (self.lang, failure::explain(error, self.lang));
        let word = tr!(lang, "échec :", "failed:");
        let text = if self.color { format!("\u{1b}[1;31m{word}\u{1b}[0m {error}") } else { format!("{word} {error}") };
        self.error_line(&text);
    }

    /// A line that moves while long work goes on; there is none where nobody would see it.
    pub(super) fn progress(&self, text: String) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner().with_message(text);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }

    /// Writes the findings of a build in a format, and says how the run ends.
    pub(super) fn findings(&mut self, told: Told<'_>, format: FormatArg) -> Exit {
        let Told { snapshot, config, documents, sink } = told;
        let report = Report { snapshot, sink };
        match format {
            FormatArg::Human => {
                let style = Style { color: self.color, width: self.width, lang: self.lang };
                let text = emit::human(report, style);
                let _ = self.err.write_all(text.as_bytes());
                let summary = emit::summary(sink, documents, self.lang);
                self.say(&summary);
            }
            FormatArg::Short => self.output(&emit::short(report)),
            FormatArg::Json => self.output(&emit::json(report)),
            FormatArg::Gitlab => self.output(&emit::gitlab(report)),
            FormatArg::Github => self.output(&emit::github(report)),
        }
        let strict = config.is_some_and(|config| config.fail_on_warning);
        let failed = sink.count(Level::Error) > 0 || (strict && sink.count(Level::Warning) > 0);
        if failed { Exit::Content } else { Exit::Clean }
    }

    /// Shows what was found after the rest, if anything.
    pub(super) fn late(&mut self, snapshot: &Snapshot, sink: &Sink) {
        if !sink.diagnostics().is_empty() {
            let style = Style { color: self.color, width: self.width, lang: self.lang };
            let text = emit::human(Report { snapshot, sink }, style);
            let _ = self.err.write_all(text.as_bytes());
        }
    }

    fn error_line(&mut self, text: &str) {
        let _ = writeln!(self.err, "{text}");
    }
}

fn clock() -> Date {
    jiff::Zoned::now().date()
}

fn floor(floor: Floor, lang: Lang) -> String {
    match floor {
        Floor::Read => tr!(lang, "lecture", "reading"),
        Floor::Parse => tr!(lang, "analyse", "parsing"),
        Floor::Model => tr!(lang, "modèle", "model"),
        Floor::Check => tr!(lang, "vérifications", "checks"),
        Floor::Rules => tr!(lang, "règles", "rules"),
        Floor::Views => tr!(lang, "vues", "views"),
        Floor::Theme => tr!(lang, "thème", "theme"),
        Floor::Index => tr!(lang, "index de recherche", "search index"),
        Floor::Pages => tr!(lang, "pages et écriture", "pages and writing"),
        Floor::Publish => tr!(lang, "mise en place", "putting in place"),
    }
}
