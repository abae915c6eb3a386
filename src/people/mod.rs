//! Mentions → who is who: every mention gets the fullest name and the key of what it names.
//!
//! Persons of a story are chained by surname: a full name opens a chain, a surname alone joins the last chain with that
//! surname, and a full name whose surname is one slip of a letter away ("Trpovski") joins the one it misspells.
//! Organisations, places and peoples are chained by their entry in the gazetteer or by their folded name, and an acronym
//! in brackets by the name before it.

use std::collections::HashMap;

use crate::entities::gazetteer::Known;
use crate::entities::{Entity, Label, Mention};
use crate::language::{Classes, Gender, fold};
use crate::resources::Resources;
use crate::tokens::Tokens;

/// A person or organisation of a story, with all its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Fullest form in the document.
    pub name: String,
    /// Gazetteer id or folded name.
    pub key: String,
    /// [`Label::Person`] or [`Label::Org`].
    pub label: Label,
    /// What title, given name or pronoun say; `None` where they say nothing.
    pub gender: Option<Gender>,
    /// Indices into [`crate::story::Story::entities`].
    pub mentions: Vec<u32>,
}

/// Who is who in one document.
#[derive(Debug)]
pub struct People {
    /// Persons and organisations by first appearance.
    pub all: Vec<Person>,
    /// For each entity, its number in `all`.
    pub of_entity: Vec<Option<u32>>,
}

/// A chain of mentions of one thing.
struct Chain {
    label: Label,
    entry: Option<u32>,
    mentions: Vec<u32>,
    /// The longest form, folded, a word each.
    words: Vec<String>,
}

/// Surnames in a document beyond which slips of a letter are not looked for: a list of names is no story, and comparing
/// each with all others would take the square of its length.
pub(crate) const MOST_SURNAMES: usize = 400;

/// Chains the mentions of a document; returns them as entities, with the people among them.
#[must_use]
pub fn resolve(tokens: &Tokens<'_>, mentions: Vec<Mention>, resources: &Resources) -> (Vec<Entity>, People) {
    let known = resources.known(tokens.language());
    let chains = chain(tokens, &mentions);
    let mut names = vec![(String::new(), String::new()); mentions.len()];
    let mut people = People { all: Vec::new(), of_entity: vec![None; mentions.len()] };
    for chain in &chains {
        let name = name_of(tokens, &mentions, chain, known);
        let entry =
            chain.entry.map(|e| known.entry(e)).or_else(|| known.named(&name).filter(|e| e.label == chain.label));
        let key = entry.map_or_else(|| fold(&name), |e| e.key());
        if matches!(chain.label, Label::Person | Label::Org) {
            for &m in &chain.mentions {
                people.of_entity[m as usize] = Some(people.all.len() as u32);
            }
            people.all.push(Person {
                name: name.clone(),
                key: key.clone(),
                label: chain.label,
                gender: gender_of(tokens, &mentions, chain),
                mentions: chain.mentions.clone(),
            });
        }
        for &m in &chain.mentions {
            names[m as usize] = (name.clone(), key.clone());
        }
    }
    let entities = mentions
        .into_iter()
        .zip(names)
        .map(|(m, (name, key))| Entity { span: m.span, sentence: m.sentence, label: m.label, name, key, role: m.role })
        .collect();
    (entities, people)
}

/// The words of a mention, folded.
fn folded_words(tokens: &Tokens<'_>, mention: &Mention) -> Vec<String> {
    (mention.from..mention.to)
        .filter(|&i| tokens.str(i).starts_with(char::is_alphanumeric))
        .map(|i| fold(tokens.str(i)).replace('.', ""))
        .collect()
}

