//! What a document links to is there: a file of ours, a heading of it.

use super::{read, root};

/// As a heading is called in a link.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().to_lowercase();
    let kept = letters
        .chars()
        .filter(|it| it.is_alphanumeric() || " -_".contains(*it));
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}

fn anchors(text: &str) -> Vec<String> {
    let mut is_code = false;
    let headings = text.lines().filter_map(|line| {
        is_code ^= line.starts_with("```");
        let title = line.strip_prefix('#').filter(|_| !is_code)?;
        Some(anchor(title.trim_start_matches('#')))
    });
    headings.collect()
}

/// The targets of the links that stand outside of code.
fn targets(text: &str) -> Vec<&str> {
    let mut is_code = false;
    let prose = text.lines().filter(|line| {
        is_code ^= line.starts_with("```");
        !is_code
    });
    let links = prose.flat_map(|line| line.split("](").skip(1));
    links.filter_map(|it| it.split(')').next()).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut count = 0;
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "RELIABILITY.md",
        "CHANGELOG.md",
        "benches/RESULTS.md",
    ] {
        let text = read(document);
        let folder = root().join(document);
        let folder = folder.parent().expect("a folder");
        for target in targets(&text) {
            if target.starts_with("https://") {
                continue;
            }
            count += 1;
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = if file.is_empty() {
                root().join(document)
            } else {
                folder.join(file)
            };
            let linked = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(!linked.is_empty(), "{document}: `{target}` is no file");
            assert!(
                heading.is_empty() || anchors(&linked).iter().any(|it| it == heading),
                "{document}: `{target}` is no heading; there are {:?}",
                anchors(&linked)
            );
        }
    }
    assert!(count > 20, "{count}");
}
