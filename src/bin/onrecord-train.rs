//! Learns a model as a recipe says, and tells how right it is.
//!
//! ```sh
//! cargo run --release --features train --bin onrecord-train -- src/train/recipes/en.toml ../shared/data src/model/en.model
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr)] // a command line speaks

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use onrecord::train;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [recipe, data, out] = arguments.as_slice() else {
        eprintln!("usage: onrecord-train RECIPE.toml DATA OUT.model");
        return ExitCode::from(2);
    };
    match learn(recipe, data, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("onrecord-train: {message}");
            ExitCode::FAILURE
        }
    }
}

fn learn(recipe: &Path, data: &Path, out: &Path) -> Result<(), String> {
    let recipe = train::Recipe::read(recipe)?;
    let (model, report) = train::run(&recipe, data, |line| eprintln!("{line}"))?;
    println!("{report}");
    std::fs::write(out, model).map_err(|e| format!("{}: {e}", out.display()))
}
