//! Quotation marks → quoted segments: one pass over each paragraph, with a stack of at most three.
//!
//! Which character opens and which closes depends on what is open and on its neighbours, never on a table of styles: “ closes
//! „…“, « closes »…«, ’ is an apostrophe inside words and after a plural s that a later mark closes. A mark that nothing
//! answers ends with its paragraph, so that one odd mark can cost no quote elsewhere.

use crate::span::Span;

/// Words between two marks, or from a mark to the end of a paragraph that does not close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// With the marks.
    pub outer: Span,
    /// Without the marks.
    pub inner: Span,
    /// Number of its paragraph.
    pub paragraph: usize,
    /// Both marks are there.
    pub closed: bool,
    /// Opens its paragraph, and the paragraph before ended inside a quotation.
    pub resumed: bool,
}

impl Segment {
    /// What is taken from the confidence of a quotation whose end is a guess.
    pub(super) fn doubt(&self) -> f32 {
        if self.closed || self.resumed { 0.0 } else { 0.15 }
    }
}

/// Deepest nesting that is followed; what lies deeper belongs to the segment around it.
const DEEPEST: usize = 3;

/// Marks looked at ahead when an apostrophe might close a quotation.
const AHEAD: usize = 48;

/// A mark, of one character or of two that stand for one.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    end: usize,
    char: char,
    before: Option<char>,
    after: Option<char>,
    /// A colon stands before it, with or without white space.
    announced: bool,
}

impl Mark {
    /// White space, an opening bracket, a dash or another mark stands before it, and something after.
    fn may_open(&self) -> bool {
        self.before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '/' | ':') || is_mark(c)
        }) && self.after.is_some_and(|c| !c.is_whitespace())
    }

    /// Something stands before it, and no letter or digit after.
    fn may_close(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace()) && self.after.is_none_or(|c| !c.is_alphanumeric())
    }

    /// Final punctuation or a comma before it, or punctuation after: nothing but a closing mark stands so.
    fn surely_closes(&self) -> bool {
        self.may_close()
            && (self.before.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…' | ';' | ':' | ')') || is_mark(c))
                || self.after.is_some_and(|c| matches!(c, ',' | '.' | ';' | ':' | '?' | '!')))
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '\''
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// The outermost quoted segments of each paragraph, in order.
///
/// ```
/// use onrecord::{quotes::marks::segments, span::Span};
///
/// let text = "He said: „Nema problema“ – and the ministers’ aide ‘agreed’.";
/// let found = segments(text, &[Span::new(0, text.len())]);
/// let words: Vec<&str> = found.iter().map(|s| s.inner.of(text)).collect();
/// assert_eq!(words, ["Nema problema", "agreed"]);
/// ```
#[must_use]
pub fn segments(text: &str, paragraphs: &[Span]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut open_before = None;
    for (number, &paragraph) in paragraphs.iter().enumerate() {
        let marks = collect(text, paragraph);
        let resumed = open_before.is_some_and(|c| marks.first().is_some_and(|m| m.at == paragraph.lo() && m.char == c));
        open_before = pair(paragraph, number, &marks, resumed, &mut segments);
    }
    segments
}

/// All marks of a paragraph with their neighbours; apostrophes inside words are none.
fn collect(text: &str, paragraph: Span) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut before = None;
    let words = paragraph.of(text);
    let mut at = 0;
    while let Some(found) = words[at..].find(is_mark_or_half) {
        let start = at + found;
        if found > 0 {
            before = words[at..start].chars().next_back();
        }
        let (char, length) = mark_at(&words[start..], before);
        at = start + length;
        let after = words[at..].chars().next();
        let within = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        if is_mark(char) && !(within && matches!(char, '\'' | '’' | '‘')) {
            let announced = words[..start].trim_end().ends_with(':');
            marks.push(Mark { at: paragraph.lo() + start, end: paragraph.lo() + at, char, before, after, announced });
        }
        before = Some(char);
    }
    marks
}

