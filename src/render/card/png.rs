use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::canvas::{Canvas, Colours};

/// A picture with a palette, by the PNG specification: a signature, then chunks of a length, a name, data and a sum.
pub(super) fn write(canvas: &Canvas, colours: &Colours) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
    let mut header = [size(canvas.width), size(canvas.pixels.len() / canvas.width.max(1))].concat();
    // Eight bits a pixel, each the number of a colour; the usual compression and filters; every line in its turn.
    header.extend([8, 3, 0, 0, 0]);
    chunk(&mut bytes, *b"IHDR", &header);
    chunk(&mut bytes, *b"PLTE", &colours.palette());
    // The palette says all that filters would: lines are written as they are, after a zero that says so.
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(32_768), Compression::fast());
    let mut lines = Vec::with_capacity(canvas.pixels.len() + canvas.pixels.len() / canvas.width.max(1));
    for line in canvas.pixels.chunks(canvas.width.max(1)) {
        lines.push(0);
        lines.extend_from_slice(line);
    }
    let data = encoder.write_all(&lines).and_then(|()| encoder.finish()).expect("memory takes what is written");
    chunk(&mut bytes, *b"IDAT", &data);
    chunk(&mut bytes, *b"IEND", &[]);
    bytes
}

fn chunk(bytes: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    bytes.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = bytes.len();
    bytes.extend(name);
    bytes.extend_from_slice(data);
    let sum = crc32fast::hash(bytes.get(start..).unwrap_or_default());
    bytes.extend(sum.to_be_bytes());
}
