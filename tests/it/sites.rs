use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::channel;

use expect_test::expect_file;
use recueil::diagnostic::{Lang, Sink};
use recueil::emit::{self, Report, Style};
use recueil::pipeline::{self, Build};
use recueil::preview::Preview;
use recueil::serve::Site as _;

use crate::cases::base;
use crate::support::book::{read, read_our_own, repository};
use crate::support::page;

/// A small English book on another subject, which the same engine builds.
fn repair_cafes() -> Build {
    pipeline::build(read(&repository("tests/sites/repair-cafes/in"), None))
}

/// The book of this repository.
fn own() -> Build {
    pipeline::build(read_our_own())
}

#[test]
fn the_english_book_is_clean() {
    // An objective that is not met is nobody's fault, and is said all the same.
    clean(&repair_cafes(), &["objective[RC-04]"]);
}

#[test]
fn our_own_book_is_clean() {
    clean(&own(), &[]);
}

/// Nothing else is found in a book than what is expected, and its pages hold together.
fn clean(build: &Build, expected: &[&str]) {
    let style = Style { color: false, width: 120, lang: Lang::En };
    let report = Report { snapshot: &build.snapshot, sink: &build.sink };
    let found: Vec<String> =
        build.sink.diagnostics().iter().map(|found| format!("{}[{}]", found.level.name(), found.code.name())).collect();
    assert_eq!(found, expected, "\n{}", emit::human(report, style));
    let problems = problems(build);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_english_book_is_built_twice_to_the_same_bytes() {
    assert!(repair_cafes().artifacts == repair_cafes().artifacts);
}

#[test]
fn the_preview_of_the_english_book_shows_what_a_build_publishes() {
    let folder = repository("tests/sites/repair-cafes/in");
    let (told, found) = channel();
    let tell = move |_: &Build, late: Sink| told.send(late).expect("the test waits");
    let preview = Preview::start(pipeline::check_without_searches(read(&folder, None), None), tell).unwrap();
    let late = found.recv().expect("the preview ends its work");
    assert!(late.diagnostics().is_empty(), "{:?}", late.diagnostics());
    for (path, bytes) in repair_cafes().artifacts.iter() {
        assert!(preview.get(path).as_deref() == Some(bytes), "{path} differs in the preview");
    }
    assert_eq!(preview.get("no/such/page/index.html"), None);
    assert_eq!(preview.get("search/no-such-file.js"), None);
}

#[test]
fn the_english_book_gives_these_files() {
    let build = repair_cafes();
    let list: String = build.artifacts.iter().map(|(path, _)| without_hash(path) + "\n").collect();
    expect_file!["../sites/repair-cafes/out/files.txt"].assert_eq(&list);
}

/// The pages of the search's index are named by their content.
fn without_hash(path: &str) -> String {
    match path.strip_prefix("search/").and_then(|rest| rest.split_once('/')) {
        Some((folder, _)) => format!("search/{folder}/….js"),
        None => path.to_owned(),
    }
}

#[test]
fn the_english_book_gives_these_pages() {
    let build = repair_cafes();
    for path in [
        "index.html",
        "404.html",
        "about/index.html",
        "accessibility/index.html",
        "cafes/index.html",
        "charter/pledges/index.html",
        "charter/pledges/3/index.html",
        "figures/index.html",
        "filters/visits/cafe/lantern-hall/index.html",
        "framework/measures/index.html",
        "framework/measures/items-mended/index.html",
        "glossary/portable-appliance-test/index.html",
        "guide/weighing/index.html",
        "guide/writing-up-a-visit/index.html",
        "legal-notice/index.html",
        "people-roles/safety-tester/index.html",
        "rules/index.html",
        "rules/rc-01-six-hours/index.html",
        "read-across/index.html",
        "read-across/lessons/index.html",
        "search/index.html",
        "towns/st.aldate/index.html",
        "visits/index.html",
        "visits/2025-05-lantern-hall-spring-clean/index.html",
    ] {
        let text = page::main_text(html(&build, path).unwrap_or_else(|| panic!("there is no page {path}")));
        let file = repository("tests/sites/repair-cafes/out").join(picture(path));
        expect_file![file].assert_eq(&text);
    }
}

fn picture(path: &str) -> PathBuf {
    PathBuf::from(format!("{}.txt", path.trim_end_matches("/index.html").trim_end_matches(".html").replace('/', "--")))
}

#[test]
fn a_draft_is_published_nowhere() {
    let build = repair_cafes();
    let site = build.site.as_ref().unwrap();
    let drafts: Vec<_> = site.documents.iter().filter(|document| document.draft).collect();
    assert!(!drafts.is_empty(), "the book holds a draft to see");
    for draft in drafts {
        let title = draft.page.title.value.as_bytes();
        for (path, bytes) in build.artifacts.iter() {
            assert!(
                !bytes.windows(title.len()).any(|run| run == title),
                "{path} speaks of a draft, {}",
                draft.page.title.value
            );
        }
    }
}

fn html<'a>(build: &'a Build, path: &str) -> Option<&'a str> {
    build.artifacts.get(path).map(|bytes| std::str::from_utf8(bytes).expect("pages are UTF-8"))
}

fn pages(build: &Build) -> BTreeMap<&str, &str> {
    build
        .artifacts
        .iter()
        .filter(|(path, _)| path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html"))
        .map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("pages are UTF-8")))
        .collect()
}

