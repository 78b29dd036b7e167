//! What a call site adds to a release binary: the sections of a program with a thousand of them, or with fewer
//! where that takes minutes, less those of its twin without.
//!
//! `cargo bench --bench size -- [--only WORD]`
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(clippy::cast_precision_loss, reason = "bytes of a binary")]

use std::error::Error;
use std::fs;
use std::path::Path;

use object::{Object, ObjectSection};
use storyline_benches::sites::arguments::Arguments;
use storyline_benches::sites::rustc::{Mode, Workshop};

/// The columns: what a section's bytes are counted as.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("code", &[".text"]),
    (
        "data",
        &[".rodata", ".data.rel.ro", ".data", ".bss", ".got"],
    ),
    ("relocation", &[".rela.dyn", ".relr.dyn"]),
    (
        "unwinding",
        &[".eh_frame", ".eh_frame_hdr", ".gcc_except_table"],
    ),
    ("file", &[]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(1)?;
    let workshop = Workshop::open(Path::new(env!("CARGO_TARGET_TMPDIR")), Mode::Release)?;
    print!("bytes of a release binary for a call site\n\n{:<34}", "");
    for (name, _) in COLUMNS {
        print!("{name:>12}");
    }
    println!("{:>16}", "targets");
    for row in arguments.rows() {
        let mut sizes = [[0_u64; COLUMNS.len()]; 2];
        for (is_twin, sizes) in [false, true].into_iter().zip(&mut sizes) {
            workshop.compile("sized", &row.program(is_twin), row.library)?;
            *sizes = sizes_of(&workshop.program("sized"))?;
        }
        print!("{:<34}", row.name);
        let [whole, twin] = sizes;
        for (whole, twin) in whole.into_iter().zip(twin) {
            print!(
                "{:>12.0}",
                (whole as f64 - twin as f64) / f64::from(row.sites)
            );
        }
        match row.target {
            Some([_, _, code, data]) => println!("{code:>8.0}{data:>8.0}"),
            None => println!(),
        }
    }
    Ok(())
}

fn sizes_of(program: &Path) -> Result<[u64; COLUMNS.len()], Box<dyn Error>> {
    let bytes = fs::read(program)?;
    let file = object::File::parse(&*bytes)?;
    let mut sizes = [0; COLUMNS.len()];
    for section in file.sections() {
        let name = section.name()?;
        for (size, (_, sections)) in sizes.iter_mut().zip(COLUMNS) {
            if sections.contains(&name) {
                *size += section.size();
            }
        }
    }
    sizes[COLUMNS.len() - 1] = bytes.len() as u64;
    Ok(sizes)
}
