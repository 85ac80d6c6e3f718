use std::time::{Duration, Instant};

/// A part of the way, as its time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Floor {
    /// Files, from the disk.
    Read,
    /// YAML and Markdown.
    Parse,
    /// Types and references.
    Model,
    /// The schema and the built-in checks.
    Check,
    /// The rules of the book.
    Rules,
    /// The views that pages declare.
    Views,
    /// The theme: templates and words.
    Theme,
    /// The index of the search, its files, and the searches that the book promises.
    Index,
    /// Pages, each written as soon as it is made.
    Pages,
    /// What is left to do for the site to be in its place.
    Publish,
}

/// What each part of a run took, in the order of the run.
#[derive(Debug)]
pub struct Timings {
    laps: Vec<Lap>,
    wall: Instant,
    processor: Duration,
}

/// One part of a run.
#[derive(Debug, Clone, Copy)]
pub struct Lap {
    /// Which part.
    pub floor: Floor,
    /// Time on the clock.
    pub wall: Duration,
    /// Time of all processors together; nothing where the system does not tell.
    pub processor: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self { laps: Vec::new(), wall: Instant::now(), processor: processor() }
    }
}

impl Timings {
    /// Ends a part, or what came after it and belongs to it; the next begins now.
    pub fn lap(&mut self, floor: Floor) {
        let next = Self::default();
        let (wall, processor) = (next.wall - self.wall, next.processor.saturating_sub(self.processor));
        match self.laps.last_mut().filter(|last| last.floor == floor) {
            Some(last) => (last.wall, last.processor) = (last.wall + wall, last.processor + processor),
            None => self.laps.push(Lap { floor, wall, processor }),
        }
        (self.wall, self.processor) = (next.wall, next.processor);
    }

    /// The parts so far.
    pub fn laps(&self) -> &[Lap] {
        &self.laps
    }
}

/// The time that this process has had of all processors.
#[cfg(unix)]
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let seconds = Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or_default());
    seconds + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or_default())
}

#[cfg(not(unix))]
fn processor() -> Duration {
    Duration::ZERO
}
