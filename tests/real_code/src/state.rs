//! What a kept result was found with. A result that was found with something else is told apart from those of now.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::Failed;
use crate::fetch::Places;
use crate::list::Crate;

/// Everything that decides how a crate's tests end: storyline's source, what is inserted into the crate's and linked
/// to it, the versions of its dependencies, and what the list says of it.
pub(crate) fn of(places: &Places, of: &Crate) -> Result<String, Failed> {
    let mut hasher = DefaultHasher::new();
    for folder in [
        "../../macros/src",
        "../../runtime/src",
        "start/src",
        "src/annotate",
    ] {
        hash(&places.tool.join(folder), &mut hasher)?;
    }
    fs::read(places.lock())?.hash(&mut hasher);
    format!("{of:?}").hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn hash(path: &Path, hasher: &mut DefaultHasher) -> Result<(), Failed> {
    if !path.is_dir() {
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(path)?.collect();
    let mut names: Vec<_> = entries?.iter().map(fs::DirEntry::file_name).collect();
    names.sort();
    for name in names {
        name.hash(hasher);
        hash(&path.join(name), hasher)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_folder(path: &Path) -> u64 {
        let mut hasher = DefaultHasher::new();
        hash(path, &mut hasher).expect("it can be read");
        hasher.finish()
    }

    #[test]
    fn another_text_or_name_is_another_state() {
        let folder = std::env::temp_dir().join(format!("real_code_state-{}", std::process::id()));
        let file = folder.join("inside").join("a.rs");
        fs::create_dir_all(folder.join("inside")).expect("a folder");
        fs::write(&file, "fn a() {}").expect("a file");
        let first = of_folder(&folder);
        assert_eq!(first, of_folder(&folder));
        fs::write(&file, "fn b() {}").expect("a file");
        let second = of_folder(&folder);
        assert_ne!(first, second);
        fs::rename(&file, folder.join("inside").join("b.rs")).expect("another name");
        assert_ne!(second, of_folder(&folder));
        fs::remove_dir_all(&folder).expect("nothing stays");
    }
}
