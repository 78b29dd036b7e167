//! The compiler on one program alone, its dependencies ready.

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::cargo::Package;
use super::cost::{self, Cost};

/// How a program is compiled, with the arguments that cargo gives for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As by `cargo check`.
    Check,
    /// As by `cargo build`.
    Debug,
    /// As by `cargo build --release`.
    Release,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    fn of_cargo(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }

    fn of_rustc(self) -> &'static [&'static str] {
        match self {
            Self::Check => &[
                "--emit=dep-info,metadata",
                "-Cembed-bitcode=no",
                "-Cdebuginfo=2",
            ],
            Self::Debug => &[
                "--emit=dep-info,link",
                "-Cembed-bitcode=no",
                "-Cdebuginfo=2",
            ],
            Self::Release => &[
                "--emit=dep-info,link",
                "-Copt-level=3",
                "-Cembed-bitcode=no",
                "-Cstrip=debuginfo",
            ],
        }
    }
}

/// The dependencies of all programs, compiled for one mode.
#[derive(Debug)]
pub struct Workshop {
    folder: PathBuf,
    mode: Mode,
    libraries: HashMap<String, PathBuf>,
}

impl Workshop {
    /// Compiles what the programs need, in a folder of its own in `place`.
    ///
    /// # Errors
    ///
    /// When cargo fails.
    pub fn open(place: &Path, mode: Mode) -> Result<Self, Box<dyn Error>> {
        let storyline = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime");
        let dependencies = format!(
            "storyline = {{ path = {storyline:?} }}\nemit = \"2\"\ntracing = \"0.1\"\n\
             log = {{ version = \"0.4\", features = [\"kv\"] }}\n"
        );
        let package = Package::write(place, "call_sites", &dependencies, "fn main() {}\n")?;
        for folder in ["out", "src"] {
            fs::create_dir_all(package.folder().join(folder))?;
        }
        Ok(Self {
            libraries: package.build(mode.of_cargo())?,
            folder: package.folder().to_owned(),
            mode,
        })
    }

    /// Compiles a program, and gives what that took.
    ///
    /// # Errors
    ///
    /// When the compiler fails.
    pub fn compile(&self, name: &str, text: &str, library: &str) -> Result<Cost, Box<dyn Error>> {
        // As cargo names it, from the folder of its package: the path becomes a part of many sites.
        let source = format!("src/{name}.rs");
        fs::write(self.folder.join(&source), text)?;
        let file = self.libraries.get(library);
        let file = file.ok_or_else(|| format!("`{library}` was not compiled"))?;
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let mut command = Command::new(rustc);
        command
            .args(["--crate-name", name, "--edition=2024", "--crate-type=bin"])
            .args(self.mode.of_rustc())
            .arg(&source)
            .arg("--out-dir")
            .arg(self.folder.join("out"))
            .arg("-L")
            .arg(join("dependency=", file.parent().unwrap_or(&self.folder)))
            .arg("--extern")
            .arg(join(&format!("{library}="), file))
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .current_dir(&self.folder);
        cost::of(&mut command)
    }

    /// Where the program that was compiled last under a name is.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join("out").join(name)
    }
}

fn join(before: &str, path: &Path) -> std::ffi::OsString {
    let mut text = std::ffi::OsString::from(before);
    text.push(path);
    text
}
