//! Where the figures come from: the machine, the compiler and the versions of what was compared.

use std::fs::read_to_string;
use std::process::Command;

const LOCK: &str = include_str!("Cargo.lock");

/// One line each, in Markdown.
pub(crate) fn description(load: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    format!(
        "- {}\n- {}, {cores} cores; load before the run {load}, after it {}\n- kernel {}; files on {}\n- {}\n",
        first_line_of("date", &["-u", "+%Y-%m-%d %H:%M UTC"]),
        processor(),
        self::load(),
        file("/proc/sys/kernel/osrelease"),
        file_system(),
        first_line_of("rustc", &["--version"]),
    )
}

/// How much else was running, over the last minute.
pub(crate) fn load() -> String {
    let load = file("/proc/loadavg");
    load.split(' ').next().unwrap_or("unknown").into()
}

/// The version of a package that this program was built with.
pub(crate) fn version(package: &str) -> &'static str {
    let heading = format!("name = \"{package}\"\nversion = \"");
    LOCK.split_once(&heading)
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or("unknown")
}

fn processor() -> String {
    let text = read_to_string("/proc/cpuinfo").unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or_else(|| std::env::consts::ARCH.into(), |(_, name)| name.into())
}

/// The kind of the file system that holds the temporary files.
fn file_system() -> String {
    let folder = std::env::temp_dir();
    let mounts = read_to_string("/proc/mounts").unwrap_or_default();
    mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            Some((words.next()?, words.next()?))
        })
        .filter(|(place, _)| folder.starts_with(place))
        // A later mount covers an earlier one of the same place.
        .max_by_key(|(place, _)| place.len())
        .map_or_else(|| "unknown".into(), |(_, kind)| kind.into())
}

fn file(path: &str) -> String {
    read_to_string(path).map_or_else(|_| "unknown".into(), |text| text.trim().into())
}

fn first_line_of(program: &str, arguments: &[&str]) -> String {
    Command::new(program)
        .args(arguments)
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .and_then(|text| text.lines().next().map(str::to_string))
        .unwrap_or_else(|| "unknown".into())
}
