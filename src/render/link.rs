use super::Context;
use super::shared::Shared;
use crate::source::SourceId;

/// Schemes that a link may have; anything else is shown as text.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Where a link of an author leads, once published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Href {
    /// To another site, or out of the browser: the address as it is.
    Outside(String),
    /// To a page or a file of this site: an address below its root.
    Inside(String),
    /// To a place on the same page: `#id`.
    Here(String),
    /// Nowhere that is safe or known.
    Nowhere,
}

impl Href {
    /// The address to write on a page, given the way from there to the root of the site.
    pub(super) fn on_page(&self, root: &str) -> Option<String> {
        match self {
            Self::Outside(url) | Self::Here(url) => Some(url.clone()),
            Self::Inside(url) => Some(format!("{root}{url}")),
            Self::Nowhere => None,
        }
    }
}

/// Resolves a destination as it is written in a file of the content.
pub(super) fn resolve(shared: &Shared<'_>, source: SourceId, destination: &str) -> Href {
    let cx = &shared.cx;
    let clean: String = destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if let Some(scheme) = scheme(&clean) {
        let allowed = SCHEMES.iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed));
        return if allowed { Href::Outside(destination.trim().to_owned()) } else { Href::Nowhere };
    }
    if clean.starts_with("//") {
        return Href::Outside(destination.trim().to_owned());
    }
    let (path, fragment) =
        destination.trim().split_once('#').map_or((destination.trim(), None), |(path, id)| (path, Some(id)));
    let own = &cx.snapshot.file(source).path;
    if path.is_empty() {
        let Some(fragment) = fragment else { return Href::Nowhere };
        return entry_url(cx, own, fragment).map_or_else(|| Href::Here(format!("#{fragment}")), Href::Inside);
    }
    let Some(target) = join(&cx.config.src, own, &percent_decode(path)) else { return Href::Nowhere };
    if let Some(url) = fragment.and_then(|fragment| entry_url(cx, &target, fragment)) {
        return Href::Inside(url);
    }
    let Some(url) = page_url(shared, &target) else {
        let below = target.strip_prefix(&cx.config.src).map_or(target.as_str(), |below| below.trim_start_matches('/'));
        return Href::Inside(below.to_owned());
    };
    Href::Inside(fragment.map_or_else(|| url.to_owned(), |fragment| format!("{url}#{fragment}")))
}

/// The page of an entry, when a fragment is the number of one.
fn entry_url(cx: &Context<'_>, path: &str, fragment: &str) -> Option<String> {
    let document = cx.site.index.at_path(path)?;
    let entry = cx.site.index.entry(document, &percent_decode(fragment))?;
    Some(cx.site.document(document).entries.get(entry)?.url.clone())
}

/// The address of the page that a file of the content, or a folder of it, becomes.
fn page_url<'a>(shared: &Shared<'a>, path: &str) -> Option<&'a str> {
    let site = shared.cx.site;
    let candidates = [path.to_owned(), format!("{path}.md")];
    if let Some(id) = candidates.iter().find_map(|path| site.index.at_path(path)) {
        return Some(&site.document(id).page.url);
    }
    shared.folder_at(path.strip_suffix("/_index.md").unwrap_or(path))
}

/// The path that a relative one means in a file of the book; one that begins with `/` starts at the content. None outside the book.
fn join(src: &str, from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => src.split('/').collect(),
        None => from.split('/').collect(),
    };
    if !path.starts_with('/') {
        parts.pop();
    }
    for part in path.split('/') {
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

/// What stands before the first `:`, when it has the form of a scheme.
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let formed = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    formed.then_some(scheme)
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_stay_in_the_book() {
        assert_eq!(join("content", "content/a/b.md", "../c/d.md").as_deref(), Some("content/c/d.md"));
        assert_eq!(join("content", "content/a/b.md", "/c/d.md").as_deref(), Some("content/c/d.md"));
        assert_eq!(join("content", "content/b.md", "../../../x"), None);
    }

    #[test]
    fn schemes_are_seen_through() {
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
        assert_eq!(scheme("dossier/a:b.md"), None);
        assert_eq!(percent_decode("l%27%C3%A9t%C3%A9%"), "l'été%");
    }
}
