//! Where dead processes may have left something: what is meant by the path that was given, or by none.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Memory that outlives a process: where recorders are unless told otherwise.
pub(super) const MEMORY: &str = "/dev/shm";

/// Directories of recorders.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Of this user: to recover.
    pub(super) own: Vec<PathBuf>,
    /// Of others, who alone may recover them: to name.
    pub(super) others: Vec<Foreign>,
}

/// The directory of another user's recorder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    pub(super) directory: PathBuf,
    pub(super) uid: u32,
}

/// This user, as the system knows it.
pub(super) fn user() -> Result<u32, Error> {
    let of_process = fs::metadata("/proc/self").map_err(|source| Error::Input {
        name: "/proc/self".to_owned(),
        act: "open",
        source,
    })?;
    Ok(of_process.uid())
}

impl Places {
    /// The places that a path stands for: a recorder's directory, a log, or a directory of logs; without one,
    /// the usual place of this user.
    pub(super) fn of(path: Option<&Path>, user: u32, memory: &Path) -> Result<Self, Error> {
        let usual = memory.join(format!("storyline-{user}"));
        let Some(path) = path else {
            return Ok(Self {
                own: vec![usual],
                others: recorders_in(memory, "storyline-", user).others,
            });
        };
        let metadata = fs::metadata(path).map_err(|source| unreadable(path, source))?;
        if metadata.is_dir() {
            return Self::of_directory(path, &metadata, user, &usual);
        }
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let mut places = recorders_in(folder.unwrap_or(Path::new(".")), ".storyline-", user);
        places.own.insert(0, usual);
        let of_writer = Foreign {
            directory: memory.join(format!("storyline-{}", metadata.uid())),
            uid: metadata.uid(),
        };
        if of_writer.uid != user && of_writer.may_hold_some() {
            places.others.insert(0, of_writer);
        }
        Ok(places)
    }

    fn of_directory(
        path: &Path,
        metadata: &fs::Metadata,
        user: u32,
        usual: &Path,
    ) -> Result<Self, Error> {
        let names = match names_in(path) {
            Err(source) if metadata.uid() == user => return Err(unreadable(path, source)),
            outcome => outcome,
        };
        let is_recorder = names.as_ref().map_or(true, |names| {
            names.is_empty() || is_recorders_name(path) || names.iter().any(|it| is_recorders(it))
        });
        if !is_recorder {
            let beside = recorders_in(path, ".storyline-", user);
            if beside == Self::default() {
                return Err(refused(format!(
                    "`{}` holds no recorder files: `recover` takes a recorder's directory, usually `{}`, or the \
                     path of a log",
                    path.display(),
                    usual.display()
                )));
            }
            if beside.own.is_empty() {
                let advice = beside.others.iter().map(Foreign::advice).collect();
                return Err(Error::Unrecovered(advice));
            }
            return Ok(beside);
        }
        if metadata.uid() != user {
            let foreign = Foreign {
                directory: path.to_owned(),
                uid: metadata.uid(),
            };
            return Err(refused(foreign.advice()));
        }
        let others = metadata.mode() & 0o077;
        if others != 0 {
            return Err(refused(format!(
                "`{}` is open to other users (mode {:03o}), so they may have changed what is in it: look at who owns \
                 each file before you close it to them (mode 700) and recover it",
                path.display(),
                metadata.mode() & 0o777
            )));
        }
        Ok(Self {
            own: vec![path.to_owned()],
            others: Vec::new(),
        })
    }
}

impl Foreign {
    /// What to do about it, in a sentence.
    pub(super) fn advice(&self) -> String {
        let Self { directory, uid } = self;
        let directory = directory.display();
        let is_usual = *self.directory == *Path::new(MEMORY).join(format!("storyline-{uid}"));
        let argument = if is_usual {
            String::new()
        } else {
            format!(" {directory}")
        };
        format!(
            "`{directory}` belongs to uid {uid}: recover it as that user: `sudo -u '#{uid}' storyline recover{argument}`"
        )
    }

    /// Whether records may be in it: always where we may not look.
    fn may_hold_some(&self) -> bool {
        match names_in(&self.directory) {
            Ok(names) => names.iter().any(|it| is_recorders(it)),
            Err(error) => error.kind() == io::ErrorKind::PermissionDenied,
        }
    }
}

/// The recorders' directories with names of this kind, a user's number behind it.
fn recorders_in(folder: &Path, prefix: &str, user: u32) -> Places {
    let mut places = Places::default();
    // Where nothing can be listed, there is nothing to add to what was asked for.
    for name in names_in(folder).unwrap_or_default() {
        if user_of(&name, prefix).is_none() {
            continue;
        }
        let directory = folder.join(&name);
        let Ok(metadata) = fs::symlink_metadata(&directory) else {
            continue;
        };
        if !metadata.is_dir() {
            continue;
        }
        let foreign = Foreign {
            directory,
            uid: metadata.uid(),
        };
        if foreign.uid == user {
            places.own.push(foreign.directory);
        } else if foreign.may_hold_some() {
            places.others.push(foreign);
        }
    }
    places
}

fn user_of(name: &str, prefix: &str) -> Option<u32> {
    name.strip_prefix(prefix)?.parse().ok()
}

fn is_recorders_name(path: &Path) -> bool {
    let name = path.file_name().and_then(|it| it.to_str()).unwrap_or("");
    [".storyline-", "storyline-"]
        .iter()
        .any(|prefix| user_of(name, prefix).is_some())
}

