use std::collections::{BTreeMap, BTreeSet};

use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, is_slip, tr};
use crate::model::{Locked, URLS, locked_urls, urls};

pub(super) static LOST_ADDRESS: Check = Check {
    name: "lost-address",
    level: Level::Error,
    summary: Text { fr: "une adresse publiée disparaîtrait", en: "an address that was published would disappear" },
    manual: Text {
        fr: "`urls.lock` garde chaque adresse que le site a eue : des signets, des courriels et des documents imprimés y mènent. Un fichier renommé, déplacé, effacé ou remis en brouillon la perdrait. Écrivez l’ancienne adresse dans les `aliases` de la page qui la remplace : les lecteurs y seront conduits. Si rien ne la remplace, effacez sa ligne de `urls.lock`.",
        en: "`urls.lock` keeps each address that the site has had: bookmarks, mails and printed documents lead there. A file renamed, moved, deleted or made a draft again would lose it. Write the former address in the `aliases` of the page that takes its place: readers will be led there. If nothing does, delete its line of `urls.lock`.",
    },
};

/// More new pages than this are not looked through for one with a like name.
const FEW: usize = 200;

pub(super) fn check(cx: &Context<'_>, sink: &mut Sink) {
    let Some(source) = cx.snapshot.find(URLS) else { return };
    let locked = locked_urls(cx.snapshot, source);
    let present = urls(cx.site, cx.snapshot);
    let lost: BTreeMap<&str, &Locked> = locked
        .iter()
        .map(|locked| (locked.url.value.as_str(), locked))
        .filter(|(url, _)| !present.contains_key(*url))
        .collect();
    if lost.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = locked.iter().map(|locked| locked.url.value.as_str()).collect();
    let new: Vec<(&str, &str)> = present
        .iter()
        .map(|(url, file)| (url.as_str(), file.as_str()))
        .filter(|(url, file)| !known.contains(url) && !file.contains('#'))
        .collect();
    for (url, locked) in &lost {
        // What stands below a page that is lost is lost with it, and found again with it.
        if above(url).is_some_and(|above| lost.contains_key(above)) {
            continue;
        }
        let below = lost.keys().filter(|other| other.starts_with(url)).count() - 1;
        sink.push(finding(cx, locked, below, successor(cx, locked, &present, &new)));
    }
}

fn finding(cx: &Context<'_>, locked: &Locked, below: usize, successor: Option<&str>) -> Diagnostic {
    let (lang, url) = (cx.lang, &locked.url.value);
    let message = if locked.file.is_empty() {
        tr!(lang, "l’adresse `{url}`, déjà publiée, disparaîtrait", "address `{url}`, once published, would disappear")
    } else {
        let file = &locked.file;
        tr!(
            lang,
            "l’adresse `{url}`, celle de `{file}`, disparaîtrait",
            "address `{url}`, that of `{file}`, would disappear"
        )
    };
    let alias = url.trim_end_matches('/');
    let help = match successor {
        Some(file) => tr!(
            lang,
            "dans `{file}`, écrivez `aliases: [{alias}]` ; si cette page ne remplace pas l’ancienne, effacez cette ligne",
            "in `{file}`, write `aliases: [{alias}]`; if that page does not take its place, delete this line"
        ),
        None => tr!(
            lang,
            "écrivez `aliases: [{alias}]` dans la page qui la remplace ; si rien ne la remplace, effacez cette ligne",
            "write `aliases: [{alias}]` in the page that takes its place; if nothing does, delete this line"
        ),
    };
    let finding = Diagnostic::new(&LOST_ADDRESS, locked.url.span, message).help(help);
    match below {
        0 => finding,
        1 => finding.note(tr!(lang, "avec elle, une adresse en dessous", "and with it one address below")),
        _ => finding.note(tr!(lang, "avec elle, {below} adresses en dessous", "and with it {below} addresses below")),
    }
}

/// The file that most likely holds now what was at an address: the same file, one of the same name elsewhere, or a new one of a like
/// name in the same folder.
fn successor<'a>(
    cx: &Context<'_>,
    locked: &Locked,
    present: &'a BTreeMap<String, String>,
    new: &[(&'a str, &'a str)],
) -> Option<&'a str> {
    let (file, _) = locked.file.split_once('#').unwrap_or((&locked.file, ""));
    let same = cx.site.index.at_path(file).map(|id| cx.site.document(id)).filter(|document| !document.draft);
    if let Some((_, file)) = same.and_then(|document| present.get_key_value(&document.page.url)) {
        return Some(file);
    }
    let url = locked.url.value.as_str();
    let moved = new.iter().find(|(other, _)| last(other) == last(url));
    let like = || {
        let folder = above(url).unwrap_or_default();
        let beside = new.iter().filter(|(other, _)| above(other).unwrap_or_default() == folder);
        beside.take(FEW).find(|(other, _)| is_slip(last(url), last(other)))
    };
    moved.or_else(like).map(|(_, file)| *file)
}

/// The address of the page above: `a/` for `a/b/`.
fn above(url: &str) -> Option<&str> {
    let body = url.strip_suffix('/')?;
    url.get(..=body.rfind('/')?)
}

/// The last part of an address.
fn last(url: &str) -> &str {
    let body = url.strip_suffix('/').unwrap_or(url);
    body.rsplit('/').next().unwrap_or(body)
}
