use super::page::{Head, Page};
use super::shared::Shared;
use serde::Serialize;

/// What `[legal]` says; empty where it says nothing.
#[derive(Serialize)]
struct Legal<'a> {
    publisher: &'a str,
    director: &'a str,
    host: &'a str,
    contact: Contact<'a>,
}

/// How to reach the publisher; `url` where it is an address.
#[derive(Serialize)]
struct Contact<'a> {
    text: &'a str,
    url: String,
}

/// Address of the legal notice; empty where the book says nothing of it, or has a page of its own there.
pub(super) fn notice_url(shared: &Shared<'_>) -> String {
    let legal = &shared.cx.config.legal;
    let said = [&legal.publisher, &legal.director, &legal.host, &legal.contact].iter().any(|line| line.is_some());
    if said { free(shared, shared.words().url("legal")) } else { String::new() }
}

/// Address of the page on accessibility; empty where the book has a page of its own there.
pub(super) fn accessibility_url(shared: &Shared<'_>) -> String {
    free(shared, shared.words().url("accessibility"))
}

/// Who publishes and hosts the site.
pub(super) fn notice(shared: &Shared<'_>) -> Page {
    let words = shared.words();
    let mut head = Head::new(shared, "legal", words.text("legal"), &notice_url(shared)).below(shared, None);
    head.description = words.text("legal_text").replace("{title}", &shared.cx.config.title);
    Page::new(shared, "legal.html", &head).with("legal", &legal(shared))
}

/// How far the site can be used by everybody, as far as it is known. Nobody audits a site that has just been made: it claims nothing.
pub(super) fn accessibility(shared: &Shared<'_>) -> Page {
    let words = shared.words();
    let mut head = Head::new(shared, "accessibility", words.text("accessibility"), &accessibility_url(shared));
    words.text("accessibility_lede").clone_into(&mut head.description);
    let head = head.below(shared, None);
    Page::new(shared, "accessibility.html", &head).with("legal", &legal(shared))
}

fn legal<'a>(shared: &Shared<'a>) -> Legal<'a> {
    let legal = &shared.cx.config.legal;
    let contact = legal.contact.as_deref().unwrap_or_default();
    let is_mail = contact.contains('@') && !contact.contains(char::is_whitespace);
    let is_page = contact.starts_with("https://") || contact.starts_with("http://");
    Legal {
        publisher: legal.publisher.as_deref().unwrap_or_default(),
        director: legal.director.as_deref().unwrap_or_default(),
        host: legal.host.as_deref().unwrap_or_default(),
        contact: Contact {
            text: contact,
            url: match (is_page, is_mail) {
                (true, _) => contact.to_owned(),
                (_, true) => format!("mailto:{contact}"),
                _ => String::new(),
            },
        },
    }
}

/// An address, unless a page of the book has it already.
pub(super) fn free(shared: &Shared<'_>, url: String) -> String {
    let site = shared.cx.site;
    let mut folders = site.folders.iter().map(|folder| &folder.page.url);
    let taken = folders.any(|taken| *taken == url) || shared.free_pages().any(|document| document.page.url == url);
    if taken { String::new() } else { url }
}
