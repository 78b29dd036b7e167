//! Packages outside the workspace, and what cargo makes of their dependencies.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A package with dependencies, for programs that are compiled beside it.
#[derive(Debug)]
pub struct Package {
    folder: PathBuf,
}

impl Package {
    /// Writes one into a folder of its own in `place`. The versions are those that `compare` was measured with.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn write(
        place: &Path,
        name: &str,
        dependencies: &str,
        main: &str,
    ) -> Result<Self, Box<dyn Error>> {
        let folder = place.join(name);
        fs::create_dir_all(&folder)?;
        let manifest = format!(
            "[workspace]\n[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [[bin]]\nname = \"{name}\"\npath = \"main.rs\"\n[dependencies]\n{dependencies}"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("main.rs"), main)?;
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("compare/Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock"))?;
        Ok(Self { folder })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A command of cargo's in it, with a target folder of its own and none of the settings of this process.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("STORYLINE_MAX_LEVEL");
        command
    }

    /// Builds it, and gives what was made of each library: its name and its file.
    ///
    /// # Errors
    ///
    /// When cargo fails.
    pub fn build(&self, arguments: &[&str]) -> Result<HashMap<String, PathBuf>, Box<dyn Error>> {
        let mut command = self.cargo(arguments);
        let output = command.args(["--message-format", "json"]).output()?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{command:?} failed:\n{text}").into());
        }
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        let messages = messages
            .lines()
            .filter_map(|it| serde_json::from_str::<Value>(it).ok());
        Ok(messages.filter_map(|message| artifact(&message)).collect())
    }
}

/// A library that was compiled.
fn artifact(message: &Value) -> Option<(String, PathBuf)> {
    let kinds = message["target"]["kind"].as_array()?;
    if kinds
        .iter()
        .all(|kind| kind == "bin" || kind == "custom-build")
    {
        return None;
    }
    // Where there is more than one file, the first is the whole library and the last what `check` reads.
    let file = message["filenames"].as_array()?.first()?.as_str()?;
    let name = message["target"]["name"].as_str()?.replace('-', "_");
    Some((name, file.into()))
}
