//! What threads need of a session: rings, and places for the descriptions of sites.

use std::sync::Arc;

use super::{Session, State};
use crate::flight::ring_file::RingFile;
use crate::flight::sites::Place;
use crate::registry::Storage;
use crate::ring::Memory;
use crate::site::Site;

impl Storage for Session {
    fn ring(&self, data: usize, thread: &str) -> Option<(u32, Arc<dyn Memory>)> {
        let mut state = self.state();
        if state.is_closed {
            return None;
        }
        let index = state.rings;
        state.rings += 1;
        match RingFile::create(&self.directory, self.id, index, data, thread) {
            Ok(mut ring) => {
                ring.enter(&self.head, index);
                Some((index, Arc::new(ring)))
            }
            Err(error) => {
                let text = format!(
                    "no room for another ring in `{}`: {error}: of new threads a kill loses what is not yet \
                     written; make room, or name a place with `Recorder::at(..)`",
                    self.directory.path.display()
                );
                if !core::mem::replace(&mut state.lacks_rings, true) {
                    state.problems.push(text);
                }
                None
            }
        }
    }

    fn describe(&self, site: &'static Site, threshold: u8) {
        let mut state = self.state();
        if state.is_closed {
            return;
        }
        let id = site.id();
        let place = self.describe_in(&mut state, id, threshold, site);
        let index = usize::try_from(id).unwrap_or(0).wrapping_sub(1);
        if index < usize::from(u16::MAX) * 64 {
            if state.places.len() <= index {
                state.places.resize(index + 1, None);
            }
            state.places[index] = place;
        }
    }

    fn lower(&self, site: &'static Site, threshold: u8) {
        self.change(site.id(), |file, place| file.lower(place, threshold));
    }
}

impl Session {
    fn describe_in(
        &self,
        state: &mut State,
        id: u32,
        threshold: u8,
        site: &'static Site,
    ) -> Option<(usize, Place)> {
        for _ in 0..2 {
            let last = state.sites.len().checked_sub(1)?;
            if let Some(place) = state.sites[last].append(id, threshold, site.meta()) {
                return Some((last, place));
            }
            if let Err(error) = self.add_sites_file(state) {
                let text = format!(
                    "no room to describe call sites in `{}`: {error}",
                    self.directory.path.display()
                );
                if !core::mem::replace(&mut state.lacks_sites, true) {
                    state.problems.push(text);
                }
                return None;
            }
        }
        None
    }
}
