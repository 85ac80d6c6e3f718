//! What the totals of a table give back of what is withheld.
//!
//! A table and its totals are a network: what the whole comes to flows to the rows, through the cells to the columns, and back.
//! Whoever knows all but some of its flows knows of these that as much comes to each knot as leaves it, and that none is below
//! nothing. So a flow that is withheld can be another than it is if, and only if, there is a way round through others that are
//! withheld, along which each may rise or fall with it. Where there is none, the totals around it are withheld as well: they are
//! such a way.

use crate::check::views::data::{Point, Totals};

/// Room for the rounding of doubles.
const ROUNDING: f64 = 1e-9;

/// One amount of the table, between two knots.
struct Flow {
    from: usize,
    to: usize,
    amount: f64,
    is_hidden: bool,
    /// Whether few people stand behind it; others are withheld for its sake.
    is_few: bool,
}

/// A table with its totals: cells row by row, then what rows come to, then columns, then all.
pub(super) struct Table {
    flows: Vec<Flow>,
    rows: usize,
    columns: usize,
    /// Whether the cells come to the totals: not where an item stands in several, nor for averages.
    adds_up: bool,
}

impl Table {
    pub(super) fn new(cells: &[Vec<Point>], totals: &Totals) -> Self {
        let (rows, columns) = (totals.rows.len(), totals.columns.len());
        let (source, drain) = (rows + columns, rows + columns + 1);
        let amount = |point: &Point| point.amount.number().unwrap_or_default();
        let flow = |from, to, point| Flow { from, to, amount: amount(point), is_hidden: false, is_few: false };
        let of_cells = cells.iter().enumerate().flat_map(|(row, cells)| {
            cells.iter().enumerate().map(move |(column, point)| flow(row, rows + column, point))
        });
        let of_rows = totals.rows.iter().enumerate().map(|(row, point)| flow(source, row, point));
        let of_columns = totals.columns.iter().enumerate().map(|(column, point)| flow(rows + column, drain, point));
        let flows: Vec<Flow> =
            of_cells.chain(of_rows).chain(of_columns).chain([flow(drain, source, &totals.all)]).collect();
        let adds_up = (0..=drain).all(|knot| {
            let net = |flow: &Flow| match knot {
                knot if knot == flow.to => flow.amount,
                knot if knot == flow.from => -flow.amount,
                _ => 0.0,
            };
            flows.iter().map(net).sum::<f64>().abs() < ROUNDING
        });
        Self { flows, rows, columns, adds_up }
    }

    /// Takes note that a cell is withheld.
    pub(super) fn hide_cell(&mut self, row: usize, column: usize, is_few: bool) {
        self.hide(row * self.columns + column, is_few);
    }

    /// Withholds the totals that few people stand behind.
    pub(super) fn hide_totals(&mut self, rows: &[bool], columns: &[bool], all: bool) {
        let first = self.rows * self.columns;
        let totals = rows.iter().chain(columns).chain([&all]).enumerate();
        for (place, _) in totals.filter(|(_, is_few)| **is_few) {
            self.hide(first + place, true);
        }
    }

    /// Withholds the totals that would give back something withheld.
    pub(super) fn close(&mut self) {
        let around: Vec<Vec<usize>> = (0..self.rows + self.columns + 2).map(|knot| self.at(knot)).collect();
        let mut is_done = false;
        while !is_done {
            is_done = true;
            for place in (0..self.flows.len()).filter(|place| self.flows[*place].is_hidden).collect::<Vec<_>>() {
                if !self.is_safe(place, &around) {
                    is_done &= !self.hide_around(place);
                }
            }
        }
    }

    /// Whether each row's total is withheld.
    pub(super) fn rows(&self) -> impl Iterator<Item = bool> {
        self.flows.iter().skip(self.rows * self.columns).take(self.rows).map(|flow| flow.is_hidden)
    }

