//! Takes the crates from the registry with cargo, and lays out workspaces of their copies.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failed;
use crate::annotate::{Count, Form, annotate};
use crate::list::Crate;

/// Where things are: everything that is made lies below `target`.
#[derive(Debug)]
pub(crate) struct Places {
    pub(crate) tool: PathBuf,
    pub(crate) made: PathBuf,
}

impl Places {
    pub(crate) fn new() -> Self {
        let tool = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let made = tool.join("../../target/real_code");
        Self { tool, made }
    }

    /// What was found in earlier runs.
    pub(crate) fn results(&self) -> PathBuf {
        self.made.join("results")
    }

    pub(crate) fn result(&self, of: &Crate) -> PathBuf {
        self.results().join(of.name).with_extension("json")
    }

    /// The versions of everything that the crates and their tests depend on.
    pub(crate) fn lock(&self) -> PathBuf {
        self.tool.join("crates.lock")
    }
}

/// Dependencies that benchmarks alone use. Nobody runs those here, and they take longest to compile.
const OF_BENCHES: &[&str] = &["criterion", "bencher", "gungraun"];

/// Where each crate's source is, in the order of the list.
pub(crate) fn fetch(places: &Places, crates: &[&Crate]) -> Result<Vec<PathBuf>, Failed> {
    let folder = places.made.join("fetch");
    let mut manifest = "[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n[workspace]\n[dependencies]\n".to_owned();
    for it in crates {
        writeln!(
            manifest,
            "{} = {{ version = \"={}\", default-features = false }}",
            it.name, it.version
        )?;
    }
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("lib.rs"), "")?;
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1"])
        .current_dir(&folder)
        .stderr(std::process::Stdio::inherit())
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata: {error}"))?;
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let place = |of: &&Crate| {
        let found = packages
            .iter()
            .find(|it| it["name"] == of.name && it["version"] == of.version)
            .and_then(|it| it["manifest_path"].as_str())
            .ok_or_else(|| format!("cargo did not bring {} {}", of.name, of.version))?;
        Ok(Path::new(found).with_file_name(""))
    };
    crates.iter().map(place).collect()
}

/// Takes the newest versions of everything that all the crates and their tests depend on.
pub(crate) fn lock(places: &Places) -> Result<(), Failed> {
    let crates: Vec<&Crate> = crate::list::CRATES.iter().collect();
    let sources = fetch(places, &crates)?;
    lay_out(
        places,
        "functions",
        &crates,
        &sources,
        Some(Form::Functions),
    )?;
    let folder = places.made.join("functions");
    let status = Command::new("cargo")
        .arg("generate-lockfile")
        .current_dir(&folder)
        .status()?;
    if !status.success() {
        return Err("cargo cannot lock the versions".into());
    }
    fs::copy(folder.join("Cargo.lock"), places.lock())?;
    Ok(())
}

/// A workspace of copies; with a form, annotated. Gives what was counted in each crate.
pub(crate) fn lay_out(
    places: &Places,
    name: &str,
    crates: &[&Crate],
    sources: &[PathBuf],
    form: Option<Form>,
) -> Result<Vec<Count>, Failed> {
    let folder = places.made.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    // Cargo tells two builds in one target folder apart by the path below the workspace.
    let members = crates
        .iter()
        .map(|it| format!("{:?}", format!("{name}/{}", it.name)));
    let members: Vec<String> = members.collect();
    let members = members.join(", ");
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[workspace]\nresolver = \"2\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        ),
    )?;
    if form.is_some() {
        // As in the workspace of this project: what is logged here is more than a test usually does.
        let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
        let faster = "\n[profile.dev.package.storyline]\nopt-level = 1\n";
        fs::write(folder.join("Cargo.toml"), manifest + faster)?;
    }
    if places.lock().exists() {
        fs::copy(places.lock(), folder.join("Cargo.lock"))?;
    }
    let mut counts = Vec::new();
    for (of, source) in crates.iter().zip(sources) {
        let mut count = Count::default();
        copy(
            source,
            Path::new(""),
            &folder.join(name).join(of.name),
            &mut |path, text| {
                if path == "Cargo.toml" {
                    return manifest(places, of, text, form.is_some()).map(Some);
                }
                let is_source = path.starts_with("src/") || path.starts_with("tests/");
                match form {
                    Some(form)
                        if is_source
                            && Path::new(path).extension().is_some_and(|it| it == "rs") =>
                    {
                        match annotate(path, text, form, of.left, path == "src/lib.rs") {
                            Ok((text, found)) => {
                                count.add(found);
                                Ok(Some(text))
                            }
                            // What the compiler is to refuse, or to read in another place.
                            Err(error) => {
                                eprintln!("{} {path} stays as it is: {error}", of.name);
                                Ok(None)
                            }
                        }
                    }
                    _ => Ok(None),
                }
            },
        )?;
        counts.push(count);
    }
    Ok(counts)
}

/// Makes what the tests of a crate depend on depend on its copy, where that is a circle.
pub(crate) fn close_circle(places: &Places, name: &str, of: &Crate) -> Result<(), Failed> {
    if !of.circle.is_empty() {
        let path = places.made.join(name).join("Cargo.toml");
        let mut manifest = fs::read_to_string(&path)?;
        let member = format!("{name}/{}", of.name);
        write!(
            manifest,
            "\n[patch.crates-io]\n{} = {{ path = {member:?} }}\n",
            of.name
        )?;
        fs::write(path, manifest)?;
    }
    Ok(())
}

/// Without its benchmarks, and with what an annotated crate and its tests depend on.
fn manifest(places: &Places, of: &Crate, text: &str, is_annotated: bool) -> Result<String, Failed> {
    let mut kept = String::new();
    let mut is_kept = true;
    for line in text.lines() {
        if line.starts_with('[') {
            let table = line.trim_matches(['[', ']']);
            let is_of_benches = OF_BENCHES.iter().any(|it| {
                table.ends_with(&format!("dev-dependencies.{it}"))
                    || table.contains(&format!("dev-dependencies.{it}."))
            });
            is_kept = table != "bench" && !is_of_benches;
        }
        if is_kept {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    for (name, version) in of.circle {
        writeln!(
            kept,
            "\n[dev-dependencies.{name}]\nversion = \"={version}\""
        )?;
    }
    if is_annotated {
        for (name, path) in [
            ("storyline", "../../runtime"),
            ("storyline-real-code-start", "start"),
        ] {
            let path = places.tool.join(path);
            writeln!(kept, "\n[dependencies.{name}]\npath = '{}'", path.display())?;
        }
    }
    Ok(kept)
}

type Change<'a> = &'a mut dyn FnMut(&str, &str) -> Result<Option<String>, Failed>;

/// Copies a folder; `change` may give another text for a file.
fn copy(from: &Path, within: &Path, to: &Path, change: Change<'_>) -> Result<(), Failed> {
    fs::create_dir_all(to.join(within))?;
    for entry in fs::read_dir(from.join(within))? {
        let entry = entry?;
        let path = within.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(from, &path, to, change)?;
            continue;
        }
        let bytes = fs::read(entry.path())?;
        // The copies have one lock together.
        if path == Path::new("Cargo.lock") {
            continue;
        }
        let changed = match (path.to_str(), std::str::from_utf8(&bytes)) {
            (Some(path), Ok(text)) => change(path, text)?,
            _ => None,
        };
        match changed {
            Some(text) => fs::write(to.join(&path), text)?,
            None => fs::write(to.join(&path), bytes)?,
        }
    }
    Ok(())
}
