//! Functions of dates, which are days.

use super::super::eval::Reason;
use super::super::expr::Ready;
use super::super::value::{Val, World};
use crate::model::{Date, parse_date};

fn day(arg: Option<&Val<'_>>) -> Result<Date, Reason> {
    match arg {
        Some(Val::Date(date)) => Ok(*date),
        Some(other) => Err(Reason::of(&[other])),
        None => Err(Reason::Missing),
    }
}

pub(crate) fn date<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let text = args.first().and_then(Val::as_text).ok_or(Reason::Mismatch)?;
    parse_date(text).map(Val::Date).ok_or(Reason::Impossible)
}

pub(crate) fn year<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Number(f64::from(day(args.first())?.year())))
}

pub(crate) fn month<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Number(f64::from(day(args.first())?.month())))
}

pub(crate) fn semester<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Number(if day(args.first())?.month() <= 6 { 1.0 } else { 2.0 }))
}

pub(crate) fn days_between<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let (from, until) = (day(args.first())?, day(args.get(1))?);
    let days = from.duration_until(until).as_hours() / 24;
    i32::try_from(days).map(|days| Val::Number(f64::from(days))).map_err(|_| Reason::Impossible)
}

pub(crate) fn add_days<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let from = day(args.first())?;
    let days = args.get(1).ok_or(Reason::Missing)?;
    let days = days.as_number().ok_or_else(|| Reason::of(&[days]))?;
    if days.abs() > 4_000_000.0 {
        return Err(Reason::Impossible);
    }
    #[expect(clippy::cast_possible_truncation, reason = "held against a limit just above")]
    let days = jiff::SignedDuration::from_hours(days as i64 * 24);
    from.checked_add(days).map(Val::Date).map_err(|_| Reason::Impossible)
}

pub(crate) fn is_before<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Boolean(day(args.first())? < day(args.get(1))?))
}

/// Whether those dates that are written do not go back in time.
pub(crate) fn in_order<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let written = args.iter().filter(|arg| !matches!(arg, Val::Null)).map(|arg| day(Some(arg)));
    let dates = written.collect::<Result<Vec<_>, _>>()?;
    Ok(Val::Boolean(dates.is_sorted()))
}
