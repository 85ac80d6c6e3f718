//! Functions of lists. With a path of fields, they look at what it leads to in each item; lists on the way are walked through.

use std::cmp::Ordering;

use super::super::eval::Reason;
use super::super::expr::Ready;
use super::super::show::show;
use super::super::value::{self, Val, World};

/// The items of the first argument, or what the path leads to in them; nothing is left out.
fn found<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Vec<Val<'a>>, Reason> {
    let list = args.first().ok_or(Reason::Missing)?;
    let mut items = world.items(list).ok_or(Reason::Mismatch)?;
    if let Ready::Path(path) = ready {
        let mut values = Vec::with_capacity(items.len());
        for item in &items {
            world.path(item, path, &mut values);
        }
        items = values;
    }
    items.retain(|item| !matches!(item, Val::Null));
    Ok(items)
}

fn numbers<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Vec<f64>, Reason> {
    found(world, ready, args)?.iter().map(|item| item.as_number().ok_or(Reason::Mismatch)).collect()
}

pub(crate) fn size<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let [arg] = args else { return Err(Reason::Mismatch) };
    let size = match arg {
        Val::Object(object) => object.fields.len(),
        Val::Record(record) => record.len(),
        arg => match arg.as_text() {
            Some(text) => text.chars().count(),
            None => arg.length().ok_or(Reason::Mismatch)?,
        },
    };
    Ok(Val::Number(value::count(size)))
}

pub(crate) fn count<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Number(value::count(found(world, ready, args)?.len())))
}

pub(crate) fn sum<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let sum: f64 = numbers(world, ready, args)?.iter().sum();
    // What people add up has a few decimals: 0.1 + 0.2 is 0.3 to them, and to their limits.
    Ok(Val::Number((sum * 1e9).round() / 1e9))
}

pub(crate) fn avg<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let numbers = numbers(world, ready, args)?;
    let sum: f64 = numbers.iter().sum();
    Ok(if numbers.is_empty() { Val::Null } else { Val::Number(sum / value::count(numbers.len())) })
}

pub(crate) fn min<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    extreme(world, ready, args, Ordering::Less)
}

pub(crate) fn max<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    extreme(world, ready, args, Ordering::Greater)
}

fn extreme<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>], wanted: Ordering) -> Result<Val<'a>, Reason> {
    let mut items = found(world, ready, args)?.into_iter();
    let Some(mut best) = items.next() else { return Ok(Val::Null) };
    for item in items {
        if item.order(&best).ok_or(Reason::Mismatch)? == wanted {
            best = item;
        }
    }
    Ok(best)
}

pub(crate) fn values<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::List(found(world, ready, args)?.into()))
}

pub(crate) fn distinct<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let mut distinct: Vec<Val<'a>> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for item in found(world, ready, args)? {
        if seen.insert(super::super::key::Key::new(world, &item)) {
            distinct.push(item);
        }
    }
    Ok(Val::List(distinct.into()))
}

pub(crate) fn sorted<'a>(world: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let mut keyed: Vec<(super::super::key::Key, Val<'a>)> = world
        .items(args.first().ok_or(Reason::Missing)?)
        .ok_or(Reason::Mismatch)?
        .into_iter()
        .map(|item| {
            let mut values = Vec::new();
            match ready {
                Ready::Path(path) => world.path(&item, path, &mut values),
                _ => values.push(item.clone()),
            }
            let key =
                values.first().map_or(super::super::key::Key::Null, |value| super::super::key::Key::new(world, value));
            (key, item)
        })
        .collect();
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(Val::List(keyed.into_iter().map(|(_, item)| item).collect()))
}

pub(crate) fn first<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let list = args.first().ok_or(Reason::Missing)?;
    list.length().ok_or(Reason::Mismatch)?;
    Ok(world.nth(list, 0).unwrap_or(Val::Null))
}

pub(crate) fn last<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let list = args.first().ok_or(Reason::Missing)?;
    let length = list.length().ok_or(Reason::Mismatch)?;
    Ok(length.checked_sub(1).and_then(|last| world.nth(list, last)).unwrap_or(Val::Null))
}

pub(crate) fn join<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let items = world.items(args.first().ok_or(Reason::Missing)?).ok_or(Reason::Mismatch)?;
    let between = args.get(1).and_then(Val::as_text).unwrap_or(", ");
    let shown: Vec<String> = items.iter().map(|item| show(world, item)).collect();
    Ok(Val::Made(shown.join(between).into()))
}

pub(crate) fn index_of<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let [list, item] = args else { return Err(Reason::Mismatch) };
    let items = world.items(list).ok_or(Reason::Mismatch)?;
    Ok(Val::Number(items.iter().position(|other| world.equal(item, other)).map_or(-1.0, value::count)))
}

pub(crate) fn overlaps<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let [a, b] = args else { return Err(Reason::Mismatch) };
    let (a, b) = (world.items(a).ok_or(Reason::Mismatch)?, world.items(b).ok_or(Reason::Mismatch)?);
    Ok(Val::Boolean(a.iter().any(|item| b.iter().any(|other| world.equal(item, other)))))
}
