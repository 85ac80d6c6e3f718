use ab_glyph::{Font as _, FontRef, GlyphId, PxScale, PxScaleFont, ScaleFont as _, point};
use unicode_normalization::UnicodeNormalization as _;

use super::canvas::{Canvas, Ink};
use crate::render::Context;
use crate::render::theme;

/// The fonts of the pictures.
pub(super) struct Fonts<'a> {
    pub(super) title: FontRef<'a>,
    pub(super) text: FontRef<'a>,
}

impl<'a> Fonts<'a> {
    /// Those of the book where it has some that can be read, else the theme's.
    pub(super) fn of(cx: &Context<'a>) -> Option<Self> {
        let font = |name: &str| {
            let own = theme::own_file(cx, name).and_then(|bytes| FontRef::try_from_slice(bytes).ok());
            own.or_else(|| FontRef::try_from_slice(theme::embedded_file(name)?).ok())
        };
        Some(Self { title: font("card/title.ttf")?, text: font("card/text.ttf")? })
    }
}

/// A font at a size, in pixels from one line to the next at their closest.
#[derive(Clone, Copy)]
pub(super) struct Type<'f> {
    font: PxScaleFont<&'f FontRef<'f>>,
    ink: Ink,
}

impl<'f> Type<'f> {
    pub(super) fn new(font: &'f FontRef<'f>, size: f32, ink: Ink) -> Self {
        // Sizes are those of style sheets: of the em, not of the line.
        let units = font.units_per_em().unwrap_or(1000.0);
        let scale = PxScale::from(size * font.height_unscaled() / units);
        Self { font: font.as_scaled(scale), ink }
    }

    /// How wide a text is.
    pub(super) fn width(&self, text: &str) -> f32 {
        let mut width = 0.0;
        self.walk(text, |at, glyph| width = at + self.font.h_advance(glyph));
        width
    }

    /// Sets a line whose letters stand on `y`, from `x` on.
    pub(super) fn draw(&self, canvas: &mut Canvas, text: &str, x: f32, y: f32) {
        self.walk(text, |at, glyph| {
            let placed = glyph.with_scale_and_position(self.font.scale(), point(x + at, y));
            let Some(outline) = self.font.outline_glyph(placed) else { return };
            let bounds = outline.px_bounds();
            #[expect(clippy::cast_possible_truncation, reason = "a place on a picture of a thousand pixels")]
            let (left, top) = (bounds.min.x as i32, bounds.min.y as i32);
            outline.draw(|column, row, coverage| {
                let place = |start: i32, step: u32| start + i32::try_from(step).unwrap_or(i32::MAX / 2);
                canvas.lay(place(left, column), place(top, row), self.ink, coverage);
            });
        });
    }

    /// Each glyph of a text and where it stands, pairs of letters drawn together as the font asks.
    fn walk(&self, text: &str, mut each: impl FnMut(f32, GlyphId)) {
        let mut at = 0.0;
        let mut before = None;
        for character in text.chars() {
            let Some(glyph) = self.glyph(character) else { continue };
            if let Some(before) = before {
                at += self.font.kern(before, glyph);
            }
            each(at, glyph);
            at += self.font.h_advance(glyph);
            before = Some(glyph);
        }
    }

    /// The glyph of a character; that of its letter without accents where the font has no other, none where it has none at all.
    fn glyph(&self, character: char) -> Option<GlyphId> {
        let character = if character.is_whitespace() { ' ' } else { character };
        let of = |character: char| Some(self.font.glyph_id(character)).filter(|glyph| *glyph != GlyphId(0));
        of(character).or_else(|| std::iter::once(character).nfd().next().and_then(of))
    }
}
