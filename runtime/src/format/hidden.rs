//! What has no place in a line that a person reads.

/// Whether every format escapes this character: it has no place in a line that a person reads.
///
/// ```
/// use storyline::format::is_hidden;
///
/// assert!(is_hidden('\u{1b}'), "steers a terminal");
/// assert!(is_hidden('\u{202e}'), "turns a line around");
/// assert!(!is_hidden('é'));
/// ```
///
/// The ranges are Unicode's (17.0): general categories Cc, Zl and Zp, the property `Bidi_Control`
/// (`PropList.txt`), the property `Default_Ignorable_Code_Point` (`DerivedCoreProperties.txt`), which
/// holds zero-width characters, fillers, variation selectors and tags, and the interlinear annotation
/// marks.
pub const fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
