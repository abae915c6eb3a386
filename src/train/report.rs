//! How right a model is on gold: strict F1 for each label, and what it takes for what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::gold::{Gold, Reading, label};
use crate::entities::{self, Label};
use crate::language::Language;
use crate::model::{self, Model};
use crate::resources::Resources;

/// Right, found and gold.
type Counts = [usize; 3];

/// What was counted on a set.
pub(super) struct Report {
    /// For each label that is learned, in the order of [`Label::ALL`].
    learned: [Counts; 5],
    /// The same by rules and lists alone.
    ruled: [Counts; 5],
    /// How often a gold label (`None`: no name with these bounds) was read as another.
    taken_for: BTreeMap<(Option<Label>, Option<Label>), usize>,
}

impl Report {
    /// Reads all documents with the model, and without.
    pub(super) fn new(documents: &[Gold], language: &'static Language, model: &Model) -> Self {
        let mut report = Self { learned: [[0; 3]; 5], ruled: [[0; 3]; 5], taken_for: BTreeMap::new() };
        let resources = Resources::default();
        for gold in documents {
            let reading = Reading::new(&gold.text, language);
            let tokens = &reading.tokens;
            let learned = entities::find(tokens, reading.sentences.len(), Some(model), &resources);
            let wanted: BTreeSet<(usize, usize, Label)> =
                gold.entities.iter().filter_map(|(s, e, l)| Some((*s, *e, label(l)?))).collect();
            let chars = |b: usize| gold.text[..b].chars().count();
            let spans = |found: &[entities::Mention]| -> BTreeSet<(usize, usize, Label)> {
                let names = model::found(found).into_iter().filter(|m| m.2 != Label::Date);
                let spans = names.map(|(from, to, label)| (tokens.span(from, to), label));
                spans.map(|(span, label)| (chars(span.lo()), chars(span.hi()), label)).collect()
            };
            let (learned, ruled) = (spans(&learned), spans(&reading.found));
            for (counts, found) in [(&mut report.learned, &learned), (&mut report.ruled, &ruled)] {
                for name in &wanted {
                    counts[name.2 as usize][2] += 1;
                }
                for name in found {
                    counts[name.2 as usize][1] += 1;
                    counts[name.2 as usize][0] += usize::from(wanted.contains(name));
                }
            }
            let at = |names: &BTreeSet<(usize, usize, Label)>, span: (usize, usize)| {
                Label::ALL.into_iter().find(|&label| names.contains(&(span.0, span.1, label)))
            };
            let bounds: BTreeSet<(usize, usize)> = wanted.iter().chain(&learned).map(|n| (n.0, n.1)).collect();
            for span in bounds {
                let pair = (at(&wanted, span), at(&learned, span));
                if pair.0 != pair.1 {
                    *report.taken_for.entry(pair).or_default() += 1;
                }
            }
        }
        report
    }

    /// Strict F1 with the model, for each label and together.
    pub(super) fn line(&self) -> String {
        line(&self.learned)
    }

    /// All of it, to be read by a person.
    pub(super) fn text(&self, name: &str) -> String {
        let mut out = format!("{name:28} {}\n{:28} {}\n", self.line(), "  rules and lists alone", line(&self.ruled));
        let mut pairs: Vec<_> = self.taken_for.iter().collect();
        pairs.sort_by_key(|(pair, count)| (std::cmp::Reverse(**count), **pair));
        let called = |label: Option<Label>| label.map_or("nothing", Label::as_str);
        let wrong = pairs.iter().map(|((gold, read), n)| format!("{n} {} as {}", called(*gold), called(*read)));
        let _ = writeln!(out, "{:28} {}", "  read wrongly", wrong.collect::<Vec<_>>().join(", "));
        out
    }
}

/// Strict F1 of persons, organisations and places, and of the three together.
fn line(counts: &[Counts; 5]) -> String {
    let f1 = |[right, found, gold]: Counts| 200.0 * right as f64 / (found + gold).max(1) as f64;
    let all = [0, 1, 2].map(|n| counts[..3].iter().map(|c| c[n]).sum());
    let [person, org, loc] = [0, 1, 2].map(|n| f1(counts[n]));
    format!("PER {person:.1} ORG {org:.1} LOC {loc:.1} together {:.1}", f1(all))
}
