//! A user's crate with every lint on, where every macro of storyline is used in every form. What our macros
//! write makes none of them fire. `tests/twins` shows the same of `#[timed]` by comparison.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    unused,
    nonstandard_style,
    future_incompatible,
    rust_2018_idioms
)]
#![deny(
    rust_2021_compatibility,
    rust_2024_compatibility,
    keyword_idents,
    missing_docs
)]
#![deny(absolute_paths_not_starting_with_crate, closure_returning_async_block)]
#![deny(
    deprecated_in_future,
    deref_into_dyn_supertrait,
    explicit_outlives_requirements
)]
#![deny(ffi_unwind_calls, impl_trait_redundant_captures, let_underscore_drop)]
#![deny(
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_copy_implementations
)]
#![deny(
    missing_debug_implementations,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes
)]
#![deny(
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings
)]
#![deny(
    unnameable_types,
    unreachable_pub,
    unused_crate_dependencies,
    unused_import_braces
)]
#![deny(
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results
)]
#![deny(variant_size_differences)]
#![deny(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::cargo,
    clippy::restriction
)]
#![allow(
    clippy::blanket_clippy_restriction_lints,
    clippy::needless_return,
    clippy::arbitrary_source_item_ordering,
    clippy::unseparated_literal_suffix,
    clippy::mod_module_files,
    clippy::cargo_common_metadata,
    clippy::missing_trait_methods,
    clippy::single_call_fn,
    clippy::missing_inline_in_public_items,
    clippy::missing_docs_in_private_items,
    reason = "they contradict others, or leave nothing to be written"
)]

pub mod calls;
pub mod contexts;
pub mod machine;
pub mod structures;
pub mod timings;
