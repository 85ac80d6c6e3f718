use crate::diagnostic::Sink;
use crate::parse::{self, Node};
use crate::render::Context;
use crate::render::theme;

/// How many steps lead from the ground to a colour, the ground left out: enough for the edges of letters.
const STEPS: u8 = 15;

/// One of the three colours that are laid on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Title,
    Text,
    Accent,
}

/// A picture of one ground and three inks, each pixel a step of one of them: a byte, where 0 is the ground.
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) pixels: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, pixels: vec![0; width * height] }
    }

    /// Lays an ink on a pixel, as much of it as `coverage` says (0 to 1); what is outside is left out.
    pub(super) fn lay(&mut self, x: i32, y: i32, ink: Ink, coverage: f32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of steps"
        )]
        let step = (coverage.clamp(0.0, 1.0) * f32::from(STEPS)).round() as u8;
        if step == 0 || x >= self.width {
            return;
        }
        if let Some(pixel) = self.pixels.get_mut(y * self.width + x) {
            *pixel = (*pixel).max(ink as u8 * STEPS + step);
        }
    }

    /// Fills a rectangle.
    pub(super) fn fill(&mut self, x: i32, y: i32, width: i32, height: i32, ink: Ink) {
        for row in y..y + height {
            (x..x + width).for_each(|column| self.lay(column, row, ink, 1.0));
        }
    }
}

/// The colours of a picture, as red, green and blue.
pub(super) struct Colours {
    ground: [u8; 3],
    inks: [[u8; 3]; 3],
}

impl Colours {
    /// Those of the theme; what the book's own file does not say, or says in no way that can be read, is as usual.
    pub(super) fn of(cx: &Context<'_>) -> Self {
        let usual = theme::embedded_text("card/colours.toml").unwrap_or_default();
        let own = theme::own_text(cx, "card/colours.toml").unwrap_or_default();
        let read = |key| colour(own, key).or_else(|| colour(usual, key)).unwrap_or_default();
        Self { ground: read("ground"), inks: [read("title"), read("text"), read("accent")] }
    }

    /// The palette: the ground, then the steps of each ink.
    pub(super) fn palette(&self) -> Vec<u8> {
        let mut palette = self.ground.to_vec();
        for ink in self.inks {
            for step in 1..=u16::from(STEPS) {
                for (ground, ink) in self.ground.into_iter().zip(ink) {
                    let mixed = u16::from(ground) * (u16::from(STEPS) - step) + u16::from(ink) * step;
                    palette.push(u8::try_from(mixed / u16::from(STEPS)).unwrap_or(u8::MAX));
                }
            }
        }
        palette
    }
}

/// A colour written `#0d4a3d` at a key of a TOML file.
fn colour(file: &str, key: &str) -> Option<[u8; 3]> {
    let mut snapshot = crate::source::Snapshot::default();
    let source = snapshot.add_text("colours.toml", file.as_bytes());
    let mapping = parse::parse_toml(&snapshot, source, &mut Sink::default())?;
    let hex = mapping.get(key).and_then(Node::as_str)?.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let number = u32::from_str_radix(hex, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}
