//! A user's own list of names, as CSV.

use std::borrow::Cow;

use super::Gazetteer;
use super::table::{Draft, Entry, MOST_BYTES, MOST_WORDS, Table, Written};
use crate::entities::Label;
use crate::language::Declension;

/// Rows of the longest list.
const MOST_ROWS: usize = 200_000;

impl Gazetteer {
    /// Reads a user's own list: CSV with a header, and the columns `name`, `label`, and if wanted `id` and `aliases` (between them "|").
    ///
    /// # Errors
    /// What is wrong, with the line: a column that is missing or unknown, a label or name that cannot be, a list too long.
    pub fn own(csv: &[u8], declension: Declension) -> Result<Gazetteer, String> {
        const COLUMNS: [&str; 4] = ["name", "label", "id", "aliases"];
        let mut rows = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv));
        let bad = |e: &csv::Error| format!("line {}: {e}", e.position().map_or(1, csv::Position::line));
        let header = rows.headers().map_err(|e| bad(&e))?.clone();
        if let Some(other) = header.iter().find(|column| !COLUMNS.contains(column)) {
            return Err(format!("line 1: unknown column {other:?}; known are {}", COLUMNS.join(", ")));
        }
        let column = |name: &str| header.iter().position(|column| column == name);
        let [Some(name), Some(label)] = [column("name"), column("label")] else {
            return Err("line 1: the columns name and label are needed".to_owned());
        };
        let mut own = Draft::new(declension);
        for row in rows.records() {
            let row = row.map_err(|e| bad(&e))?;
            let at = |what: String| format!("line {}: {what}", row.position().map_or(0, csv::Position::line));
            let cell = |column: Option<usize>| column.and_then(|n| row.get(n)).unwrap_or_default();
            let (name, wanted) = (cell(Some(name)), cell(Some(label)));
            let Some(label) = Label::ALL.into_iter().find(|l| l.as_str() == wanted && *l != Label::Date) else {
                return Err(at(format!("unknown label {wanted:?}; known are PERSON, ORG, LOC, NORP, EVENT")));
            };
            let forms = std::iter::once(name).chain(cell(column("aliases")).split('|').filter(|form| !form.is_empty()));
            for form in forms {
                let words = Written::of(form, declension).words;
                if !form.contains(char::is_uppercase) {
                    return Err(at(format!("{form:?} has no capital: a name needs one")));
                }
                if words > MOST_WORDS || form.len() > MOST_BYTES {
                    return Err(at(format!("{form:?} is too long: {MOST_WORDS} words and {MOST_BYTES} bytes at most")));
                }
            }
            if own.count() == MOST_ROWS {
                return Err(at(format!("the list is too long: {MOST_ROWS} rows at most")));
            }
            let id = Some(cell(column("id"))).filter(|id| !id.is_empty());
            if id.is_some_and(|id| id.len() > MOST_BYTES) {
                return Err(at(format!("the id is too long: {MOST_BYTES} bytes at most")));
            }
            own.add(Entry { id, name, label }, false, cell(column("aliases")), |_| false);
        }
        Ok(Self { declension, names: Table::of(Cow::Owned(own.table())) })
    }
}
