//! The results of a search, as people and machines read them.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diagnostic::{Lang, tr};
use crate::search::{Outcome, Piece};

#[derive(Serialize)]
struct Results<'a> {
    query: &'a str,
    total: usize,
    hits: Vec<Result<'a>>,
}

#[derive(Serialize)]
struct Result<'a> {
    url: &'a str,
    title: &'a str,
    score: u64,
    excerpt: String,
    why: &'a [String],
    places: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    url: &'a str,
    title: &'a str,
    excerpt: String,
}

/// Results for a person: title, address, the sentence that answers, and the places inside that answer best.
pub fn hits(query: &str, outcome: &Outcome<'_>, lang: Lang, color: bool) -> String {
    let (bold, underlined, plain) = if color { ("\u{1b}[1m", "\u{1b}[4m", "\u{1b}[0m") } else { ("", "", "") };
    let total = outcome.total;
    let mut text = match total {
        0 => tr!(lang, "aucun résultat pour « {query} »\n", "no result for \"{query}\"\n"),
        1 => tr!(lang, "1 résultat pour « {query} »\n", "1 result for \"{query}\"\n"),
        _ => tr!(lang, "{total} résultats pour « {query} »\n", "{total} results for \"{query}\"\n"),
    };
    if let Some(suggestion) = &outcome.suggestion {
        text.push_str(&tr!(lang, "vouliez-vous dire « {suggestion} » ?\n", "did you mean \"{suggestion}\"?\n"));
    }
    for hit in &outcome.hits {
        let record = hit.record;
        let context = if record.context.is_empty() { String::new() } else { format!(" — {}", record.context) };
        let _ = write!(text, "\n{bold}{}{plain}{context}\n  {}\n", record.title, record.url);
        let excerpt: String = hit
            .excerpt
            .iter()
            .map(|piece| if piece.marked { format!("{underlined}{}{plain}", piece.text) } else { piece.text.clone() })
            .collect();
        if !excerpt.trim().is_empty() {
            let _ = writeln!(text, "  {}", excerpt.replace('\n', " "));
        }
        for place in &hit.places {
            let label = if place.label.is_empty() { String::new() } else { format!("{} · ", place.label) };
            let _ = writeln!(text, "  → {label}{} ({})", place.title, place.url);
        }
        for why in &hit.why {
            text.push_str(&tr!(lang, "  (trouvé car {why})\n", "  (found because {why})\n"));
        }
    }
    text
}

/// One result a line: address, a tabulation, title.
pub fn short_hits(outcome: &Outcome<'_>) -> String {
    let mut text = String::new();
    for hit in &outcome.hits {
        let _ = writeln!(text, "{}\t{}", hit.record.url, hit.record.title);
    }
    text
}

/// Results for machines: `{"query","total","hits":[{"url","title","score","excerpt","why":[…],"places":[{"url","title","excerpt"}]}]}`.
pub fn json_hits(query: &str, outcome: &Outcome<'_>) -> String {
    let plain = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    let hits = outcome
        .hits
        .iter()
        .map(|hit| Result {
            url: &hit.record.url,
            title: &hit.record.title,
            score: hit.score,
            excerpt: plain(&hit.excerpt),
            why: &hit.why,
            places: hit
                .places
                .iter()
                .map(|place| Place { url: &place.url, title: &place.title, excerpt: plain(&place.excerpt) })
                .collect(),
        })
        .collect();
    let mut text =
        serde_json::to_string(&Results { query, total: outcome.total, hits }).expect("plain texts always serialise");
    text.push('\n');
    text
}
