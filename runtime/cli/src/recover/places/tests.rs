//! Scenes of directories, and the places that a path stands for in each.

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
