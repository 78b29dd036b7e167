//! What several rooms are tested by: every door as a function (`doors`), the calls of tests and examples (`calls`), what
//! people write who know another tool (`newcomers`), random tokens (`fuzz`), messages apart from code, folders without
//! a snapshot. Here stand the snapshots of expansions: pretty-printed, compared with a file that a person has read.
//! `STORYLINE_BLESS=1 cargo test -p storyline-macros` writes what is new.

mod calls;
mod doors;
mod fuzz;
mod messages;
mod newcomers;
mod orphans;
mod tree;

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

/// Where the snapshots stand.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// Compares an expression's expansion with `macros/tests/snapshots/<name>.rs`.
#[track_caller]
pub(crate) fn snapshot_expr(name: &str, expansion: &TokenStream) {
    let item = quote::quote!(fn expansion() { #expansion });
    snapshot(name, &item);
}

/// Compares an expansion of items with `macros/tests/snapshots/<name>.rs`.
#[track_caller]
pub(crate) fn snapshot(name: &str, expansion: &TokenStream) {
    // `$crate` is no token that can be printed and parsed again.
    let file: syn::File = syn::parse2(expansion.clone())
        .unwrap_or_else(|error| panic!("{name} is not Rust: {error}\n{expansion}"));
    let text = prettyplease::unparse(&file);
    let path = folder().join(format!("{name}.rs"));
    if std::env::var_os("STORYLINE_BLESS").is_some() {
        let folder = path.parent().expect("snapshots stand in a folder");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(&path, &text).expect("the snapshot can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == expected,
        "the expansion of {name} differs from {}; read it, then bless it with STORYLINE_BLESS=1\n--- expected\n{expected}\n--- found\n{text}",
        path.display()
    );
}
