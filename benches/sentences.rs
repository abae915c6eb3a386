//! What the core alone splits in a second of CPU time, beside the ceiling: `memchr` over `.?!`.
//!
//! ```sh
//! zcat corpus.jsonl.gz | cargo bench --no-default-features --bench sentences
//! ```
//!
//! Reads one JSON object a line with the text under "text". Every text is new to every step; the lists are built
//! before the clock starts, from a text that is none of them.
#![allow(clippy::print_stdout)] // a benchmark speaks

use std::hint::black_box;
use std::io::BufRead;

use cpu_time::ProcessTime;
use memchr::memchr3_iter;
use onrecord::config::Config;
use onrecord::language::{Lang, Language, detect};
use onrecord::sentences::split;
use serde_json::Value;

fn main() {
    let texts: Vec<String> = std::io::stdin()
        .lock()
        .lines()
        .map(|line| serde_json::from_str::<Value>(&line.expect("UTF-8")).expect("one JSON object a line"))
        .filter_map(|row| row["text"].as_str().map(str::to_owned))
        .collect();
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let config = Config::default();
    black_box(split("A first text. It builds the lists.", Language::of(detect("The first text.")), &config));
    let step = |name: &str, read: &dyn Fn(&str) -> usize| {
        let start = ProcessTime::now();
        let found: usize = texts.iter().map(|text| black_box(read(black_box(text)))).sum();
        println!("{name:30} {:8.0} MB/s  {found:9} found", megabytes / start.elapsed().as_secs_f64());
    };
    step("memchr over .?!", &|text| memchr3_iter(b'.', b'?', b'!', text.as_bytes()).count());
    step("detect", &|text| detect(text) as usize);
    step("split", &|text| split(text, Language::of(Lang::En), &config).len());
    step("detect and split", &|text| split(text, Language::of(detect(text)), &config).len());
}
