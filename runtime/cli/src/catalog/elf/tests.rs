//! Programs made by hand, of every form and damaged in every way.

use proptest::prelude::*;

use super::*;

/// Where a made program stands in memory.
const BASE: u64 = 0x1000;

/// An entry to be made.
#[derive(Clone, Copy)]
pub(in crate::catalog) struct Made<'a> {
    text: &'a str,
    machine: Option<&'a str>,
    structures: &'a [&'a str],
    kinds: &'a [u8],
    behind: &'a [u8],
    version: u8,
}

impl<'a> Made<'a> {
    pub(in crate::catalog) fn of(text: &'a str, kinds: &'a [u8]) -> Self {
        Self {
            text,
            machine: None,
            structures: &[],
            kinds,
            behind: &[],
            version: MAGIC[3],
        }
    }

    pub(in crate::catalog) fn taking(self, structures: &'a [&'a str]) -> Self {
        Self { structures, ..self }
    }

    pub(in crate::catalog) fn behind(self, behind: &'a [u8]) -> Self {
        Self { behind, ..self }
    }

    pub(in crate::catalog) fn version(self, version: u8) -> Self {
        Self { version, ..self }
    }
}

/// A form of programs.
#[derive(Clone, Copy, Debug)]
pub(in crate::catalog) struct Layout {
    is_64: bool,
    is_little: bool,
    /// Addresses are set by the loader, not written where they are needed.
    is_moved: bool,
}

impl Layout {
    pub(in crate::catalog) const USUAL: Self = Self {
        is_64: true,
        is_little: true,
        is_moved: true,
    };

    fn word(self) -> usize {
        if self.is_64 { 8 } else { 4 }
    }

    fn put(self, into: &mut Vec<u8>, value: u64, len: usize) {
        let bytes = value.to_le_bytes();
        if self.is_little {
            into.extend(&bytes[..len]);
        } else {
            into.extend(bytes[..len].iter().rev());
        }
    }

    fn put_words(self, into: &mut Vec<u8>, values: &[u64]) {
        for value in values {
            self.put(into, *value, self.word());
        }
    }

    fn align(self, into: &mut Vec<u8>) {
        into.resize(into.len().next_multiple_of(self.word()), 0);
    }
}

