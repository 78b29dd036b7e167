//! What a dead process left beside its head: rings, and what its call sites are.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::Dead;
use crate::clock::{self, Calibration};
use crate::flight::dead_ring::DeadRing;
use crate::flight::directory::index_of;
use crate::flight::intent::head_bytes;
use crate::flight::recover::read_up_to;
use crate::flight::sites::{self, Described};
use crate::flight::{calibration, roster};
use crate::record::Timestamp;
use crate::sys::{mapping::Mapping, space};
use crate::wire::Header;

/// What it left beside its head.
pub(super) struct Left {
    pub(super) rings: Vec<DeadRing>,
    /// Rings that are gone, or cannot be read.
    pub(super) lost_rings: u64,
    pub(super) sites: HashMap<u32, Described>,
    /// For notes of what a recovery is about to write.
    pub(super) head: Arc<Mapping>,
}

/// Says which file an error is about.
fn of_file(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}

impl Dead<'_> {
    pub(super) fn others(&self, ending: &str) -> io::Result<Vec<(String, u32)>> {
        let names = self.directory.names()?;
        let of_session = names.into_iter().filter_map(|name| {
            let index = index_of(&name, self.session, ending)?;
            Some((name, index))
        });
        Ok(of_session.collect())
    }

    /// All rings, or none: what cannot be read now may be readable later, and must not be taken for
    /// drained.
    fn rings(&self) -> io::Result<Vec<DeadRing>> {
        let rings = self.others("ring")?.into_iter();
        let read = rings.map(|(name, index)| {
            let path = self.directory.path.join(&name);
            DeadRing::read(self.directory, self.session, name, index)
                .map_err(|error| of_file(&path, &error))
        });
        read.collect()
    }

    fn sites(&self) -> io::Result<HashMap<u32, Described>> {
        let mut all = HashMap::new();
        for (name, _) in self.others("sites")? {
            let path = self.directory.path.join(&name);
            let file = self.directory.open_file(&name);
            let file = file.map_err(|error| of_file(&path, &error))?;
            let bytes = read_up_to(&file, sites::FILE_BYTES)?;
            all.extend(sites::read(&bytes).into_iter().map(|site| (site.id, site)));
        }
        Ok(all)
    }

    pub(super) fn calibration(&self) -> Calibration {
        calibration::read(&self.head).unwrap_or_else(clock::calibration)
    }

    pub(super) fn left(&self) -> io::Result<Left> {
        let rings = self.rings()?;
        let is_whole = |index: &u32| {
            let mut readable = rings.iter().filter(|ring| !ring.is_unreadable);
            readable.any(|ring| ring.label.index == *index)
        };
        let named = roster::read(&self.head).into_iter();
        let lost_rings = named.filter(|index| !is_whole(index)).count() as u64;
        Ok(Left {
            rings,
            // Who ends removes them himself.
            lost_rings: if self.has_ended() { 0 } else { lost_rings },
            sites: self.sites()?,
            head: Arc::new(self.map_head()?),
        })
    }

    /// Makes whole what was cut off behind the identity: zeros are no notes.
    fn map_head(&self) -> io::Result<Mapping> {
        let len = head_bytes(self.process.logs.len());
        if self.head_file.metadata()?.len() < len as u64 {
            space::allocate(&self.head_file, len)?;
        }
        Mapping::new(&self.head_file, len).map_err(|error| {
            io::Error::new(error.kind(), format!("no notes can be taken: {error}"))
        })
    }

    /// When the last record was made that is in any ring.
    pub(super) fn last_record(&self, rings: &[DeadRing]) -> Option<Timestamp> {
        let calibration = self.calibration();
        let frames = rings.iter().flat_map(|ring| ring.unsettled(None));
        let ticks = frames.filter_map(|frame| Header::ticks(frame.payload));
        ticks.map(|ticks| calibration.timestamp(ticks)).max()
    }
}