/// The mark that `rest` begins with, and its bytes. Typewriters and wires write a double mark as two apostrophes, backquotes,
/// single marks or commas; of three in a row, the outer two are the double mark.
fn mark_at(rest: &str, before: Option<char>) -> (char, usize) {
    let first = rest.chars().next().unwrap_or_default();
    let double = match first {
        '\'' => '"',
        '`' | '‘' => '“',
        '’' => '”',
        ',' => '„',
        _ => return (first, first.len_utf8()),
    };
    let run = rest.chars().take_while(|&c| c == first).take(4).count();
    let closing = before.is_some_and(|c| !c.is_whitespace());
    let single = run == 1 || run == 3 && closing || first == ',' && (run > 2 || closing);
    if single { (first, first.len_utf8()) } else { (double, 2 * first.len_utf8()) }
}

/// A mark, or a character that is half of one.
fn is_mark_or_half(c: char) -> bool {
    is_mark(c) || matches!(c, '`' | ',')
}

/// Pairs the marks of one paragraph; returns the mark that is still open at its end.
fn pair(paragraph: Span, number: usize, marks: &[Mark], resumed: bool, segments: &mut Vec<Segment>) -> Option<char> {
    let first = segments.len();
    let mut open: Vec<Mark> = Vec::with_capacity(DEEPEST);
    for (n, mark) in marks.iter().enumerate() {
        if let Some(depth) = open.iter().rposition(|o| closes(o, mark, &marks[n + 1..])) {
            let opened = open[depth];
            open.truncate(depth);
            // A single letter is an elision (rock 'n' roll) or a label.
            if open.is_empty() && mark.at - opened.end > 1 {
                segments.push(Segment {
                    outer: Span::new(opened.at, mark.end),
                    inner: Span::new(opened.end, mark.at),
                    paragraph: number,
                    closed: true,
                    resumed: resumed && opened.at == paragraph.lo(),
                });
            }
        } else if open.len() < DEEPEST && opens(mark, open.last(), &marks[n + 1..], paragraph.lo()) {
            open.push(*mark);
        }
    }
    let left = open.first()?;
    // A mark that closes nothing and opens nothing but the rest of the paragraph: kept as an unclosed quotation.
    segments.push(Segment {
        outer: Span::new(left.at, paragraph.hi()),
        inner: Span::new(left.end, paragraph.hi()),
        paragraph: number,
        closed: false,
        resumed: resumed && left.at == paragraph.lo(),
    });
    segments[first..].sort_by_key(|s| s.outer);
    Some(left.char)
}

/// Whether `mark` closes what `opened` opened; `rest` are the marks after it.
fn closes(opened: &Mark, mark: &Mark, rest: &[Mark]) -> bool {
    let answers = match opened.char {
        '"' => matches!(mark.char, '"' | '”'),
        '“' => matches!(mark.char, '”' | '"') || mark.char == '“' && mark.surely_closes() && !mark.may_open(),
        '”' => mark.char == '”',
        '„' | '‟' => matches!(mark.char, '“' | '”' | '"' | '‟'),
        '«' => mark.char == '»',
        '»' => mark.char == '«' || (mark.char == '»' && !mark.may_open()),
        '‘' => mark.char == '’',
        '‚' | '‛' => matches!(mark.char, '‘' | '’'),
        '’' => mark.char == '’',
        '\'' => mark.char == '\'',
        '‹' => mark.char == '›',
        '›' => mark.char == '‹',
        '「' => return mark.char == '」',
        '『' => return mark.char == '』',
        _ => false,
    };
    if !answers || mark.at == opened.end {
        return false;
    }
    match mark.char {
        // A straight mark may open another quotation: "A," "B".
        '"' => mark.may_close() || !mark.may_open(),
        '’' | '\'' => mark.may_close() && !is_possessive(opened, mark, rest),
        _ => true,
    }
}

/// "the ministers’ plan is dead’, he said": a plural's apostrophe, when a mark that surely closes comes later.
fn is_possessive(opened: &Mark, mark: &Mark, rest: &[Mark]) -> bool {
    if mark.surely_closes() || !mark.before.is_some_and(|c| matches!(c, 's' | 'S')) {
        return false;
    }
    rest.iter()
        .take(AHEAD)
        .take_while(|m| !(m.char == opened.char && m.may_open() && !m.may_close()))
        .any(|m| m.char == mark.char && m.may_close())
}

