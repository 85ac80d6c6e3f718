use std::io::Read as _;

use super::{HEIGHT, WIDTH};
use crate::artifact::Artifact;
use crate::render::tests::book;

/// The numbers of the pixels of a picture, and its palette; panics where it is no PNG.
fn read(png: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut rest = png.strip_prefix(b"\x89PNG\r\n\x1a\n").expect("a signature");
    let (mut data, mut palette, mut names) = (Vec::new(), Vec::new(), Vec::new());
    while let Some((length, tail)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap();
        let (named, tail) = tail.split_at(length + 4);
        let (sum, tail) = tail.split_first_chunk::<4>().unwrap();
        assert_eq!(u32::from_be_bytes(*sum), crc32fast::hash(named));
        let (name, body) = named.split_at(4);
        names.push(String::from_utf8(name.to_vec()).unwrap());
        match name {
            b"IDAT" => data.extend_from_slice(body),
            b"PLTE" => palette.extend_from_slice(body),
            _ => {}
        }
        rest = tail;
    }
    assert_eq!(names, ["IHDR", "PLTE", "IDAT", "IEND"]);
    let mut lines = Vec::new();
    flate2::read::ZlibDecoder::new(data.as_slice()).read_to_end(&mut lines).unwrap();
    assert_eq!(lines.len(), (WIDTH + 1) * HEIGHT);
    let pixels: Vec<u8> = lines.chunks(WIDTH + 1).flat_map(|line| line.iter().skip(1).copied()).collect();
    assert!(pixels.iter().all(|pixel| usize::from(*pixel) < palette.len() / 3));
    (pixels, palette)
}

fn card<'a>(artifacts: &'a [Artifact], path: &str) -> Option<&'a [u8]> {
    artifacts.iter().find(|artifact| artifact.path == path).map(|artifact| artifact.bytes.as_slice())
}

#[test]
fn the_site_and_its_collections_have_pictures() {
    let (artifacts, _, _) = book(&[("content/notes/a.md", "---\ntitle: A\n---\n")]);
    let (site, palette) = read(card(&artifacts, "card.png").unwrap());
    let (notes, _) = read(card(&artifacts, "notes/card.png").unwrap());
    assert_eq!(palette.get(..3), Some([0x0d, 0x4a, 0x3d].as_slice()));
    assert!(site != notes, "each says its own title");
    let inked = notes.iter().filter(|pixel| **pixel > 0).count();
    assert!((20_000..200_000).contains(&inked), "there are letters: {inked}");
    let margin = notes.chunks(WIDTH).filter(|line| line.iter().rev().take(40).any(|pixel| *pixel > 0)).count();
    assert_eq!(margin, 0, "nothing runs out of the picture");
}

#[test]
fn a_long_title_stays_in_its_picture() {
    let title = "Anticonstitutionnellement ".repeat(30);
    let collection = format!("---\ntitle: {title}\nsummary: {title}\ncollection: {{}}\n---\n");
    let (artifacts, _, _) =
        book(&[("content/longs/_index.md", &collection), ("content/longs/a.md", "---\ntitle: A\n---\n")]);
    let (pixels, _) = read(card(&artifacts, "longs/card.png").unwrap());
    let below = pixels.chunks(WIDTH).skip(590).filter(|line| line.iter().skip(40).any(|pixel| *pixel > 0)).count();
    assert_eq!(below, 0, "the foot is free below the last line");
}

#[test]
fn colours_are_those_of_the_book_and_pages_name_their_picture() {
    let (artifacts, _, _) = book(&[
        ("themes/recueil/card/colours.toml", "ground = \"#102030\"\ntitle = \"red\"\n"),
        ("content/notes/a.md", "---\ntitle: A\n---\n"),
    ]);
    let (_, palette) = read(card(&artifacts, "notes/card.png").unwrap());
    assert_eq!(palette.get(..3), Some([0x10, 0x20, 0x30].as_slice()));
    assert_eq!(
        palette.get(45..48),
        Some([0xff, 0xff, 0xff].as_slice()),
        "a colour that cannot be read is the usual one"
    );
    let page = crate::render::tests::text_of(&artifacts, "notes/a/index.html");
    assert!(page.contains("<meta property=\"og:image\" content=\"https://exemple.fr/base/notes/card.png\">"), "{page}");
    assert!(page.contains("<meta property=\"og:locale\" content=\"fr_FR\">"));
}
