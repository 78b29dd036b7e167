//! One binary, one module per subject.

mod alone;
mod any_context;
mod background;
mod clock_jump;
mod compiled_out;
mod context;
mod counters;
mod cut_lines;
mod descriptors;
mod disk;
mod disk_errors;
mod disk_sync;
mod documents;
mod errors;
mod faults;
mod figures;
mod filter;
mod flush;
#[cfg(unix)]
mod fork;
mod gates;
mod incident;
mod layers;
mod ledger;
mod letters;
mod log_event;
mod machine;
mod order;
mod processes;
#[cfg(target_os = "linux")]
mod recorder;
#[cfg(target_os = "linux")]
mod recorder_damage;
#[cfg(target_os = "linux")]
mod recorder_files;
#[cfg(target_os = "linux")]
mod recorder_left;
#[cfg(target_os = "linux")]
mod recorder_logs;
#[cfg(target_os = "linux")]
mod recorder_notes;
#[cfg(target_os = "linux")]
mod recorder_rivals;
#[cfg(target_os = "linux")]
mod recorder_stage;
mod setup;
#[cfg(target_os = "linux")]
mod signals;
mod sinks;
#[cfg(target_os = "linux")]
mod size_limit;
mod state;
mod state_tracked;
mod stuck;
mod testing;
mod threads;
mod timed;
mod timed_block;
mod timed_items;
mod timed_panic;
mod timed_traps;
mod tower;
mod waiting;
