use crate::check::Context;
use crate::check::views::placed;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, closest, is_slip, tr};
use crate::model::{DocumentId, Page, Site};
use crate::parse::Link;
use crate::source::Snapshot;

pub(super) static DANGLING_LINK: Check = Check {
    name: "dangling-link",
    level: Level::Error,
    summary: Text { fr: "un lien vers un fichier qui n’existe pas", en: "a link to a file that does not exist" },
    manual: Text {
        fr: "Un lien vers un autre document s’écrit avec le chemin de son fichier, à partir de celui où l’on est : `[le guide](../guide/premiers-pas.md)`. Le site en fait la bonne adresse.",
        en: "A link to another document is written with the path of its file, from the one where you are: `[the guide](../guide/first-steps.md)`. The site makes the right address of it.",
    },
};

pub(super) static DANGLING_ANCHOR: Check = Check {
    name: "dangling-anchor",
    level: Level::Error,
    summary: Text { fr: "un lien vers une partie qui n’existe pas", en: "a link to a section that does not exist" },
    manual: Text {
        fr: "Après `#` vient le titre d’une partie du document, en minuscules, sans accents et avec des tirets, ou le numéro d’une de ses entrées.",
        en: "After `#` comes the heading of a section of the document, in lowercase with hyphens, or the number of one of its entries.",
    },
};

pub(super) static UNSAFE_LINK: Check = Check {
    name: "unsafe-link",
    level: Level::Error,
    summary: Text { fr: "un lien d’un genre qui n’est pas publié", en: "a link of a kind that is not published" },
    manual: Text {
        fr: "Seuls les liens `https:`, `http:`, `mailto:` et `tel:`, et les chemins de fichiers du livre, sont publiés. Un lien `javascript:` ou `data:` pourrait nuire à qui le suit.",
        en: "Only links by `https:`, `http:`, `mailto:` and `tel:`, and paths of the book's files, are published. A link by `javascript:` or `data:` could harm whoever follows it.",
    },
};

pub(super) static REMOTE_PICTURE: Check = Check {
    name: "remote-picture",
    level: Level::Error,
    summary: Text { fr: "une image prise sur un autre site", en: "a picture taken from another site" },
    manual: Text {
        fr: "Le site publié ne demande rien à un autre site : ni traceur, ni image qui disparaît un jour. Copiez l’image à côté du document et écrivez son chemin : `![ce que montre l’image](image.png)`. Si vous éteignez ce contrôle, le lecteur a un lien vers l’image, jamais l’image elle-même.",
        en: "The published site asks nothing of any other: no tracker, no picture that vanishes one day. Copy the picture beside the document and write its path: `![what the picture shows](picture.png)`. If you switch this check off, readers get a link to the picture, never the picture itself.",
    },
};

/// Where a link of a page leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Out of the site, by a scheme that is published.
    Outside,
    /// By a scheme that is not.
    Unsafe,
    /// To a page of the site, by its address below the root, with the anchor.
    Page {
        /// The document, unless it is the introduction of a folder.
        document: Option<DocumentId>,
        /// Address below the root.
        url: String,
        /// What stands after `#`.
        anchor: Option<String>,
        /// Whether the anchor is there.
        anchored: bool,
    },
    /// To a file that is published as it is, by its path below the content's folder.
    Asset(String),
    /// Nowhere; the path that was looked for, below the book's folder.
    Missing(String),
}

/// Finds out where a link leads, from the file that holds it.
pub fn destination(snapshot: &Snapshot, site: &Site, src: &str, page: &Page, link: &str) -> Destination {
    let compact: String = link.chars().filter(|c| !c.is_ascii_control() && !c.is_whitespace()).collect();
    if let Some((scheme, _)) = compact.split_once(':')
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        let safe = ["https", "http", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str());
        return if safe { Destination::Outside } else { Destination::Unsafe };
    }
    if compact.starts_with("//") {
        return Destination::Outside;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let path = &decoded(path);
    let from = &snapshot.file(page.source).path;
    let full = if path.is_empty() { Some(from.clone()) } else { join(from, src, path) };
    let Some(full) = full else { return Destination::Missing(path.to_owned()) };

    if let Some(id) = site.index.at_path(&full) {
        let document = site.document(id);
        let anchored = anchor.as_ref().is_none_or(|anchor| {
            has_section(&document.page, anchor) || document.entries.iter().any(|entry| entry.number.value == *anchor)
        });
        return Destination::Page { document: Some(id), url: document.page.url.clone(), anchor, anchored };
    }
    let folder = full.strip_suffix("_index.md").unwrap_or(&full).trim_end_matches('/');
    let folder =
        if folder == src { "" } else { folder.strip_prefix(src).map_or(folder, |below| below.trim_start_matches('/')) };
    if let Some(folder) = site.folders.iter().find(|known| known.id == folder) {
        let anchored = anchor.as_ref().is_none_or(|anchor| has_section(&folder.page, anchor));
        return Destination::Page { document: None, url: folder.page.url.clone(), anchor, anchored };
    }
    if snapshot.assets().iter().any(|asset| asset.path == full) {
        let below = full.strip_prefix(src).unwrap_or(&full).trim_start_matches('/').to_owned();
        return Destination::Asset(below);
    }
    Destination::Missing(full)
}

