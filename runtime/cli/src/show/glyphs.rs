//! The signs of the output, in two alphabets.

/// Which characters draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// An ordinary event.
    pub event: &'static str,
    /// A warning.
    pub warning: &'static str,
    /// An error.
    pub error: &'static str,
    /// A call that succeeded.
    pub done: &'static str,
    /// Something that was cancelled.
    pub cancelled: &'static str,
    /// A panic.
    pub panic: &'static str,
    /// A request that came in.
    pub request: &'static str,
    /// A response that went out.
    pub response: &'static str,
    /// A retry.
    pub retry: &'static str,
    /// A change of state.
    pub state: &'static str,
    /// From one state or service to the next.
    pub arrow: &'static str,
    /// A transition that was refused.
    pub refused: &'static str,
    /// In front of the first error.
    pub first: &'static str,
    /// A record of no request, told where it falls into the time of one.
    pub beside: &'static str,
    /// In front of a line that is no record.
    pub raw: &'static str,
    /// Between the parts of a summary.
    pub dot: &'static str,
    /// After text that was cut.
    pub cut: &'static str,
    /// Eighths of a bar's cell, the thinnest first, the last one full.
    pub bar: &'static [&'static str],
    /// A moment on the time axis.
    pub tick: &'static str,
    /// An empty cell of the time axis.
    pub axis: &'static str,
}

impl Glyphs {
    /// For terminals that show Unicode.
    pub const UNICODE: Self = Self {
        event: "·",
        warning: "!",
        error: "✗",
        done: "✓",
        cancelled: "⊘",
        panic: "✖",
        request: "→",
        response: "←",
        retry: "↻",
        state: "◆",
        arrow: "→",
        refused: "↛",
        first: "▶",
        beside: "∘",
        raw: "┆",
        dot: "·",
        cut: "…",
        bar: &["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
        tick: "│",
        axis: "·",
    };

    /// For the others.
    pub const ASCII: Self = Self {
        event: ".",
        warning: "!",
        error: "x",
        done: "+",
        cancelled: "o",
        panic: "X",
        request: ">",
        response: "<",
        retry: "@",
        state: "*",
        arrow: "->",
        refused: "-/>",
        first: ">",
        beside: "~",
        raw: "|",
        dot: "|",
        cut: "..",
        bar: &["#"],
        tick: "|",
        axis: ".",
    };
}
