use super::{Context, render, theme};
use crate::artifact::{Artifact, Memory};
use crate::check::{self, rules, views};
use crate::config;
use crate::diagnostic::{Lang, Sink};
use crate::model::{self, Date};
use crate::parse;
use crate::schema;
use crate::source::Snapshot;

const BOOK: &str = "[book]\ntitle = \"Essai\"\n[site]\nbase-url = \"https://exemple.fr/base\"\n";
const NOTES: &str = "---\ntitle: Notes\ncollection:\n  singular: note\n  fields:\n    ville: { type: string, facet: true }\n    points: { type: entries, title: Points }\n    lien: { type: reference, to: notes, inverse: Vient de, title: Lien }\n---\n";

/// Makes the pages of a small book: `book.toml`, one collection and the files given.
pub(super) fn book(files: &[(&str, &str)]) -> (Vec<Artifact>, Sink, Snapshot) {
    let mut texts = vec![
        ("book.toml", BOOK),
        ("content/_index.md", "---\ntitle: Accueil\n---\n"),
        ("content/notes/_index.md", NOTES),
    ];
    // A file of the same path takes the place of a usual one.
    texts.retain(|(path, _)| files.iter().all(|(own, _)| own != path));
    texts.extend(files);
    let snapshot = Snapshot::from_texts(texts);
    let mut sink = Sink::new(Lang::Fr);
    let config = config::read(&snapshot, snapshot.find("book.toml").unwrap(), &mut sink).unwrap();
    let pages: Vec<parse::Page> = snapshot
        .files()
        .filter(|(_, file)| file.path.starts_with("content/"))
        .map(|(source, _)| parse::parse(&snapshot, source, &mut sink))
        .collect();
    let indexes = pages.iter().filter_map(|page| {
        let below = snapshot.file(page.source).path.strip_prefix("content/")?;
        Some((below.strip_suffix("_index.md")?.trim_end_matches('/'), page))
    });
    let schema = schema::read(indexes, &mut sink);
    let site = model::build(&snapshot, "content", schema, pages);
    let today = Date::constant(2025, 6, 30);
    let cx = check::Context { snapshot: &snapshot, config: &config, site: &site, today, lang: Lang::Fr };
    let rules = rules::load(&cx, None, &mut sink);
    let verdicts = rules::judge(&cx, &rules, None, &mut sink);
    let views = views::load(&cx, views::Judged { rules: &rules, verdicts: &verdicts }, None, &mut sink);
    let theme = theme(&cx, None, &mut sink);
    let (snapshot_of, config, site) = (&snapshot, &config, &site);
    let cx = Context {
        snapshot: snapshot_of,
        config,
        site,
        rules: &rules,
        verdicts: &verdicts,
        views: &views,
        findings: &[],
    };
    let memory = Memory::default();
    if let Some(theme) = theme {
        let Ok(()) = render(&cx, &theme, &memory, &mut sink);
    }
    let artifacts = memory.into_artifacts();
    let artifacts = artifacts.iter().map(|(path, bytes)| Artifact::new(path, bytes)).collect();
    (artifacts, sink, snapshot)
}

/// Paths and texts that a test made, as [`book`] takes them.
pub(super) fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// One file of the site, as text.
pub(super) fn text_of<'a>(artifacts: &'a [Artifact], path: &str) -> &'a str {
    let artifact = artifacts.iter().find(|artifact| artifact.path == path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(&artifact.bytes).unwrap()
}

/// What stands in `<main>` on one page.
pub(super) fn main_of(artifacts: &[Artifact], path: &str) -> String {
    let artifact = artifacts.iter().find(|artifact| artifact.path == path).unwrap_or_else(|| panic!("no {path}"));
    let html = String::from_utf8(artifact.bytes.clone()).unwrap();
    let main = html.split_once("<main").unwrap().1;
    main.split_once("</main>").unwrap().0.to_owned()
}

