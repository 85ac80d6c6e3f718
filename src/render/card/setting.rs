use super::canvas::{Canvas, Ink};
use super::font::{Fonts, Type};
use super::{HEIGHT, WIDTH};

/// What stands on a picture.
pub(super) struct Card<'a> {
    pub(super) above: &'a str,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
    pub(super) below: &'a str,
    pub(super) count: String,
}

/// From the edge of the picture to what stands on it.
const MARGIN: i32 = 88;
/// The last line of text stands above this.
const FLOOR: f32 = 496.0;
/// Where the line at the foot stands.
const FOOT: f32 = 572.0;

/// The sizes that a title is tried in, the largest first.
const SIZES: [f32; 4] = [84.0, 72.0, 62.0, 54.0];

/// Sets a card: who speaks, the title as large as it fits, what it is about, and at the foot where it is and how much there is.
pub(super) fn set(card: &Card<'_>, fonts: &Fonts<'_>, canvas: &mut Canvas) {
    let (left, room) = (as_f32(MARGIN), as_f32(i32::try_from(WIDTH).unwrap_or(0) - 2 * MARGIN));
    canvas.fill(0, 0, 20, i32::try_from(HEIGHT).unwrap_or(0), Ink::Accent);

    let small = Type::new(&fonts.text, 30.0, Ink::Text);
    let foot = Type::new(&fonts.text, 28.0, Ink::Accent);
    let above = lines(&small, card.above, room, 1);
    let mut y = 112.0;
    for line in &above {
        small.draw(canvas, line, left, y);
    }

    let (title, size, text) = titled(card.title, fonts, room);
    y += if above.is_empty() { size } else { size + 44.0 };
    for line in &text {
        title.draw(canvas, line, left, y);
        y += size * 1.14;
    }

    let body = Type::new(&fonts.text, 36.0, Ink::Text);
    y += 8.0;
    let mut left_over = 0;
    while y + as_f32(left_over) * 50.0 <= FLOOR && left_over < 3 {
        left_over += 1;
    }
    for line in lines(&body, card.text, room, usize::try_from(left_over).unwrap_or(0)) {
        body.draw(canvas, &line, left, y);
        y += 50.0;
    }

    let count = Type::new(&fonts.text, 28.0, Ink::Text);
    let width = count.width(&card.count);
    count.draw(canvas, &card.count, left + room - width, FOOT);
    for line in lines(&foot, card.below, room - width - 48.0, 1) {
        foot.draw(canvas, &line, left, FOOT);
    }
}

/// A title in the largest size in which it takes two lines, or else three; what does not fit in the smallest is cut.
fn titled<'f>(title: &str, fonts: &'f Fonts<'f>, room: f32) -> (Type<'f>, f32, Vec<String>) {
    let [.., smallest] = SIZES;
    let tries = SIZES.iter().filter(|size| **size > smallest).map(|size| (*size, 2));
    for (size, most) in tries.chain(SIZES.iter().map(|size| (*size, 3))) {
        let set = Type::new(&fonts.title, size, Ink::Title);
        let whole = lines(&set, title, room, usize::MAX);
        if whole.len() <= most && whole.iter().all(|line| set.width(line) <= room) {
            return (set, size, balanced(&set, title, room, whole));
        }
    }
    let set = Type::new(&fonts.title, smallest, Ink::Title);
    let cut = lines(&set, title, room, 3);
    (set, smallest, cut)
}

/// The same number of lines, as even as they get.
fn balanced(set: &Type<'_>, text: &str, room: f32, mut whole: Vec<String>) -> Vec<String> {
    let mut narrower = room;
    while narrower > room / 2.0 {
        narrower -= 24.0;
        let lines = lines(set, text, narrower, usize::MAX);
        if lines.len() > whole.len() || lines.iter().any(|line| set.width(line) > narrower) {
            break;
        }
        whole = lines;
    }
    whole
}

/// A text in lines no wider than the room, as many as there may be; a text that is cut ends with `…`.
fn lines(set: &Type<'_>, text: &str, room: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let joined = lines.last().map(|line| format!("{line} {word}")).filter(|line| set.width(line) <= room);
        match joined {
            Some(joined) => {
                lines.pop();
                lines.push(joined);
            }
            None if lines.len() < most => lines.push(word.to_owned()),
            None => {
                if let Some(last) = lines.last_mut() {
                    shorten(set, last, room);
                }
                return lines;
            }
        }
        // French signs stand with the word before them.
        if let Some(sign) = words.next_if(|next| next.chars().all(|c| ":;!?»".contains(c)))
            && let Some(last) = lines.last_mut()
        {
            last.push('\u{a0}');
            last.push_str(sign);
        }
    }
    lines
}

/// Ends a line with `…`, less the words that leave no room for it.
fn shorten(set: &Type<'_>, line: &mut String, room: f32) {
    loop {
        let cut = format!("{}…", line.trim_end_matches([',', ';', ':', '.', ' ', '\u{a0}']));
        let space = line.rfind(' ').filter(|_| set.width(&cut) > room);
        let Some(space) = space else {
            *line = cut;
            return;
        };
        line.truncate(space);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a length on a picture of a thousand pixels")]
fn as_f32(length: i32) -> f32 {
    length as f32
}
