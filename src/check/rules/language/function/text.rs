//! Functions of texts. A text that is not written is an empty one.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::super::eval::Reason;
use super::super::expr::Ready;
use super::super::show::show;
use super::super::value::{self, Val, World};

fn text<'v>(args: &'v [Val<'_>], place: usize) -> Result<&'v str, Reason> {
    match args.get(place) {
        Some(Val::Null) => Ok(""),
        Some(arg) => arg.as_text().ok_or(Reason::Mismatch),
        None => Err(Reason::Missing),
    }
}

pub(crate) fn lines<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let lines = text(args, 0)?.lines().filter(|line| !line.trim().is_empty());
    Ok(Val::Number(value::count(lines.count())))
}

pub(crate) fn words<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let words = text(args, 0)?.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    Ok(Val::Number(value::count(words.count())))
}

pub(crate) fn lower<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Made(text(args, 0)?.to_lowercase().into()))
}

/// Lowercase, without accents, with plain apostrophes: what two spellings of the same have in common.
pub(crate) fn fold<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let plain = text(args, 0)?.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let folded: String = plain.map(|c| if c == '’' { '\'' } else { c }).collect();
    Ok(Val::Made(folded.replace('œ', "oe").replace('æ', "ae").into()))
}

pub(crate) fn trim<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Made(text(args, 0)?.trim().into()))
}

/// A text in a text, or an item in a list.
pub(crate) fn contains<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let [inside, sought] = args else { return Err(Reason::Mismatch) };
    if !matches!(inside, Val::Null)
        && let Some(items) = world.items(inside)
    {
        return Ok(Val::Boolean(items.iter().any(|item| world.equal(item, sought))));
    }
    let sought = sought.as_text().ok_or_else(|| Reason::of(&[sought]))?;
    Ok(Val::Boolean(text(args, 0)?.contains(sought)))
}

pub(crate) fn starts_with<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Boolean(text(args, 0)?.starts_with(text(args, 1)?)))
}

pub(crate) fn ends_with<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Boolean(text(args, 0)?.ends_with(text(args, 1)?)))
}

pub(crate) fn matches<'a>(_: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let Ready::Pattern(pattern) = ready else { return Err(Reason::Mismatch) };
    Ok(Val::Boolean(pattern.is_match(text(args, 0)?)))
}

pub(crate) fn string<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Made(show(world, args.first().ok_or(Reason::Missing)?).into()))
}

pub(crate) fn number<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    match args.first() {
        Some(Val::Number(number)) => Ok(Val::Number(*number)),
        Some(Val::Boolean(boolean)) => Ok(Val::Number(if *boolean { 1.0 } else { 0.0 })),
        Some(other) => {
            let text = other.as_text().ok_or_else(|| Reason::of(&[other]))?;
            let number = text.trim().replacen(',', ".", 1).parse::<f64>().ok();
            number.filter(|number| number.is_finite()).map(Val::Number).ok_or(Reason::Impossible)
        }
        None => Err(Reason::Missing),
    }
}