fn chain(tokens: &Tokens<'_>, mentions: &[Mention]) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    let mut by_words: HashMap<(Label, Vec<String>), usize> = HashMap::new();
    let mut by_entry: HashMap<u32, usize> = HashMap::new();
    let mut by_surname: HashMap<String, Vec<usize>> = HashMap::new();
    let folded: Vec<Vec<String>> = mentions.iter().map(|m| folded_words(tokens, m)).collect();
    // Full names first, wherever they stand: a surname may come before its full name (headlines).
    let full = |n: usize| mentions[n].label != Label::Person || folded[n].len() > 1;
    for n in (0..mentions.len()).filter(|&n| full(n)) {
        let (mention, words) = (&mentions[n], &folded[n]);
        let key = (mention.label, words.clone());
        let known = by_words
            .get(&key)
            .or_else(|| mention.entry.and_then(|e| by_entry.get(&e)))
            .copied()
            .or_else(|| {
                acronym_of(tokens, mentions, n).and_then(|m| by_words.get(&(Label::Org, folded[m].clone())).copied())
            })
            .or_else(|| (mention.label == Label::Person).then(|| same_person(&chains, &by_surname, words)).flatten());
        let c = known.unwrap_or_else(|| {
            chains.push(Chain {
                label: mention.label,
                entry: mention.entry,
                mentions: Vec::new(),
                words: words.clone(),
            });
            let c = chains.len() - 1;
            if let Some(entry) = mention.entry {
                by_entry.insert(entry, c);
            }
            if mention.label == Label::Person
                && let Some(last) = words.last()
            {
                by_surname.entry(last.clone()).or_default().push(c);
            }
            c
        });
        by_words.entry(key).or_insert(c);
        chains[c].entry = chains[c].entry.or(mention.entry);
        chains[c].mentions.push(n as u32);
        if words.len() > chains[c].words.len() {
            chains[c].words.clone_from(words);
        }
    }
    // The one chain that has this first name; none where several do.
    let mut by_given: HashMap<String, Option<usize>> = HashMap::new();
    for (c, chain) in chains.iter().enumerate().filter(|(_, c)| c.label == Label::Person && c.words.len() > 1) {
        by_given.entry(chain.words[0].clone()).and_modify(|one| *one = None).or_insert(Some(c));
    }
    for n in (0..mentions.len()).filter(|&n| !full(n)) {
        let Some(word) = folded[n].first() else { continue };
        let named = by_surname.get(word).cloned().unwrap_or_else(|| slipped(&by_surname, word));
        let c = nearest(&chains, mentions, &named, n).unwrap_or_else(|| {
            // A first name alone, when one person of the story has it.
            if let Some(&Some(c)) = by_given.get(word) {
                return c;
            }
            chains.push(Chain {
                label: Label::Person,
                entry: mentions[n].entry,
                mentions: Vec::new(),
                words: vec![word.clone()],
            });
            by_surname.entry(word.clone()).or_default().push(chains.len() - 1);
            chains.len() - 1
        });
        chains[c].mentions.push(n as u32);
    }
    for chain in &mut chains {
        chain.mentions.sort_unstable();
    }
    chains.retain(|c| !c.mentions.is_empty());
    chains.sort_by_key(|c| c.mentions[0]);
    chains
}

/// The chain of a full name: same surname (or one slip away) and a first name that agrees.
fn same_person(chains: &[Chain], by_surname: &HashMap<String, Vec<usize>>, words: &[String]) -> Option<usize> {
    let (first, last) = (words.first()?, words.last()?);
    let same = by_surname.get(last).cloned().unwrap_or_else(|| slipped(by_surname, last));
    same.into_iter().find(|&c| {
        let other = &chains[c].words;
        let Some(known) = other.first() else { return false };
        if other.len() == 1 {
            return true;
        }
        let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
        known == first || initial(known, first) || initial(first, known) || one_slip_apart(known, first)
    })
}

/// Chains whose surname is one slip of a letter away, in a fixed order.
fn slipped(by_surname: &HashMap<String, Vec<usize>>, word: &str) -> Vec<usize> {
    if by_surname.len() > MOST_SURNAMES {
        return Vec::new();
    }
    let mut near: Vec<usize> =
        by_surname.keys().filter(|s| one_slip_apart(s, word)).flat_map(|s| by_surname[s].iter().copied()).collect();
    near.sort_unstable();
    near
}

/// Of several chains with one surname, the one mentioned last before mention `n`, or the first after it. A title that
/// tells the gender ("Mrs") must not speak against it.
fn nearest(chains: &[Chain], mentions: &[Mention], candidates: &[usize], n: usize) -> Option<usize> {
    let gender = mentions[n].gender;
    let fits = |c: &&usize| {
        gender.is_none()
            || chains[**c].mentions.iter().all(|&m| mentions[m as usize].gender.is_none_or(|g| Some(g) == gender))
    };
    let last = |c: usize| chains[c].mentions.iter().rev().find(|&&m| (m as usize) < n).copied();
    candidates
        .iter()
        .filter(fits)
        .max_by_key(|&&c| (last(c), std::cmp::Reverse(chains[c].mentions.first().copied())))
        .copied()
}

/// "Serb Civic Union (SCU)": the mention right before the bracket that mention `n` stands in.
fn acronym_of(tokens: &Tokens<'_>, mentions: &[Mention], n: usize) -> Option<usize> {
    let mention = &mentions[n];
    let long = n.checked_sub(1)?;
    let bracketed = mention.label == Label::Org
        && mention.from > 0
        && tokens.str(mention.from - 1) == "("
        && mentions[long].to == mention.from - 1
        && mentions[long].label == Label::Org
        && mention.to - mention.from == 1;
    let initials: String = (mentions[long].from..mentions[long].to)
        .filter(|&i| tokens.all[i].is_capitalised())
        .filter_map(|i| tokens.str(i).chars().next())
        .collect();
    (bracketed && fold(&initials).starts_with(&fold(tokens.str(mention.from)).chars().take(2).collect::<String>()))
        .then_some(long)
}

