//! Keys that records use themselves, each with another key to propose.

/// The keys of one writer.
#[derive(Debug)]
pub(crate) struct Reserved {
    /// Who writes them, for messages.
    pub(crate) writer: &'static str,
    /// The key, and what to call the field instead.
    pub(crate) keys: &'static [(&'static str, &'static str)],
}

/// The keys of every record.
pub(crate) const RECORD: Reserved = Reserved {
    writer: "every record itself",
    keys: &[
        ("timestamp", "happened_at"),
        ("level", "severity"),
        ("service", "service_name"),
        ("pid", "process_id"),
        ("request_id", "upstream_request_id"),
        ("trace_id", "upstream_trace_id"),
        ("span_id", "upstream_span_id"),
        ("event", "event_kind"),
        ("code.module", "source_module"),
        ("code.file", "source_file"),
        ("code.line", "source_line"),
        ("thread.name", "thread_label"),
        ("suppressed", "suppressed_count"),
        ("recovered", "recovered_count"),
    ],
};

/// The key that a call with a template writes.
pub(crate) const TEMPLATE: Reserved = Reserved {
    writer: "the template of this call",
    keys: &[("msg", "text")],
};

/// Who writes `key`, and what to propose instead. The macro's own word comes before the general one.
pub(crate) fn find(key: &str, more: &[&Reserved]) -> Option<(&'static str, &'static str)> {
    more.iter()
        .copied()
        .chain(core::iter::once(&RECORD))
        .find_map(|reserved| {
            reserved
                .keys
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, proposal)| (reserved.writer, *proposal))
        })
}

/// What to call a field instead whose key every record writes itself.
pub(crate) fn reserved_for(key: &str) -> Option<&'static str> {
    find(key, &[]).map(|(_, other)| other)
}