/// What kind of a recorder's file has this name: a session's number stands before the kind.
fn kind_of(name: &str) -> Option<&str> {
    let (session, rest) = name.split_once('.')?;
    let is_session = session.len() == 16 && session.bytes().all(|it| it.is_ascii_hexdigit());
    let kind = rest.rsplit('.').next().unwrap_or(rest);
    (is_session && ["head", "ring", "sites", "new"].contains(&kind)).then_some(kind)
}

fn is_recorders(name: &str) -> bool {
    kind_of(name).is_some()
}

/// How many sessions have a head there: after a recovery that left nothing, each is of a process that lives.
pub(super) fn sessions_in(directory: &Path) -> usize {
    let names = names_in(directory).unwrap_or_default();
    let heads = names.iter().filter(|it| kind_of(it) == Some("head"));
    heads.count()
}

fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    let names = entries.filter_map(|it| Some(it.ok()?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    Ok(names)
}

pub(super) fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Input {
        name: path.display().to_string(),
        act: "recover what is in",
        source,
    }
}

fn refused(text: String) -> Error {
    Error::Unrecovered(vec![text])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, chown};

    const HEAD: &str = "00000000000000ab.head";

    struct Scene {
        place: tempfile::TempDir,
        user: u32,
    }

    impl Scene {
        fn new() -> Self {
            Self {
                place: tempfile::tempdir().unwrap(),
                user: user().unwrap(),
            }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.place.path().join(name)
        }

        /// A directory with one file.
        fn directory(&self, name: &str, file: &str) -> PathBuf {
            let directory = self.path(name);
            fs::create_dir_all(&directory).unwrap();
            fs::write(directory.join(file), "").unwrap();
            fs::set_permissions(&directory, fs::Permissions::from_mode(0o700)).unwrap();
            directory
        }

        fn of(&self, path: Option<&Path>) -> Result<Places, String> {
            Places::of(path, self.user, &self.path("shm")).map_err(|it| it.to_string())
        }
    }

    #[test]
    fn a_log_and_its_directory_stand_for_the_recorder_beside_it() {
        let scene = Scene::new();
        let logs = scene.directory("logs", "shop.log");
        let log = logs.join("shop.log");
        let usual = scene.path("shm").join(format!("storyline-{}", scene.user));
        let only = |own: &[&PathBuf]| {
            Ok(Places {
                own: own.iter().map(|it| (*it).clone()).collect(),
                others: Vec::new(),
            })
        };
        assert_eq!(scene.of(Some(&log)), only(&[&usual]));
        let error = scene.of(Some(&logs)).unwrap_err();
        assert!(error.contains("holds no recorder files"), "{error}");
        assert!(error.contains(usual.to_str().unwrap()), "{error}");
        let beside = scene.directory(&format!("logs/.storyline-{}", scene.user), HEAD);
        assert_eq!(scene.of(Some(&log)), only(&[&usual, &beside]));
        assert_eq!(scene.of(Some(&logs)), only(&[&beside]));
        assert_eq!(scene.of(Some(&beside)), only(&[&beside]));
        assert_eq!(scene.of(None), only(&[&usual]));
    }

    #[test]
    fn an_emptied_recorder_is_one_and_a_slip_of_the_pen_is_none() {
        let scene = Scene::new();
        let emptied = scene.path("emptied");
        fs::create_dir(&emptied).unwrap();
        fs::set_permissions(&emptied, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(scene.of(Some(&emptied)).unwrap().own, [emptied]);
        let error = scene.of(Some(&scene.path("emptide"))).unwrap_err();
        assert!(error.contains("no such file or directory"), "{error}");
    }

    #[test]
    fn what_is_open_to_others_is_told_with_its_mode() {
        let scene = Scene::new();
        let directory = scene.directory("recorder", HEAD);
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o750)).unwrap();
        let error = scene.of(Some(&directory)).unwrap_err();
        assert!(error.contains("(mode 750)"), "{error}");
        assert!(!error.contains("remove"), "{error}");
    }

    #[test]
    fn what_belongs_to_others_is_named_with_its_owner() {
        let scene = Scene::new();
        let dead = scene.directory("shm/storyline-1234", HEAD);
        let emptied = scene.directory("shm/storyline-1235", "notes.txt");
        let is_given = chown(&dead, Some(1234), None).is_ok();
        if !is_given {
            // Only the superuser may give things away.
            return;
        }
        chown(&emptied, Some(1235), None).unwrap();
        let foreign = Foreign {
            directory: dead.clone(),
            uid: 1234,
        };
        let advice = format!(
            "`{0}` belongs to uid 1234: recover it as that user: `sudo -u '#1234' storyline recover {0}`",
            dead.display()
        );
        assert_eq!(scene.of(Some(&dead)), Err(advice));
        assert_eq!(scene.of(None).unwrap().others, [foreign]);
        let logs = scene.directory("logs", "shop.log");
        let log = logs.join("shop.log");
        chown(&log, Some(1234), None).unwrap();
        let others = scene.of(Some(&log)).unwrap().others;
        assert_eq!(others.len(), 1, "{others:?}");
        assert_eq!(others[0].directory, dead);
        // Of what is asked for nothing can be done: no success.
        chown(
            scene.directory("logs/.storyline-1234", HEAD),
            Some(1234),
            None,
        )
        .unwrap();
        let error = scene.of(Some(&logs)).unwrap_err();
        assert!(error.contains("belongs to uid 1234"), "{error}");
    }

    #[test]
    fn another_users_usual_place_needs_no_path() {
        let foreign = Foreign {
            directory: PathBuf::from("/dev/shm/storyline-7"),
            uid: 7,
        };
        let advice = foreign.advice();
        assert!(
            advice.ends_with("`sudo -u '#7' storyline recover`"),
            "{advice}"
        );
    }
}