    /// Whether each column's total is withheld.
    pub(super) fn columns(&self) -> impl Iterator<Item = bool> {
        let before = self.rows * self.columns + self.rows;
        self.flows.iter().skip(before).take(self.columns).map(|flow| flow.is_hidden)
    }

    /// Whether the total of all is withheld.
    pub(super) fn all(&self) -> bool {
        self.flows.last().is_some_and(|flow| flow.is_hidden)
    }

    fn hide(&mut self, place: usize, is_few: bool) -> bool {
        let flow = &mut self.flows[place];
        let is_new = !flow.is_hidden;
        flow.is_hidden = true;
        flow.is_few |= is_few;
        is_new
    }

    /// The flows that begin or end at a knot.
    fn at(&self, knot: usize) -> Vec<usize> {
        let flows = self.flows.iter().enumerate();
        flows.filter(|(_, flow)| flow.from == knot || flow.to == knot).map(|(place, _)| place).collect()
    }

    /// The cells that are withheld and part of a flow: itself, or those that a total is made of.
    fn cells(&self, place: usize) -> Vec<usize> {
        let first = self.rows * self.columns;
        let total = &self.flows[place];
        let is_part = |cell: &Flow| match place {
            place if place + 1 == self.flows.len() => true,
            place if place < first + self.rows => cell.from == total.to,
            _ => cell.to == total.from,
        };
        if place < first {
            return vec![place];
        }
        let cells = self.flows.iter().enumerate().take(first);
        cells.filter(|(_, cell)| cell.is_hidden && is_part(cell)).map(|(place, _)| place).collect()
    }

    /// The totals that a cell counts in.
    fn totals(&self, cell: usize) -> [usize; 3] {
        let first = self.rows * self.columns;
        [first + self.flows[cell].from, first + self.flows[cell].to, self.flows.len() - 1]
    }

    /// Withholds every total that the cells of a flow count in; false where they were so already.
    fn hide_around(&mut self, place: usize) -> bool {
        let totals: Vec<usize> = self.cells(place).into_iter().flat_map(|cell| self.totals(cell)).collect();
        let mut is_new = false;
        for total in totals {
            is_new |= self.hide(total, false);
        }
        is_new
    }

    /// Whether all that a flow counts in is withheld with it: then nothing holds it. A total is as free as one of its cells.
    fn is_open(&self, place: usize) -> bool {
        self.cells(place).into_iter().any(|cell| self.totals(cell).into_iter().all(|total| self.flows[total].is_hidden))
    }

    /// Whether a flow may be another than it is: twice as much where few people stand behind it, and where many do, only just.
    fn is_safe(&self, place: usize, around: &[Vec<usize>]) -> bool {
        let flow = &self.flows[place];
        let by = if flow.amount.abs() < ROUNDING { 1.0 } else { flow.amount.abs() };
        if self.is_open(place) {
            return true;
        }
        if flow.is_few || !self.adds_up {
            return self.adds_up && self.leads(flow.to, flow.from, by, place, around);
        }
        let by = (by / 2.0).min(1.0);
        let falls = || flow.amount - by > ROUNDING && self.leads(flow.from, flow.to, by, place, around);
        self.leads(flow.to, flow.from, by, place, around) || falls()
    }

    /// Whether a way through flows that are withheld leads from one knot to another, each of which can rise or fall by so much.
    fn leads(&self, from: usize, to: usize, by: f64, without: usize, around: &[Vec<usize>]) -> bool {
        let mut seen = vec![false; around.len()];
        let mut next = vec![from];
        seen[from] = true;
        while let Some(knot) = next.pop() {
            if knot == to {
                return true;
            }
            for place in around[knot].iter().copied().filter(|place| *place != without) {
                let flow = &self.flows[place];
                let other = if flow.from == knot { flow.to } else { flow.from };
                let may = flow.is_hidden && (flow.from == knot || flow.amount - by > ROUNDING);
                if may && !seen[other] {
                    seen[other] = true;
                    next.push(other);
                }
            }
        }
        false
    }
}
