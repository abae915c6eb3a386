//! The characters that sentences end, close and open with.

/// Final punctuation.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Marks that are used around quoted words, on either side.
pub(super) fn is_quotation(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '›' | '‹' | '」' | '』')
}

/// Marks that may close after final punctuation; “ closes „…“ and « closes »…«.
pub(super) fn is_closing(c: char) -> bool {
    is_quotation(c) || is_closing_bracket(c)
}

/// Brackets that close.
pub(super) fn is_closing_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}')
}

/// Brackets that open.
pub(super) fn is_opening_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{')
}

/// Marks and brackets that may stand before the first word of a sentence.
pub(super) fn is_opening(c: char) -> bool {
    is_quotation(c) || is_opening_bracket(c) || is_dash(c) || matches!(c, '„' | '‚' | '¿' | '¡' | '「' | '『')
}

/// Dashes, and the hyphen written for one.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

/// Signs before the items of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '▪' | '◦' | '●' | '■' | '·' | '⁃')
}

/// Raised digits: the number of a footnote.
pub(super) fn is_raised_digit(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// White space within a line.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n' && c != '\r'
}
