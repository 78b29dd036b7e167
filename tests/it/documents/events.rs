//! What the README says of our own events and reasons.

use super::{read, root, sources_in};

/// Every event and every reason that a log may show at night.
#[test]
fn the_readme_says_what_each_event_and_reason_of_our_own_means() {
    let readme = read("README.md");
    let reasons = read("runtime/src/backend/reason.rs");
    let names: Vec<_> = reasons
        .lines()
        .filter(|line| line.trim_start().starts_with("Self::"))
        .filter_map(|line| line.split_once("=> \"")?.1.split('"').next())
        .collect();
    assert!(
        names.contains(&storyline::Reason::RingFull.name()),
        "{names:?}"
    );
    for reason in names {
        assert!(
            readme.contains(&format!("`{reason}`")),
            "`{reason}` is not in the README"
        );
    }
    let mut sources = Vec::new();
    for room in [
        "backend",
        "context",
        "flight",
        "percentiles",
        "setup",
        "sink",
        "tower",
    ] {
        sources_in(&root().join("runtime/src").join(room), &mut sources);
    }
    let mut events = Vec::new();
    for source in &sources {
        let text = std::fs::read_to_string(source).expect("a source");
        for (_, rest) in text
            .match_indices("own_site!(")
            .map(|(at, it)| text.split_at(at + it.len()))
        {
            events.extend(rest.split('"').nth(3).map(str::to_owned));
        }
        for before in ["Notice::of_texts(\"", " event: \"", "SUMMARY, \""] {
            let rest = text.split(before).skip(1);
            events.extend(rest.filter_map(|it| Some(it.split_once('"')?.0.to_owned())));
        }
        for (_, rest) in text
            .match_indices("report_problem(")
            .map(|(at, it)| text.split_at(at + it.len()))
        {
            let name = rest.split(',').next().expect("an argument").trim();
            events.extend(
                name.strip_prefix('"')
                    .map(|it| it.trim_end_matches('"').to_owned()),
            );
        }
    }
    events.push("records_dropped".to_owned());
    for known in [
        "process_died",
        "sync_failed",
        "panic",
        "context_full",
        "response_sent",
        "timing_summary",
    ] {
        assert!(events.iter().any(|it| it == known), "{known} in {events:?}");
    }
    for event in events {
        assert!(
            readme.lines().any(|row| row.starts_with("| `")
                && row
                    .split(" | ")
                    .next()
                    .is_some_and(|cell| cell.contains(&format!("`{event}`")))),
            "`{event}` has no row in the README"
        );
    }
}
