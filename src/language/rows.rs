//! Lists as files hold them: lines, and cells between tabs.

/// The lines of a list: no comments, no blank ones.
pub(crate) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    parts(list, b'\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .filter(|line| !matches!(line.as_bytes(), [] | [b'#', ..]))
}

/// What stands between the bytes `mark`, which is of ASCII.
pub(crate) fn parts(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(mark, text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    ends.map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

/// The cells of a line; a missing one is empty.
pub(crate) fn cells<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut cells = parts(line, b'\t');
    std::array::from_fn(|_| cells.next().unwrap_or(""))
}