/// The page of a note with this text.
fn note(markdown: &str) -> String {
    let (artifacts, sink, _) = book(&[
        (
            "content/notes/a.md",
            &format!("---\ntitle: A\nville: Rennes\npoints: [{{ number: '1.2', title: Un point }}]\n---\n{markdown}"),
        ),
        ("content/notes/b.md", "---\ntitle: B\nlien: a\n---\nTexte.\n"),
    ]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    main_of(&artifacts, "notes/a/index.html")
}

#[test]
fn a_picture_of_another_site_is_told_with_a_link_and_never_asked_for() {
    let quiet = format!("{BOOK}[check]\nremote-picture = \"off\"\n");
    let note = "---\ntitle: A\n---\n![Une *théière*](https://ailleurs.example/a.png) et [![un bec](//ailleurs.example/b.png)](https://ailleurs.example/)\n\n![](plan.svg)\n";
    let (artifacts, ..) = book(&[("book.toml", &quiet), ("content/notes/a.md", note)]);
    let html = text_of(&artifacts, "notes/a/index.html");
    assert!(html.contains(
        "<a href=\"https://ailleurs.example/a.png\" rel=\"noopener\">Une <em>théière</em> (image sur un autre site)</a>"
    ));
    assert!(
        html.contains("<a href=\"https://ailleurs.example/\" rel=\"noopener\">un bec (image sur un autre site)</a>")
    );
    assert_eq!(html.matches("<img ").count(), 1, "the picture of the book is shown");
}

#[test]
fn a_gathered_section_reads_alone_and_leads_back() {
    let collection = "---\ntitle: Avis\ncollection:\n  fields:\n    ville: { type: string, facet: true }\n    fictif: { type: boolean, notice: Rien ici n'est vrai., title: Fictif }\n  sections:\n    - { title: Leçons, gather: true }\n---\n";
    let first = "---\ntitle: A\ndate: 2024-02-01\nville: Rennes\nfictif: true\n---\n## Avant\n\nMot[^z].\n\n## Leçons\n\nUn fait[^n] et [plus haut](#avant), [b].\n\n### Détail\n\nFin.\n\n## Suite\n\nAilleurs.\n\n[^z]: Autre.\n[^n]: Sa source.\n\n[b]: b.md\n";
    let second = "---\ntitle: B\ndate: 2025-02-01\nville: Brest\n---\n## Leçons\n\nUn autre[^1].\n\n[^1]: Note.\n";
    let third = "---\ntitle: C\ndate: 2023-02-01\nville: Brest\n---\n## Leçons\n";
    let fourth = "---\ntitle: D\nville: Brest\n---\n## Leçons\n\n- Dernière.\n";
    let (artifacts, sink, _) = book(&[
        ("content/avis/_index.md", collection),
        ("content/avis/a.md", first),
        ("content/avis/b.md", second),
        ("content/avis/c.md", third),
        ("content/avis/d.md", fourth),
    ]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    let page = main_of(&artifacts, "lectures-croisees/lecons/index.html");
    let order: Vec<Option<usize>> =
        ["#lecons\">B<", "#lecons\">A<", "Sans date", "#lecons\">D<"].iter().map(|title| page.find(title)).collect();
    assert!(order.is_sorted() && order.iter().all(Option::is_some) && !page.contains(">C<"), "{page}");
    for expected in [
        "id=\"fnref_2_1\"><a href=\"#fn_2_1\">1</a>",
        "<li id=\"fn_2_1\"><p>Sa source. <a",
        "href=\"../../avis/a/#avant\">plus haut",
        "href=\"../../avis/b/\">b<",
        "<h4>Détail</h4>",
        "Rien ici n’est vrai.",
        "lectures-croisees/lecons/ville/brest/\"><span>Brest</span> <span class=\"count\">2<",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    assert!(!page.contains("Autre.") && !page.contains("Ailleurs") && !page.contains("Mot"), "{page}");
    let narrowed = main_of(&artifacts, "lectures-croisees/lecons/ville/brest/index.html");
    assert!(narrowed.contains(">B<") && narrowed.contains(">D<") && !narrowed.contains(">A<"), "{narrowed}");
    let document = main_of(&artifacts, "avis/a/index.html");
    let link = "<p class=\"gathered-link\"><a href=\"../../lectures-croisees/lecons/\">Leçons, d’un document à l’autre</a></p>\n<h2 id=\"suite\">";
    assert!(document.contains(&format!("<p>Fin.</p>\n{link}")), "{document}");
}

#[test]
fn raw_html_is_shown_and_comments_are_dropped() {
    let page = note("Un <script>alert(1)</script> mot.\n\n<div onclick=\"x\">\nbloc\n</div>\n\n<!-- rien -->\n");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("&lt;div onclick="), "{page}");
    assert!(!page.contains("<script") && !page.contains("rien"), "{page}");
}

#[test]
fn links_lead_to_pages_and_unsafe_ones_nowhere() {
    let page = note(
        "[b](b.md) [point](a.md#1.2) [ici](#un) [img](plan.pdf) [x](javascript:alert(1)) <JaVaScRiPt&colon;x> [w](https://a.fr)\n",
    );
    for expected in [
        "href=\"../../notes/b/\">b",
        "href=\"../../notes/a/1.2/\">point",
        "href=\"#un\"",
        "href=\"../../notes/plan.pdf\"",
        "href=\"https://a.fr\" rel=\"noopener\"",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    assert!(!page.to_lowercase().contains("href=\"javascript"), "{page}");
}

#[test]
fn headings_keep_their_anchors_below_the_title() {
    let page = note("# Un\n\n## Un\n\n### Détail\n");
    assert!(
        page.contains("<h2 id=\"un\">Un</h2>")
            && page.contains("<h2 id=\"un-2\">Un</h2>")
            && page.contains("<h3 id=\"detail\">")
    );
    assert!(page.contains("<a href=\"#un-2\">Un</a>"), "{page}");
    assert_eq!(page.matches("<h1").count(), 1);
}

#[test]
fn notes_tables_alerts_and_code_carry_no_style() {
    let page = note(
        "Un fait[^n], encore[^n].\n\n[^n]: Sa source.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> [!WARNING]\n> Gare.\n\n```yaml\na: 1\n```\n",
    );
    for expected in [
        "href=\"#fn_1\">1</a>",
        "id=\"fnref_1_2\"",
        "<li id=\"fn_1\"><p>Sa source. <a",
        "<th scope=\"col\" class=\"align-right\">b</th>",
        "<blockquote class=\"markdown-alert-warning\"><p class=\"alert-title\">Attention</p>",
        "hl-yaml",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    assert!(!page.contains("style="), "{page}");
}

#[test]
fn typography_is_french_outside_code() {
    let page = note("Est-ce l'an 1 ? « Oui » : `l'an ?`\n");
    assert!(page.contains("l’an 1\u{202f}? «\u{202f}Oui\u{202f}»\u{202f}: <code>l'an ?</code>"), "{page}");
}

#[test]
fn entries_facets_and_backlinks_have_pages() {
    let (artifacts, _, _) = book(&[
        (
            "content/notes/a.md",
            "---\ntitle: A\nville: Saint-Malo\npoints: [{ number: '1.2', title: Un point, text: Son texte. }]\n---\n",
        ),
        ("content/notes/b.md", "---\ntitle: B\nlien: a\ndraft: false\n---\n"),
        ("content/notes/c.md", "---\ntitle: C\nlien: a\ndraft: true\n---\n"),
    ]);
    assert!(main_of(&artifacts, "notes/a/1.2/index.html").contains("Son texte."));
    assert!(main_of(&artifacts, "filtres/notes/ville/saint-malo/index.html").contains("href=\"../../../../notes/a/\""));
    let page = main_of(&artifacts, "notes/a/index.html");
    assert!(page.contains("Vient de") && page.contains("href=\"../../notes/b/\""), "{page}");
    assert!(!artifacts.iter().any(|artifact| artifact.path.starts_with("notes/c/")), "a draft is not published");
    let sitemap = artifacts.iter().find(|artifact| artifact.path == "sitemap.xml").unwrap();
    assert!(String::from_utf8_lossy(&sitemap.bytes).contains("<loc>https://exemple.fr/base/notes/a/1.2/</loc>"));
    assert!(
        String::from_utf8_lossy(&artifacts.iter().find(|a| a.path == "404.html").unwrap().bytes)
            .contains("href=\"/base/assets/theme.css\"")
    );
}

#[test]
fn a_template_of_the_book_replaces_the_embedded_one_and_its_failure_has_a_place() {
    let (artifacts, sink, snapshot) = book(&[
        ("content/notes/a.md", "---\ntitle: A\n---\n"),
        ("themes/recueil/templates/document.html", "<main>\n  {{ document.titel }}\n</main>"),
        ("themes/recueil/templates/404.html", "<main>perdu</main>"),
        ("themes/recueil/locales/fr.toml", "[text]\nhome = \"Début\"\n"),
    ]);
    assert_eq!(main_of(&artifacts, "404.html"), ">perdu");
    assert!(
        String::from_utf8_lossy(&artifacts.iter().find(|a| a.path == "plan-du-site/index.html").unwrap().bytes)
            .contains("Début")
    );
    let [failure] = sink.diagnostics() else { panic!("{:?}", sink.diagnostics()) };
    assert_eq!(failure.code.name(), "template-error");
    assert!(
        failure.message.contains("`notes/a/`") && failure.message.contains("`document.html`, ligne 2"),
        "{}",
        failure.message
    );
    assert_eq!(snapshot.file(failure.span.source).path, "themes/recueil/templates/document.html");
    assert_eq!(snapshot.position(failure.span.source, failure.span.start).line, 2);
}

#[test]
fn a_template_that_does_not_exist_is_named() {
    let (_, sink, snapshot) = book(&[("content/notes/a.md", "---\ntitle: A\ntemplate: documant.html\n---\n")]);
    let [failure] = sink.diagnostics() else { panic!("{:?}", sink.diagnostics()) };
    assert_eq!((failure.code.name(), snapshot.text(failure.span)), ("unknown-template", "documant.html"));
    assert!(failure.help.as_deref().unwrap().contains("`document.html`"));
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let files: &[(&str, &str)] = &[
        ("content/notes/a.md", "---\ntitle: A\nville: X\n---\n## T\n"),
        ("content/notes/b.md", "---\ntitle: B\nlien: a\n---\n"),
    ];
    assert_eq!(book(files).0, book(files).0);
}

#[test]
fn a_page_of_the_engine_keeps_its_address() {
    let own = "---\ntitle: À moi\n---\nUn texte.\n";
    let (artifacts, sink, _) = book(&[
        ("content/filtres.md", own),
        ("content/plan-du-site.md", own),
        ("content/recherche.md", own),
        ("content/notes/a.md", "---\ntitle: A\nville: Rennes\n---\n"),
    ]);
    let found: Vec<_> = sink.diagnostics().iter().map(|found| (found.code.name(), found.message.clone())).collect();
    let names = ["filtres", "plan-du-site", "recherche"];
    let told = |name: &str| {
        let message = format!("l’adresse `{name}/` est celle d’une page que le site fait de lui-même");
        ("duplicate-address", message)
    };
    assert_eq!(found, names.map(told));
    for path in names.map(|name| format!("{name}/index.html")) {
        assert!(!main_of(&artifacts, &path).contains("Un texte."), "{path}");
        assert_eq!(artifacts.iter().filter(|artifact| artifact.path == path).count(), 1, "{path}");
    }
}

#[test]
fn further_pages_of_a_list_are_of_the_engine_and_the_first_is_of_its_folder() {
    let own = "---\ntitle: À moi\n---\n".to_owned();
    let note = |number: usize| (format!("content/notes/n{number}.md"), "---\ntitle: N\n---\n".to_owned());
    let mut files: Vec<(String, String)> = (0..60).map(note).collect();
    files.extend([("content/notes/page-2.md".to_owned(), own.clone()), ("content/notes.md".to_owned(), own)]);
    let (_, sink, snapshot) = book(&borrowed(&files));
    // What stands at the address of a folder is told by a check.
    let [found] = sink.diagnostics() else { panic!("{:?}", sink.diagnostics()) };
    assert_eq!(found.code.name(), "duplicate-address");
    assert_eq!(snapshot.file(found.span.source).path, "content/notes/page-2.md");
}