/// What is wrong with the pages of a site taken together: links that lead nowhere, anchors given twice, what the security policy
/// forbids, and anything that is asked of another site.
fn problems(build: &Build) -> Vec<String> {
    let pages = pages(build);
    let mut problems = Vec::new();
    let mut anchors = BTreeMap::new();
    for (path, html) in &pages {
        match page::anchors(html) {
            Ok(found) => drop(anchors.insert(*path, found)),
            Err(id) => problems.push(format!("{path}: two anchors `{id}`")),
        }
        problems.extend(page::forbidden(html).into_iter().map(|tag| format!("{path}: {tag} is inline")));
    }
    for (path, html) in &pages {
        for (tag, address) in page::addresses(html) {
            let outside = address.contains("://") || address.starts_with("mailto:") || address.starts_with("tel:");
            if outside {
                if !matches!(tag.as_str(), "a" | "link") {
                    problems.push(format!("{path}: <{tag}> asks another site for {address}"));
                }
                continue;
            }
            let (target, anchor) =
                address.split_once('#').map_or((address.as_str(), ""), |(target, anchor)| (target, anchor));
            let target = target.split('?').next().unwrap_or_default();
            let Some(file) = file(path, target) else {
                problems.push(format!("{path}: `{address}` leads out of the site"));
                continue;
            };
            if build.artifacts.get(&file).is_none() {
                problems.push(format!("{path}: `{address}` leads to {file}, which is not there"));
            } else if !anchor.is_empty() && anchors.get(file.as_str()).is_some_and(|known| !known.contains(anchor)) {
                problems.push(format!("{path}: `{address}` leads to an anchor that is not there"));
            }
        }
    }
    problems
}

/// The file that an address means, from a page.
fn file(page: &str, address: &str) -> Option<String> {
    if address.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = if address.starts_with('/') {
        Vec::new()
    } else {
        page.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect()
    };
    for part in address.trim_start_matches('/').split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let folder = address.ends_with('/') || address.ends_with("..") || address == ".";
    let path = parts.join("/");
    Some(match (folder, path.is_empty()) {
        (true, true) => "index.html".to_owned(),
        (true, false) => format!("{path}/index.html"),
        (false, _) => path,
    })
}

#[test]
fn an_address_is_followed_from_its_page() {
    let to = |page: &str, address: &str| file(page, address).unwrap_or_else(|| "outside".to_owned());
    assert_eq!(to("a/b/index.html", "../../"), "index.html");
    assert_eq!(to("a/b/index.html", "../c/"), "a/c/index.html");
    assert_eq!(to("a/b/index.html", "x.svg"), "a/b/x.svg");
    assert_eq!(to("a/index.html", ""), "a/index.html");
    assert_eq!(to("a/index.html", "/x/"), "x/index.html");
    assert_eq!(to("a/index.html", "../../"), "outside");
}

#[test]
fn a_page_is_read_as_readers_do() {
    let html = "<p>no</p><main id=\"m\"><h2>A <em>b</em></h2><p>C\n <a href=\"d/?a&amp;b\">d</a><svg><path/><text>x</text></svg> e</p></main>";
    assert_eq!(page::main_text(html), "## A b\nC [d](d/?a&b) e\n");
    assert_eq!(page::addresses(html), [("a".to_owned(), "d/?a&b".to_owned())]);
    assert_eq!(page::anchors("<p id=\"a\"><p id=\"a\">"), Err("a".to_owned()));
}

#[test]
fn what_the_security_policy_forbids_is_seen() {
    for html in ["<style>", "<p style=\"x\">", "<script>", "<a href=\"x\" onclick=\"x\">", "<iframe src=\"x\">"] {
        assert_eq!(page::forbidden(html).len(), 1, "{html}");
    }
    assert!(
        page::forbidden(
            "<script src=\"x.js\"></script><script type=\"application/json\">{}</script><p data-style=\"x\">"
        )
        .is_empty()
    );
}

#[test]
fn what_an_author_writes_is_never_run_by_a_reader() {
    let nasty = "</title><script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:x'>\\\"><svg onload=alert(1)>";
    let text = "[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,x) ![d](https://x.example/y.png) <script>alert(1)</script> <b onclick=x>";
    let book = base()
        .with("content/guides/securite.md", format!("---\ntitle: \"{nasty}\"\nsummary: \"{nasty}\"\nconsignes:\n  - {{ number: \"1\", title: \"{nasty}\", text: '{text}' }}\n---\n{text}\n"))
        .with("content/reparations/theiere.md", format!("---\ntitle: \"{nasty}\"\nobjet: \"{nasty}\"\nrecit: '{text}'\nnotice: \"javascript:alert(1)\"\nessai: {{ par: \"{nasty}\" }}\n---\n# {nasty}\n\n{text}\n"));
    let build = book.build(None);
    let found = |code: &str| build.sink.diagnostics().iter().filter(|found| found.code.name() == code).count();
    assert_eq!((found("unsafe-link"), found("remote-picture")), (12, 4), "in each text, be it a field or a body");
    let pages = pages(&build);
    assert!(pages.len() > 10, "pages are made for all that");
    for (path, html) in pages {
        assert!(
            !html.contains("<script>alert") && !html.contains("<svg onload") && !html.contains("<img src=x"),
            "{path}"
        );
        assert_eq!(page::forbidden(html), [""; 0], "{path}");
        for (tag, address) in page::addresses(html) {
            let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
            assert!(
                !address.contains(':') || ["https", "http", "mailto", "tel"].contains(&scheme.as_str()),
                "{path}: <{tag}> leads to {address}"
            );
        }
    }
}
