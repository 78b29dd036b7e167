//! What is cut off, not meant or damaged is refused in words.

use crate::{build, catalog, debug};

#[test]
fn what_is_cut_off_is_refused() {
    let whole = std::fs::read(debug()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut");
    for (len, reason) in [
        (0, "is no ELF file"),
        (5, "is a damaged ELF file"),
        (4096, "is cut off"),
    ] {
        std::fs::write(&cut, &whole[..len]).unwrap();
        let (code, said) = catalog(&cut, &[]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(reason) && said.contains("/cut`"), "{said}");
    }
    let (code, said) = catalog(&folder.path().join("missing"), &[]);
    assert_eq!(code, 2);
    assert!(said.contains("cannot read `"), "{said}");
}

/// Whatever stands in the file, the tool says something and ends.
#[test]
fn nothing_is_trusted() {
    let flags = ["--release", "--", "-C", "strip=symbols"];
    let whole = std::fs::read(build("stripped", "catalog", &flags, &[])).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged");
    let found = memchr::memmem::find_iter(&whole, &storyline::catalog::MAGIC);
    let entries: Vec<usize> = found.collect();
    assert!(entries.len() >= 10, "{}", entries.len());
    let mut places: Vec<usize> = (0..64).chain((64..1024).step_by(8)).collect();
    places.extend(entries.iter().flat_map(|at| [at - 16, at - 8, *at, at + 4]));
    let mut bytes = whole.clone();
    for (nth, place) in places.into_iter().enumerate() {
        let value = [0x00, 0xff, 0x80][nth % 3];
        bytes[place..place + 8].fill(value);
        std::fs::write(&path, &bytes).unwrap();
        let (code, said) = catalog(&path, &["--json"]);
        assert!(code <= 2 && !said.is_empty(), "{place} {code} {said}");
        bytes[place..place + 8].copy_from_slice(&whole[place..place + 8]);
    }
}