/// A path as it stands on the disk: `%20` is a space.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let digits = (byte == b'%').then(|| rest.clone().take(2).collect::<Vec<_>>());
        let code = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest.nth(1);
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn has_section(page: &Page, anchor: &str) -> bool {
    page.body.sections.iter().any(|section| *section.id == *anchor && section.level > 0)
}

/// The path that a link means: from its own file, or from the content's root when it begins with `/`.
fn join(from: &str, src: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = match link.strip_prefix('/') {
        Some(_) => src.split('/').collect(),
        None => from.split('/').take(from.split('/').count() - 1).collect(),
    };
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Looks at some links of a page: those of its text, or those in its fields.
pub(super) fn check(cx: &Context<'_>, page: &Page, links: &[Link], sink: &mut Sink) {
    // A view is placed like a picture, and looked up by the checks of views.
    for link in links.iter().filter(|link| placed(&link.destination).is_none()) {
        let written = &link.destination;
        if link.image && is_remote(written) {
            sink.push(
                Diagnostic::new(
                    &REMOTE_PICTURE,
                    link.span,
                    tr!(cx.lang, "l’image `{written}` est sur un autre site", "picture `{written}` is on another site"),
                )
                .help(tr!(
                    cx.lang,
                    "copiez l’image à côté du document, et écrivez son chemin",
                    "copy the picture beside the document, and write its path"
                )),
            );
            continue;
        }
        match destination(cx.snapshot, cx.site, &cx.config.src, page, written) {
            Destination::Outside | Destination::Asset(_) | Destination::Page { anchored: true, .. } => {}
            Destination::Unsafe => sink.push(
                Diagnostic::new(
                    &UNSAFE_LINK,
                    link.span,
                    tr!(
                        cx.lang,
                        "le lien `{written}` n’est pas d’un genre que l’on publie",
                        "link `{written}` is not of a kind that is published"
                    ),
                )
                .help(tr!(
                    cx.lang,
                    "mettez une adresse `https://…` ou le chemin d’un document",
                    "put an address `https://…` or the path of a document"
                )),
            ),
            Destination::Page { url, anchor, .. } => {
                let anchor = anchor.unwrap_or_default();
                let anchors = anchors_of(cx.site, &url);
                sink.push(
                    Diagnostic::new(
                        &DANGLING_ANCHOR,
                        link.span,
                        tr!(
                            cx.lang,
                            "le document lié n’a pas de partie `{anchor}`",
                            "the linked document has no section `{anchor}`"
                        ),
                    )
                    .help(
                        closest(cx.lang, &anchor, anchors.iter().map(String::as_str)).unwrap_or_else(|| {
                            let list =
                                anchors.iter().take(8).map(|name| format!("`#{name}`")).collect::<Vec<_>>().join(", ");
                            tr!(cx.lang, "parties du document : {list}", "sections of the document: {list}")
                        }),
                    ),
                );
            }
            Destination::Missing(path) => {
                let help = similar_path(cx, &path);
                sink.push(
                    Diagnostic::new(
                        &DANGLING_LINK,
                        link.span,
                        tr!(
                            cx.lang,
                            "le lien mène à `{path}`, qui n’existe pas",
                            "the link leads to `{path}`, which does not exist"
                        ),
                    )
                    .help(help.unwrap_or_else(|| {
                        tr!(
                            cx.lang,
                            "vérifiez le chemin, à partir du fichier où vous êtes",
                            "check the path, from the file where you are"
                        )
                    })),
                );
            }
        }
    }
}

fn is_remote(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    ["http:", "https:", "//"].iter().any(|scheme| address.starts_with(scheme))
}

/// A file that the author may have meant: one of the same name elsewhere, else one with a name much like it.
fn similar_path(cx: &Context<'_>, path: &str) -> Option<String> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let file = name(path);
    let paths = || cx.snapshot.files().map(|(_, file)| file.path.as_str());
    let near = paths()
        .find(|known| name(known) == file)
        .or_else(|| paths().find(|known| !known.ends_with("_index.md") && is_slip(&file, &name(known))))?;
    Some(tr!(cx.lang, "vouliez-vous dire `{near}` ?", "did you mean `{near}`?"))
}

fn anchors_of(site: &Site, url: &str) -> Vec<String> {
    let sections = |page: &Page| {
        page.body
            .sections
            .iter()
            .filter(|section| section.level > 0)
            .map(|section| section.id.as_ref().to_owned())
            .collect::<Vec<_>>()
    };
    if let Some(document) = site.documents.iter().find(|document| document.page.url == url) {
        let mut anchors = sections(&document.page);
        anchors.extend(document.entries.iter().map(|entry| entry.number.value.clone()));
        return anchors;
    }
    site.folders.iter().find(|folder| folder.page.url == url).map(|folder| sections(&folder.page)).unwrap_or_default()
}