/// Whether `mark` opens a quotation inside `inside`; `first`: where its paragraph begins, and a quotation may that runs on.
fn opens(mark: &Mark, inside: Option<&Mark>, rest: &[Mark], first: usize) -> bool {
    // A quotation inside another is in marks of the other kind, or, where they tell opening from closing, balanced.
    if inside.is_some_and(|o| o.char == mark.char) && !is_balanced(mark, rest) {
        return false;
    }
    // One that its paragraph does not close must begin it, or follow a colon.
    let runs_on = mark.at == first || mark.announced;
    match mark.char {
        '"' => mark.may_open() && !mark.before.is_some_and(|c| c.is_ascii_digit()),
        '“' | '„' | '‟' | '「' | '『' => {
            mark.after.is_some() && !mark.before.is_some_and(char::is_alphanumeric)
        }
        '”' => mark.may_open() && rest.iter().take(AHEAD).any(|m| m.char == '”' && m.surely_closes()),
        // French puts a space inside: « mot ».
        '«' => mark.before.is_none_or(|c| !c.is_alphanumeric()) && mark.after.is_some(),
        '»' | '›' => mark.may_open() && rest.iter().take(AHEAD).any(|m| matches!(m.char, '«' | '‹' | '»')),
        '‹' => mark.may_open(),
        // ‘90s: turned by a word processor.
        '‘' => {
            mark.may_open()
                && !mark.after.is_some_and(|c| c.is_ascii_digit())
                && (runs_on || rest.iter().take(AHEAD).any(|m| m.char == '’' && m.may_close()))
        }
        '‚' | '‛' => mark.may_open() && mark.after.is_some_and(|c| !c.is_whitespace()),
        '\'' => {
            mark.may_open()
                && !mark.after.is_some_and(|c| c.is_ascii_digit())
                && (runs_on || rest.iter().take(AHEAD).any(|m| m.char == '\'' && m.may_close() && m.at > mark.end))
        }
        _ => false,
    }
}

/// “He said “no” twice”: from the inner mark on, as many marks close as open, and one more.
fn is_balanced(mark: &Mark, rest: &[Mark]) -> bool {
    let close = match mark.char {
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        _ => return false,
    };
    let mut open = 2;
    rest.iter().take(AHEAD).any(|m| {
        if m.char == mark.char && m.may_open() {
            open += 1;
        } else if m.char == close && m.may_close() && (m.surely_closes() || m.before != Some('s')) {
            open -= 1;
        }
        open == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        let config = crate::config::Config::default();
        segments(text, &crate::sentences::paragraphs(text, &config)).iter().map(|s| s.inner.of(text)).collect()
    }

    #[test]
    fn every_style() {
        for (open, close) in ["“”", "\"\"", "‘’", "''", "„“", "„”", "«»", "»«", "「」", "””", "‹›"].map(|p| {
            let mut c = p.chars();
            (c.next().unwrap(), c.next().unwrap())
        }) {
            let text = format!("She said {open}no more{close} and left. {open}Never,{close} he said.");
            assert_eq!(inner(&text), ["no more", "Never,"], "{open}{close}");
        }
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(inner("The ministers’ plan isn’t Serbia’s."), Vec::<&str>::new());
        assert_eq!(inner("‘The ministers’ plan is dead’, he said."), ["The ministers’ plan is dead"]);
        assert_eq!(inner("It's the '90s 'n' all the dogs' bones."), Vec::<&str>::new());
        assert_eq!(inner("He is 6'2\" tall and said \"fine\"."), ["fine"]);
    }

    #[test]
    fn nested_marks_belong_to_the_outer_segment() {
        assert_eq!(inner("“He told me ‘go’ and I went,” she said."), ["He told me ‘go’ and I went,"]);
        assert_eq!(inner("‘She called it “a farce”,’ he said."), ["She called it “a farce”,"]);
    }

    #[test]
    fn an_odd_mark_ends_with_its_paragraph() {
        let text = "“One,” he said.\n\nAn odd \" here.\n\n“Two,” she said.\n\nOdd “ again\n\n“Three.”";
        let found = inner(text);
        assert!(["One,", "Two,", "Three."].iter().all(|w| found.contains(w)), "{found:?}");
    }

    #[test]
    fn a_quotation_of_several_paragraphs() {
        let text = "“We start here.\n\n“We go on.\n\n“We end,” he said.";
        let segments = segments(text, &crate::sentences::paragraphs(text, &crate::config::Config::default()));
        assert_eq!(
            segments.iter().map(|s| (s.closed, s.resumed)).collect::<Vec<_>>(),
            [(false, false), (false, true), (true, true)]
        );
    }
}
