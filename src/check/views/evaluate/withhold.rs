//! Figures about few people are withheld, so that nobody can be recognised in them.

use crate::check::views::data::{Amount, Point};

/// Withholds the amounts behind which some people stand, but fewer than `threshold`. Where the amounts are parts of a whole and
/// only one was withheld, the whole would tell it: the next smallest goes with it. Nobody is behind a zero: it stays.
pub(super) fn withhold(points: &mut [Point], people: &[Option<f64>], threshold: usize, in_a_whole: bool) {
    #[expect(clippy::cast_precision_loss, reason = "a threshold is small")]
    let threshold = threshold as f64;
    let is_few = |people: &Option<f64>| people.is_some_and(|people| people > 0.0 && people < threshold);
    let mut withheld = 0;
    for (point, people) in points.iter_mut().zip(people) {
        if is_few(people) {
            hide(point);
            withheld += 1;
        }
    }
    if withheld != 1 || !in_a_whole {
        return;
    }
    let shown = points.iter().zip(people).enumerate().filter_map(|(place, (point, people))| {
        point.amount.number()?;
        Some((people.filter(|people| *people > 0.0)?, place))
    });
    if let Some((_, place)) = shown.min_by(|(a, _), (b, _)| a.total_cmp(b)) {
        hide(&mut points[place]);
    }
}

/// What is withheld leaves no trace: neither the documents behind it nor where it comes from.
fn hide(point: &mut Point) {
    point.amount = Amount::Withheld;
    point.documents.clear();
    point.provenance = None;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::views::data::Shown;

    fn withheld(numbers: &[f64], in_a_whole: bool) -> Vec<Option<f64>> {
        let point = |number: &f64| Point {
            label: Shown::Nothing,
            amount: Amount::Number(*number),
            documents: Vec::new(),
            provenance: None,
        };
        let mut points: Vec<Point> = numbers.iter().map(point).collect();
        let people: Vec<Option<f64>> = numbers.iter().copied().map(Some).collect();
        withhold(&mut points, &people, 5, in_a_whole);
        points.iter().map(|point| point.amount.number()).collect()
    }

    #[test]
    fn few_people_are_not_counted_in_public() {
        assert_eq!(withheld(&[4.0], false), [None]);
        assert_eq!(withheld(&[5.0, 0.0], true), [Some(5.0), Some(0.0)]);
        assert_eq!(withheld(&[3.0, 2.0, 40.0], true), [None, None, Some(40.0)]);
    }

    #[test]
    fn one_that_is_withheld_takes_another_with_it() {
        assert_eq!(withheld(&[3.0, 20.0, 40.0, 0.0], true), [None, None, Some(40.0), Some(0.0)]);
    }
}
