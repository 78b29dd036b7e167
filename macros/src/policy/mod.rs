//! What a package says of names in the `storyline.toml` beside its own Cargo.toml: `read` understands it, this
//! file finds it, keeps it and has the compiler watch it. Only `judge` asks, once for each call.
//!
//! It is read once in a process, and again when it has changed: an editor's process outlives many edits.

mod read;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{env, fs, io};

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::diag::Errors;
use crate::secret::words::Extra;

/// The name of the file.
pub(crate) const FILE: &str = "storyline.toml";

/// The names that a package forbids and allows, as words with a space between.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    /// Where it was read from; `None` where there is no file.
    path: Option<PathBuf>,
    pub(crate) forbid: Vec<String>,
    pub(crate) allow: Vec<String>,
    /// What is wrong with the file. What could be read of it counts all the same.
    problems: Vec<String>,
    /// Nothing of it could be read. Nobody knows then what it allows, so no name is refused: the file is an error.
    pub(crate) is_unread: bool,
    reported: Once,
}

/// What is said once in a process: a thousand call sites would say the same.
#[derive(Debug, Default)]
struct Once(AtomicBool);

impl Once {
    fn is_first(&self) -> bool {
        // ORDERING: Relaxed, nothing is published by it: which of two threads is the first does not matter.
        !self.0.swap(true, Ordering::Relaxed)
    }
}

/// A file's state, which tells that it was written anew.
type Stamp = Option<(Option<SystemTime>, u64)>;

/// Of each package that this process has met.
static KNOWN: Mutex<Vec<(PathBuf, Stamp, Arc<Policy>)>> = Mutex::new(Vec::new());

/// The policy of the package that is compiled.
pub(crate) fn current() -> Arc<Policy> {
    // Without cargo there is no package.
    let Some(folder) = env::var_os("CARGO_MANIFEST_DIR") else {
        return Arc::default();
    };
    let path = Path::new(&folder).join(FILE);
    let stamp = fs::metadata(&path)
        .ok()
        .map(|it| (it.modified().ok(), it.len()));
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, _, policy)) = known
        .iter()
        .find(|it| it.0.as_path() == path && it.1 == stamp)
    {
        return Arc::clone(policy);
    }
    let policy = Arc::new(open(&path));
    known.retain(|it| it.0.as_path() != path);
    known.push((path, stamp, Arc::clone(&policy)));
    policy
}

fn open(path: &Path) -> Policy {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match text(path) {
        Ok(Some(text)) => Policy {
            path: Some(absolute.clone()),
            ..read::read(&text, &shown(&absolute))
        },
        Ok(None) => Policy::default(),
        Err(error) => Policy {
            problems: vec![format!(
                "{} cannot be read: {error}; mend or remove it",
                shown(&absolute)
            )],
            is_unread: true,
            ..Policy::default()
        },
    }
}

/// What stands in the file; `None` where nothing has its name. A link that leads nowhere is no missing file: what its
/// package forbids would be allowed. A pipe would be waited for, and a device read, for ever.
fn text(path: &Path) -> io::Result<Option<String>> {
    match fs::metadata(path) {
        Ok(about) if about.is_file() => fs::read_to_string(path).map(Some),
        Ok(_) => Err(io::Error::other("it is no file")),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(_) if fs::symlink_metadata(path).is_err() => Ok(None),
        Err(_) => Err(io::Error::other("it is a link to what is not there")),
    }
}

/// The path as the compiler shows those of sources.
fn shown(path: &Path) -> String {
    let here = env::current_dir().ok();
    let near = here.and_then(|it| path.strip_prefix(it).ok());
    near.unwrap_or(path).display().to_string()
}

impl Policy {
    /// Notes what is wrong with the file, once, and so under no condition: the call that is told may not be compiled.
    pub(crate) fn report(&self, errors: &mut Errors) {
        if self.problems.is_empty() || !self.reported.is_first() {
            return;
        }
        for problem in &self.problems {
            errors.push_everywhere(
                Span::call_site(),
                format!("{problem} (each macro reads this package's {FILE}; what is wrong in it is told once, here)"),
            );
        }
    }

    /// A statement for a constant's initialiser that has cargo compile the package again when the file changes; `None`
    /// where there is no file. Each site has it, because any other one may be left out of the build. Nothing of it is
    /// in the program.
    pub(crate) fn watch_tokens(&self) -> Option<TokenStream> {
        let path = self.path.as_deref()?.to_str()?;
        Some(quote_spanned!(Span::mixed_site()=> let _ = ::core::include_bytes!(#path);))
    }

    /// The same names for the macros' own judgement.
    pub(crate) fn with_extra<T>(&self, judge: impl FnOnce(Extra<'_>) -> T) -> T {
        let forbid: Vec<&str> = self.forbid.iter().map(String::as_str).collect();
        let allow: Vec<&str> = self.allow.iter().map(String::as_str).collect();
        judge(Extra {
            forbid: &forbid,
            allow: &allow,
        })
    }

    /// The same names for the runtime, which meets the keys of structures, and the key that holds these, if that
    /// matters: `&$p::Words { .. }`. `None` where there is nothing to tell.
    pub(crate) fn words_tokens(&self, holder: &str, private: &TokenStream) -> Option<TokenStream> {
        let (forbid, allow) = (&self.forbid, &self.allow);
        let silent = forbid.is_empty() && allow.is_empty() && holder.is_empty();
        (!silent).then(|| {
            quote_spanned!(Span::mixed_site()=> &#private::Words {
                forbid: &[#(#forbid),*],
                allow: &[#(#allow),*],
                holder: #holder,
            })
        })
    }

    #[cfg(test)]
    pub(crate) fn of(text: &str) -> Self {
        read::read(text, FILE)
    }
}
