//! What a storage is told while directives change.

use super::*;
use crate::level::Level;
use crate::site::STEP;

static SITE: Site = Site::with(STEP);

/// Keeps what it is told of the site, and whether the site lets a WARNING through meanwhile.
#[derive(Default)]
struct Told(std::sync::Mutex<Vec<(&'static str, u8, bool)>>);

impl Told {
    fn add(&self, what: &'static str, threshold: u8) {
        let lets_through = SITE.wants_known(Level::Warning);
        let mut told = self.0.lock().expect("no panic");
        told.push((what, threshold, lets_through));
    }
}

impl Storage for Told {
    fn ring(&self, _: usize, _: &str) -> Option<(u32, Arc<dyn Memory>)> {
        None
    }

    fn describe(&self, _: &'static Site, threshold: u8) {
        self.add("described", threshold);
    }

    fn lower(&self, _: &'static Site, threshold: u8) {
        self.add("lowered", threshold);
    }
}

#[test]
fn what_is_recorded_is_lowered_before_a_site_is_asked_again() {
    let told = Arc::new(Told::default());
    let mut registry = Registry {
        new_rings: Vec::new(),
        sites: Vec::new(),
        thresholds: Some(Arc::new(|_| Level::Error.number())),
        wiring: None,
        storage: Some(told.clone()),
        captures: 0,
        has_samples: false,
        dormant: None,
        last_resort: None,
    };
    let threshold = registry.threshold(&SITE);
    SITE.decide(threshold);
    registry.number(&SITE, threshold);
    registry.set_thresholds(Arc::new(|_| Level::Debug.number()));
    let told = told.0.lock().expect("no panic").clone();
    assert_eq!(told, [("described", 40, false), ("lowered", 10, false)]);
}