/// The fullest form of a chain, each word in the spelling used most (a tie: the one a gazetteer knows, else the first).
fn name_of(tokens: &Tokens<'_>, mentions: &[Mention], chain: &Chain, known: Known<'_>) -> String {
    let forms = || chain.mentions.iter().map(|&m| &mentions[m as usize]);
    let words = |m: &Mention| (m.from..m.to).filter(|&i| tokens.str(i).starts_with(char::is_alphanumeric)).count();
    let Some(longest) = forms().map(words).max() else { return String::new() };
    let full: Vec<&Mention> = forms().filter(|m| words(m) == longest).collect();
    if chain.label != Label::Person {
        return most_used(full.iter().map(|m| one_line(m.span.of(tokens.text))));
    }
    let best = full[0];
    let surname = best.to - 1;
    // Every mention of a person ends in the surname: its spelling is voted on by all of them, those in capitals (labels,
    // headlines, often without diacritics) only where there are no others.
    let surnames = || forms().map(|m| tokens.str(m.to - 1)).filter(|s| similar(s, tokens.str(surname)));
    let shouted = |s: &str| !s.chars().any(char::is_lowercase);
    let all_shouted = surnames().all(shouted);
    let spelling = most_used_or_known(surnames().filter(|s| all_shouted || !shouted(s)).map(in_title_case), |s| {
        longest > 1 && {
            let head = one_line(&tokens.text[best.span.lo()..tokens.all[surname].span.lo()]);
            known.named(&format!("{head} {s}")).is_some()
        }
    });
    if longest == 1 {
        return spelling;
    }
    let head = most_used(full.iter().map(|m| one_line(&tokens.text[m.span.lo()..tokens.all[m.to - 1].span.lo()])));
    let head = head.split(' ').map(in_title_case).collect::<Vec<_>>().join(" ");
    let glue = if tokens.is_glued(surname) { "" } else { " " };
    format!("{head}{glue}{spelling}")
}

/// A word in capitals ("HOXHOLLI") as a name is written; initials ("J.K.", "JFK") stay.
///
/// ```
/// use onrecord::people::in_title_case;
/// assert_eq!(in_title_case("JEAN-PIERRE"), "Jean-Pierre");
/// assert_eq!(in_title_case("McCain"), "McCain");
/// ```
#[must_use]
pub fn in_title_case(words: &str) -> String {
    const INITIALS: usize = 3;
    if words.chars().filter(|c| c.is_alphabetic()).count() <= INITIALS || words.chars().any(char::is_lowercase) {
        return words.to_owned();
    }
    let mut inside = false;
    let mut cased = String::with_capacity(words.len());
    for c in words.chars() {
        if inside {
            cased.extend(c.to_lowercase());
        } else {
            cased.push(c);
        }
        inside = c.is_alphabetic() || matches!(c, '\'' | '’');
    }
    cased
}

fn similar(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    a == b || one_slip_apart(&a, &b)
}

/// White space of any kind as one space.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn most_used(forms: impl Iterator<Item = String>) -> String {
    most_used_or_known(forms, |_| false)
}

fn most_used_or_known(forms: impl Iterator<Item = String>, known: impl Fn(&str) -> bool) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for form in forms {
        match counts.iter_mut().find(|(f, _)| *f == form) {
            Some((_, n)) => *n += 1,
            None => counts.push((form, 1)),
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let mut best = counts.iter().filter(|(_, n)| *n == most);
    let tied: Vec<&(String, usize)> = best.by_ref().collect();
    let chosen = if tied.len() > 1 { tied.iter().find(|(f, _)| known(f)).or(tied.first()) } else { tied.first() };
    chosen.map(|(f, _)| f.clone()).unwrap_or_default()
}

/// What titles and the given name say of a person's gender.
fn gender_of(tokens: &Tokens<'_>, mentions: &[Mention], chain: &Chain) -> Option<Gender> {
    if chain.label != Label::Person {
        return None;
    }
    let said = chain.mentions.iter().find_map(|&m| mentions[m as usize].gender);
    said.or_else(|| {
        chain.mentions.iter().map(|&m| &mentions[m as usize]).filter(|m| m.to - m.from > 1).find_map(|m| {
            let given = &tokens.all[m.from];
            match (given.is(Classes::MALE), given.is(Classes::FEMALE)) {
                (true, false) => Some(Gender::Male),
                (false, true) => Some(Gender::Female),
                _ => None,
            }
        })
    })
}

/// True when two folded words of five letters or more differ by one letter: changed, left out, added or swapped with its
/// neighbour.
///
/// ```
/// use onrecord::people::one_slip_apart;
/// assert!(one_slip_apart("trpevski", "trpovski"));
/// assert!(one_slip_apart("sarea", "saree"));
/// assert!(!one_slip_apart("kovac", "trpevski"));
/// ```
#[must_use]
pub fn one_slip_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 5 || long.len() - short.len() > 1 || a == b {
        return false;
    }
    let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    if short.len() < long.len() {
        return short[same..] == long[same + 1..];
    }
    short[same + 1..] == long[same + 1..]
        || (same + 1 < short.len()
            && short[same] == long[same + 1]
            && short[same + 1] == long[same]
            && short[same + 2..] == long[same + 2..])
}
