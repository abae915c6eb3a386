//! Compiles the lists of known names (`src/entities/gazetteer/`) into the tables that look-ups read, so that a process need
//! not read 130,000 forms when it starts. The code that writes a table is the one that reads it.

// Of the modules of the library it takes a part.
#![allow(dead_code, unreachable_pub)]

#[path = "src/entities"]
mod entities {
    mod label;
    pub use label::Label;

    #[path = "gazetteer/table.rs"]
    pub mod table;
}

#[path = "src/language"]
mod language {
    mod declension;
    mod fold;
    pub mod key;
    mod rows;
    pub use declension::Declension;
    pub use fold::fold_char;
    pub(crate) use rows::{cells, lines, parts};
}

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use entities::Label;
use entities::table::{Draft, Entry};
use language::{Declension, cells, lines};

const LISTS: &str = "src/entities/gazetteer";

/// Lists in Serbian, Croatian, Bosnian and Montenegrin spelling.
const SERBO_CROATIAN: [&str; 3] = ["sh/peoples.tsv", "sh/places.tsv", "sh/organisations.tsv"];

/// Lists with an id for each name.
const WITH_ID: [(&str, Label); 5] = [
    ("peoples.tsv", Label::Norp),
    ("places.tsv", Label::Loc),
    ("organisations.tsv", Label::Org),
    ("events.tsv", Label::Event),
    ("people.tsv", Label::Person),
];

/// Lists of names with a label.
const WORLD: [&str; 7] = [
    "world/parties_and_peoples.tsv",
    "world/places.tsv",
    "world/bodies.tsv",
    "world/media_and_learning.tsv",
    "world/companies.tsv",
    "world/people.tsv",
    "world/sports.tsv",
];

fn main() {
    for input in [LISTS, "src/entities/label.rs", "src/language"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for (declension, file) in [(Declension::None, "plain.names"), (Declension::SerboCroatian, "serbo_croatian.names")] {
        std::fs::write(out.join(file), compile(declension)).expect("OUT_DIR can be written");
    }
}

/// All lists in one table. Where two have a form, the earlier one keeps it.
fn compile(declension: Declension) -> Vec<u8> {
    let mut draft = Draft::new(declension);
    if declension == Declension::SerboCroatian {
        for list in SERBO_CROATIAN {
            add(&mut draft, list);
        }
    }
    let risky: HashSet<&str> = lines(read("ambiguous.tsv")).map(|line| cells::<1>(line)[0]).collect();
    for (list, label) in WITH_ID {
        for line in lines(read(list)) {
            let [id, name, aliases] = cells(line);
            draft.add(Entry { id: Some(id), name, label }, false, aliases, |form| risky.contains(form));
        }
    }
    for list in WORLD {
        add(&mut draft, list);
    }
    draft.table()
}

/// Adds a list of names, labels and other forms; "?" stands before a form that needs context. What is known already keeps its
/// id.
fn add(draft: &mut Draft, list: &str) {
    for line in lines(read(list)) {
        let [name, label, aliases] = cells(line);
        let label = Label::ALL.into_iter().find(|l| l.as_str() == label);
        let label = label.unwrap_or_else(|| panic!("{list}: no label in {line:?}"));
        let (name, risky) = name.strip_prefix('?').map_or((name, false), |name| (name, true));
        let id = draft.named(name).filter(|known| known.label == label).and_then(|known| known.id.map(str::to_owned));
        draft.add(Entry { id: id.as_deref(), name, label }, risky, aliases, |_| false);
    }
}

fn read(list: &str) -> &'static str {
    let path = Path::new(LISTS).join(list);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.leak()
}
