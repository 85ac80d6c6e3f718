//! Room to make pages in, handed from one page to the next.
//!
//! A page is made in several steps, each of tens of kilobytes: to ask the system for room at each step of each page costs more than
//! some of the steps.

use std::sync::{Mutex, PoisonError};

/// What one page takes.
#[derive(Default)]
pub(super) struct Room {
    /// What the template writes.
    pub(super) html: Vec<u8>,
    /// The same, set as its language wants it.
    pub(super) set: Vec<u8>,
}

/// As many as there are pages that are being made.
#[derive(Default)]
pub(super) struct Rooms {
    free: Mutex<Vec<Room>>,
}

impl Rooms {
    /// Lends a room, which holds nothing.
    pub(super) fn lend<T>(&self, make: impl FnOnce(&mut Room) -> T) -> T {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut room = free().pop().unwrap_or_default();
        room.html.clear();
        room.set.clear();
        let made = make(&mut room);
        free().push(room);
        made
    }
}