/// A program of one part, in which these entries stand.
pub(in crate::catalog) fn program(layout: Layout, entries: &[Made<'_>]) -> Vec<u8> {
    let headers = if layout.is_64 {
        64 + 2 * 56
    } else {
        52 + 2 * 32
    };
    let mut bytes = vec![0; headers];
    let mut moved = Vec::new();
    for made in entries {
        let text = BASE + bytes.len() as u64;
        bytes.extend(made.text.bytes());
        let machine = BASE + bytes.len() as u64;
        bytes.extend(made.machine.unwrap_or("").bytes());
        let mut structures = Vec::new();
        for structure in made.structures {
            structures.push((BASE + bytes.len() as u64, structure.len()));
            bytes.extend(structure.bytes());
        }
        layout.align(&mut bytes);
        let mut put_text = |bytes: &mut Vec<u8>, address: u64, len: usize| {
            let at = BASE + bytes.len() as u64;
            let in_place = if layout.is_moved { 0 } else { address };
            moved.push((at, address));
            layout.put_words(bytes, &[in_place, len as u64]);
        };
        for (address, len) in structures {
            put_text(&mut bytes, address, len);
        }
        put_text(&mut bytes, text, made.text.len());
        bytes.extend(&MAGIC[..3]);
        bytes.push(made.version);
        if let Some(name) = made.machine {
            layout.align(&mut bytes);
            put_text(&mut bytes, machine, name.len());
        }
        bytes.extend(made.kinds);
        bytes.extend(made.behind);
    }
    layout.align(&mut bytes);
    let relocations = bytes.len() as u64;
    if layout.is_moved {
        for (at, address) in &moved {
            layout.put_words(&mut bytes, &[*at, 8, *address]);
        }
    }
    let dynamic = bytes.len() as u64;
    let len = dynamic - relocations;
    layout.put_words(&mut bytes, &[7, BASE + relocations, 8, len, 0, 0]);
    let all = bytes.len() as u64;
    let mut head = b"\x7fELF".to_vec();
    let (class, order) = (1 + u8::from(layout.is_64), 2 - u8::from(layout.is_little));
    head.extend([class, order, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (value, len) in [(3, 2), (62, 2), (1, 4)] {
        layout.put(&mut head, value, len);
    }
    let (size, of_part) = if layout.is_64 { (64, 56) } else { (52, 32) };
    layout.put_words(&mut head, &[0, size, 0]);
    for (value, len) in [
        (0, 4),
        (size, 2),
        (of_part, 2),
        (2, 2),
        (0, 2),
        (0, 2),
        (0, 2),
    ] {
        layout.put(&mut head, value, len);
    }
    for (kind, from, to) in [(1, 0, all), (2, dynamic, all)] {
        layout.put(&mut head, kind, 4);
        if layout.is_64 {
            layout.put(&mut head, 0, 4);
        }
        layout.put_words(&mut head, &[from, BASE + from, 0, to - from, to - from]);
        if !layout.is_64 {
            layout.put(&mut head, 0, 4);
        }
        layout.put_words(&mut head, &[0]);
    }
    assert_eq!(head.len(), headers);
    bytes[..headers].copy_from_slice(&head);
    bytes
}

const PAID: &str = "eI paid\nvamount\n@shop\n7\nsrc/shop.rs";
const STEP: &str = "sIE -\nvamount\n@shop\n8\nsrc/shop.rs";

const CARD: &str = "f Card\nvid\n@shop\n9\nsrc/shop.rs";
const TAKEN: &str = "eI taken\ng\ngcard\n@shop\n9\nsrc/shop.rs";

fn some() -> [Made<'static>; 4] {
    let step = Made {
        machine: Some("order"),
        ..Made::of(STEP, &[9, 2, 9, 9, 9, 14, 2])
    };
    [
        Made::of(PAID, &[2]).behind(&[3; 99]),
        step,
        Made::of(CARD, &[2]),
        Made::of(TAKEN, &[15, 15]).taking(&[CARD, ""]),
    ]
}

#[test]
fn entries_are_found_in_programs_of_every_form() {
    for form in 0..8 {
        let layout = Layout {
            is_64: form & 1 != 0,
            is_little: form & 2 != 0,
            is_moved: form & 4 != 0,
        };
        let file = program(layout, &some());
        let found = find(&file).unwrap().found;
        let texts: Vec<_> = found.iter().map(|it| (it.text, it.machine)).collect();
        let expected = [
            (PAID, None),
            (STEP, Some("order")),
            (CARD, None),
            (TAKEN, None),
        ];
        assert_eq!(texts, expected, "{layout:?}");
        assert_eq!(found[3].structures, [CARD, ""], "{layout:?}");
        assert_eq!(found[0].kinds[0][..2], [2, 3], "{layout:?}");
        assert_eq!(found[0].kinds[0].len(), MOST_KINDS, "{layout:?}");
        assert_eq!(found[1].kinds[0][..7], [9, 2, 9, 9, 9, 14, 2], "{layout:?}");
    }
}

#[test]
fn what_is_no_program_is_refused_in_words() {
    for (file, reason) in [
        (&b""[..], "no ELF file"),
        (b"MZ\x90", "no ELF file"),
        (b"!<arch>\nlibshop.rlib", "not linked yet"),
        (b"\x7fELF\x03", "no known class"),
        (b"\x7fELF\x02\x01", "damaged ELF file"),
    ] {
        let said = find(file).unwrap_err();
        assert!(said.contains(reason), "{said}");
    }
}

/// Each entry of such a file could claim the whole file as its text, and to read it would take for ever.
#[test]
fn texts_that_overlap_are_refused() {
    let text = format!("eI {}\n@shop\n7\nsrc/shop.rs", "x".repeat(20_000));
    let mut file = program(
        Layout {
            is_moved: false,
            ..Layout::USUAL
        },
        &[Made::of(&text, &[])],
    );
    let at = memchr::memmem::find(&file, &MAGIC).unwrap();
    let entry = file[at - 16..at + 8].to_vec();
    let from = file.len() - 6 * 8;
    file.splice(
        from..from,
        (1..300_u64).flat_map(|less| {
            let mut entry = entry.clone();
            entry[8..16].copy_from_slice(&(text.len() as u64 - less).to_le_bytes());
            entry
        }),
    );
    let len = (file.len() as u64).to_le_bytes();
    for at in [64 + 32, 64 + 40] {
        file[at..at + 8].copy_from_slice(&len);
    }
    // The dynamic section has moved.
    file[64 + 56..64 + 60].fill(0);
    let said = find(&file).unwrap_err();
    assert!(said.contains("texts of its entries overlap"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Whatever stands in a file, what is found of it stands in it.
    #[test]
    fn damage_is_survived(
        form in 0_u8..8,
        len in 0_usize..2_000,
        damage in proptest::collection::vec((0_usize..1_200, any::<u8>()), 0..24),
    ) {
        let layout = Layout {
            is_64: form & 1 != 0,
            is_little: form & 2 != 0,
            is_moved: form & 4 != 0,
        };
        let mut file = program(layout, &some());
        for (at, byte) in damage {
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
        }
        file.truncate(len);
        if let Ok(contents) = find(&file) {
            let all: usize = contents.found.iter().map(|it| it.text.len()).sum();
            prop_assert!(all <= file.len());
            let structures = crate::catalog::fields::Structures::of(&contents.found);
            for found in &contents.found {
                let _ = crate::catalog::Entry::of(found, &structures);
            }
        }
    }
}
