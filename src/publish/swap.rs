use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context as _, Result};

use super::place::Place;
use crate::reason::{Reason, reason};

/// Puts the next site, which is complete, in the place of the present one, which takes its own.
pub(super) fn swap(place: &Place) -> Result<()> {
    if !place.site.exists() {
        return fs::rename(&place.next, &place.site).map_err(|error| explain(error, place));
    }
    if exchange(&place.next, &place.site).map_err(|error| explain(error, place))? {
        return Ok(());
    }
    one_after_the_other(place)
}

/// The way out where folders cannot be exchanged: for an instant there is no site. A run that is killed just then leaves the
/// former one whole in the hidden folder, and [`recover`] puts it back.
pub(super) fn one_after_the_other(place: &Place) -> Result<()> {
    fs::rename(&place.site, &place.former).map_err(|error| explain(error, place))?;
    if let Err(error) = fs::rename(&place.next, &place.site) {
        recover(place)?;
        return Err(explain(error, place));
    }
    recover(place)
}

/// Puts in order what a run left that was killed between two steps.
pub(super) fn recover(place: &Place) -> Result<()> {
    let former = &place.former;
    if !former.exists() {
        return Ok(());
    }
    for free in [&place.site, &place.next] {
        if !free.exists() {
            return fs::rename(former, free).with_context(|| {
                reason!("déplacement de {} vers {}", "moving {} to {}", former.display(), free.display())
            });
        }
    }
    fs::remove_dir_all(former).with_context(|| Reason::removing(former))
}

fn explain(error: io::Error, place: &Place) -> anyhow::Error {
    let is_fixed = matches!(error.kind(), ErrorKind::CrossesDevices | ErrorKind::ResourceBusy);
    let site = place.site.display();
    let act = if is_fixed {
        reason!(
            "mise en place du nouveau site dans {site} : le système ne laisse pas ce dossier changer de place (un disque y est monté, \
             ou il vient de l’image d’un conteneur) ; publiez dans un dossier au-dessous de lui",
            "putting the new site at {site}: the system does not let this folder move (a disk is mounted there, or it belongs \
             to a container's image); publish into a folder below it"
        )
    } else {
        reason!("mise en place du nouveau site dans {site}", "putting the new site at {site}")
    };
    anyhow::Error::new(error).context(act)
}

/// Exchanges two folders in one step; `false` where the system or the disk cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from) {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}
