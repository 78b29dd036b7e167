//! How long a first build of a small program takes, dependencies and all, beside one with tracing.
//!
//! `cargo bench --bench cold_build -- [--rounds N] [--only WORD]`
//!
//! Sources are there already; two jobs at once. Cargo treats a package in a folder otherwise than one from a registry:
//! it compiles the former incrementally and looks for lints in it. Both are off here, so storyline costs what it costs a
//! user. The second row of tracing has what storyline has without asking: directives, JSON, a file written behind.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::error::Error;
use std::fs;
use std::path::Path;

use storyline_benches::sites::arguments::Arguments;
use storyline_benches::sites::cargo::Package;
use storyline_benches::sites::cost::{self, Cost};

struct Hello {
    name: &'static str,
    package: &'static str,
    dependencies: String,
    main: &'static str,
}

fn programs() -> Vec<Hello> {
    let storyline = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime");
    vec![
        Hello {
            name: "storyline",
            package: "cold_storyline",
            dependencies: format!("storyline = {{ path = {storyline:?} }}\n"),
            main: "fn main() {\n    \
                       let _flush = storyline::setup(\"hello\").console().start();\n    \
                       storyline::log_event!(INFO, \"hello_world\", number = 7);\n\
                   }\n",
        },
        Hello {
            name: "tracing, tracing-subscriber",
            package: "cold_tracing",
            dependencies: "tracing = \"0.1\"\ntracing-subscriber = \"0.3\"\n".to_owned(),
            main: "fn main() {\n    \
                       tracing_subscriber::fmt::init();\n    \
                       tracing::info!(number = 7, \"hello_world\");\n\
                   }\n",
        },
        Hello {
            name: "tracing, with JSON, filter, file",
            package: "cold_tracing_whole",
            dependencies: "tracing = \"0.1\"\ntracing-appender = \"0.2\"\n\
                           tracing-subscriber = { version = \"0.3\", features = [\"env-filter\", \"json\"] }\n"
                .to_owned(),
            main: "fn main() {\n    \
                       let file = tracing_appender::rolling::never(\".\", \"hello.log\");\n    \
                       let (file, _guard) = tracing_appender::non_blocking(file);\n    \
                       let filter = tracing_subscriber::EnvFilter::from_default_env();\n    \
                       let text = tracing_subscriber::fmt().json().with_writer(file);\n    \
                       text.with_env_filter(filter).init();\n    \
                       tracing::info!(number = 7, \"hello_world\");\n\
                   }\n",
        },
        Hello {
            name: "nothing",
            package: "cold_nothing",
            dependencies: String::new(),
            main: "fn main() {\n    println!(\"hello_world\");\n}\n",
        },
    ]
}

fn programs_wanted(arguments: &Arguments) -> Vec<Hello> {
    let mut programs = programs();
    programs.retain(|hello| arguments.is_wanted(hello.name));
    programs
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(3)?;
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut programs = Vec::new();
    for hello in programs_wanted(&arguments) {
        let package = Package::write(place, hello.package, &hello.dependencies, hello.main)?;
        let crates = package.build(&["check"])?.len();
        programs.push((hello.name, package, crates, [Cost::MOST; 2]));
    }
    for _ in 0..arguments.rounds {
        for (_, package, _, least) in &mut programs {
            for (least, mode) in least
                .iter_mut()
                .zip([&["build", "-j2"][..], &["build", "-j2", "--release"]])
            {
                let _ = fs::remove_dir_all(package.folder().join("target"));
                let mut build = package.cargo(mode);
                // As cargo has packages of a registry compiled.
                build.env("RUSTFLAGS", "--cap-lints=allow");
                *least = least.min(cost::of(&mut build)?);
            }
        }
    }
    println!(
        "seconds of a first build with two jobs; the least of {} rounds\n\n{:<34}{:>8}{:^20}{:^20}",
        arguments.rounds, "", "crates", "debug", "release"
    );
    println!(
        "{:<42}{}",
        "",
        format!("{:>10}{:>10}", "processor", "wall").repeat(2)
    );
    for (name, _, crates, [debug, release]) in &programs {
        println!(
            "{name:<34}{crates:>8}{:>10.2}{:>10.2}{:>10.2}{:>10.2}",
            debug.cpu, debug.wall, release.cpu, release.wall
        );
    }
    Ok(())
}
