//! Amounts, one for each group; a map's groups are its tiles.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Evaluator;
use super::axis::{Found, Mark};
use super::item::Item;
use super::tiles::name;
use super::withhold::withhold;
use crate::check::rules::language::expr::{Expr, Kind as Part, Ready, Root};
use crate::check::rules::language::key::Key;
use crate::check::rules::language::value::{Val, count};
use crate::check::views::Kind;
use crate::check::views::data::{Amount, Content, Data, Groups, Point, Series, Shown, Tile};
use crate::check::views::program::{Every, Expression, Order, People, Sort};

/// An item and what it is placed under.
struct Placed<'p, 'i> {
    item: &'i Item<'p>,
    by: Vec<(Key, Val<'p>)>,
    split: Vec<(Key, Val<'p>)>,
}

impl<'p> Evaluator<'p> {
    pub(super) fn groups(&self, items: &[Item<'p>], data: &mut Data) {
        let program = self.program;
        let placed: Vec<Placed<'p, '_>> = items
            .par_iter()
            .with_min_len(64)
            .map(|item| Placed {
                item,
                by: program.by.as_ref().map(|by| self.places(by, item)).unwrap_or_default(),
                split: program.split.as_ref().map(|split| self.keys(split, item)).unwrap_or_default(),
            })
            .collect();
        let marks = self.marks(&placed);
        let splits = self.splits(&placed);
        let mut members: BTreeMap<(Option<&Key>, &Key), Vec<&Item<'p>>> = BTreeMap::new();
        let nothing = Key::Null;
        for one in &placed {
            let by: Vec<&Key> =
                if program.by.is_some() { one.by.iter().map(|(key, _)| key).collect() } else { vec![&nothing] };
            data.unplaced += usize::from(by.is_empty() || (program.split.is_some() && one.split.is_empty()));
            for key in by {
                match &program.split {
                    None => members.entry((None, key)).or_default().push(one.item),
                    Some(_) => {
                        for (part, _) in &one.split {
                            members.entry((Some(part), key)).or_default().push(one.item);
                        }
                    }
                }
            }
        }
        let points = splits.par_iter().map(|split| {
            let part = split.as_ref().map(|mark| &mark.key);
            let points = marks.par_iter().map(|mark| {
                let members = members.get(&(part, &mark.key)).map(Vec::as_slice).unwrap_or_default();
                self.point(mark.shown.clone(), members)
            });
            points.unzip()
        });
        // Series are a table too: what they come to, for one group, may be told by another view.
        let (mut points, people): (Vec<Vec<Point>>, Vec<Vec<Option<f64>>>) = points.unzip();
        withhold(&mut points, &people, None, program.threshold);
        let labels = splits.into_iter().map(|split| split.map(|mark| mark.shown));
        let mut groups = Groups {
            title: program.by.as_ref().map(title).unwrap_or_default(),
            measure: program.measure.as_ref().and_then(|measure| measure.facts.title.clone()).unwrap_or_default(),
            adds_up: program.measure.as_ref().is_none_or(|measure| adds_up(&measure.formula.expr)),
            series: labels.zip(points).map(|(label, points)| Series { label, points }).collect(),
            tiles: program.tiles.iter().filter_map(|region| region.tile.clone()).collect::<Vec<Tile>>(),
        };
        if program.kind.has_groups() && program.kind != Kind::Regions {
            self.order(&mut groups, data);
        }
        data.content = Content::Groups(groups);
    }

    /// What an item is placed under; on a map, the regions that hold its values, and those values that none holds.
    fn places(&self, by: &'p Expression, item: &Item<'p>) -> Vec<(Key, Val<'p>)> {
        let mut keys = self.keys(by, item);
        if self.program.kind == Kind::Regions {
            for (key, val) in &mut keys {
                let name = name(val);
                if let Some(tile) = self.program.tiles.iter().position(|region| region.holds.contains(&name)) {
                    *key = tile_key(tile);
                }
            }
            keys.sort_by(|(a, _), (b, _)| a.cmp(b));
            keys.dedup_by(|(a, _), (b, _)| a == b);
        }
        keys
    }

    fn marks(&self, placed: &[Placed<'p, '_>]) -> Vec<Mark> {
        let program = self.program;
        let Some(by) = &program.by else { return vec![Mark { key: Key::Null, shown: Shown::Nothing }] };
        if program.kind == Kind::Regions {
            let regions = program.tiles.iter().enumerate();
            let regions = regions.map(|(place, region)| Mark { key: tile_key(place), shown: region.shown.clone() });
            let mut elsewhere = found(placed.iter().flat_map(|one| one.by.iter().map(|pair| (pair, one.item))));
            elsewhere.retain(|key, _| !matches!(key, Key::List(_)));
            return regions.chain(self.axis(by, &elsewhere, false)).collect();
        }
        let found = found(placed.iter().flat_map(|one| one.by.iter().map(|pair| (pair, one.item))));
        let usual = match by.facts.every {
            Every::Choices => true,
            Every::Whole => program.kind == Kind::Lines,
            _ => false,
        };
        self.axis(by, &found, program.every.map_or(usual, |(every, _)| every))
    }

    fn splits(&self, placed: &[Placed<'p, '_>]) -> Vec<Option<Mark>> {
        let Some(split) = &self.program.split else { return vec![None] };
        let found = found(placed.iter().flat_map(|one| one.split.iter().map(|pair| (pair, one.item))));
        self.axis(split, &found, false).into_iter().map(Some).collect()
    }

    /// One group, and how many people stand behind it where that matters.
    pub(super) fn point(&self, label: Shown, items: &[&Item<'p>]) -> (Point, Option<f64>) {
        let program = self.program;
        let measured = |expression: &'p Expression| self.of_group(expression, items).as_number();
        let amount = match &program.measure {
            None => Some(count(items.len())),
            // A sum over documents none of which says anything is unknown, not zero.
            Some(measure) if !items.is_empty() && self.sums_nothing(&measure.formula.expr, items) => None,
            Some(measure) => measured(measure),
        };
        let people = match &program.people {
            None => None,
            Some(People::Measure) => amount,
            Some(People::Of(people)) => measured(people),
        };
        let mut documents: Vec<_> = items.iter().map(|item| item.document.id).collect();
        documents.dedup();
        let amount = amount.map_or(Amount::Missing, Amount::Number);
        (Point { label, amount, documents, provenance: self.provenance(items) }, people)
    }

    /// Whether an expression is a sum of a field that no item has.
    fn sums_nothing(&self, expr: &Expr, items: &[&Item<'p>]) -> bool {
        let Part::Call(call) = &expr.kind else { return false };
        let Ready::Path(path) = &call.ready else { return false };
        let over_group = matches!(call.args.first().map(|list| &list.kind), Some(Part::Root(Root::Group)));
        let has_value = |item: &&Item<'p>| {
            let mut found = Vec::new();
            self.world.path(&item.val(), path, &mut found);
            found.iter().any(|val| !matches!(val, Val::Null))
        };
        call.function.name == "sum" && over_group && !items.iter().any(has_value)
    }

    /// Puts groups into order, and leaves out those beyond the limit.
    fn order(&self, groups: &mut Groups, data: &mut Data) {
        let lines = self.program.kind == Kind::Lines;
        let natural =
            self.program.by.as_ref().is_some_and(|by| {
                matches!(by.facts.every, Every::Choices | Every::Whole) || by.facts.order != Order::None
            });
        let mut order: Vec<usize> = (0..groups.series.first().map_or(0, |series| series.points.len())).collect();
        let amount = |place: usize| -> f64 {
            groups.series.iter().filter_map(|series| series.points.get(place)?.amount.number()).sum()
        };
        let shown = |place: usize| {
            groups
                .series
                .iter()
                .any(|series| series.points.get(place).is_some_and(|point| point.amount.number().is_some()))
        };
        // A figure that is not shown tells nothing by its place either.
        let by_value = |a: &usize, b: &usize| -> Ordering {
            shown(*b).cmp(&shown(*a)).then_with(|| amount(*b).total_cmp(&amount(*a)))
        };
        match self.program.sort {
            Sort::Value(true) => order.sort_by(by_value),
            Sort::Value(false) => {
                order.sort_by(|a, b| shown(*b).cmp(&shown(*a)).then_with(|| amount(*a).total_cmp(&amount(*b))));
            }
            Sort::Label(true) => order.reverse(),
            Sort::Label(false) => {}
            _ if natural || lines => {}
            _ => order.sort_by(by_value),
        }
        data.beyond = order.len().saturating_sub(self.limit());
        order.truncate(self.limit());
        for series in &mut groups.series {
            series.points = order.iter().filter_map(|place| series.points.get(*place).cloned()).collect();
        }
    }
}

/// The key of a region: a list, which no value is.
fn tile_key(place: usize) -> Key {
    Key::List(vec![Key::Text(place.to_string())])
}

/// What occurs, each with the first value that it came from.
pub(super) fn found<'k, 'p: 'k>(pairs: impl Iterator<Item = (&'k (Key, Val<'p>), &'k Item<'p>)>) -> Found<'p> {
    let mut found = Found::new();
    for ((key, val), item) in pairs {
        found.entry(key.clone()).or_insert_with(|| (val.clone(), item.document.page.source));
    }
    found
}

/// What an axis is called.
pub(super) fn title(by: &Expression) -> String {
    by.facts.title.clone().unwrap_or_default()
}

/// Whether amounts are parts of a whole: counts and sums are, averages and shares are not.
pub(super) fn adds_up(expr: &Expr) -> bool {
    matches!(&expr.kind, Part::Call(call) if matches!(call.function.name, "sum" | "count" | "size"))
}
