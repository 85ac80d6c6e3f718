use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::place::Place;
use crate::reason::{Reason, reason};

/// The right to publish into one place; given back when dropped, and by the system when the program is killed.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the right, or says that somebody else has it. Makes the hidden folder.
    pub(super) fn take(place: &Place) -> Result<Self> {
        let (work, path) = (&place.work, place.work.join("lock"));
        if !path.exists() {
            fs::create_dir_all(work).with_context(|| Reason::making_folder(work))?;
            let ignore = work.join(".gitignore");
            File::create(&ignore)
                .and_then(|mut file| std::io::Write::write_all(&mut file, b"*\n"))
                .with_context(|| Reason::writing(&ignore))?;
        }
        let file = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .with_context(|| reason!("ouverture du verrou {}", "opening the lock {}", path.display()))?;
        // A run that is just ending, or a process that is just being started by one, need not stop this one.
        let mut patience = 10;
        let mut taken = file.try_lock();
        while matches!(taken, Err(TryLockError::WouldBlock)) && patience > 0 {
            thread::sleep(Duration::from_millis(30));
            patience -= 1;
            taken = file.try_lock();
        }
        match taken {
            Ok(()) => {}
            // Some network disks have no locks: publishing alone works all the same.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| reason!("prise du verrou {}", "taking the lock {}", path.display()));
            }
            Err(TryLockError::WouldBlock) => bail!(reason!(
                "publication dans {} : une autre publication y est en cours ; recommencez quand elle sera finie",
                "publishing into {}: another run is publishing there; try again once it has ended",
                place.site.display()
            )),
        }
        Ok(Self { _file: file })
    }
}
