//! The door for fuzz targets: what of the inside they call. Compiled with `--cfg fuzzing` only; see
//! `tests/fuzz`.

pub use crate::flight::fuzzing::{
    Dying, Place, places, read_descriptions, read_frames, read_process,
};

use crate::assemble::{Desk, Source, assemble};
use crate::clock::Calibration;
use crate::format;
use crate::record::Record;
use crate::site::Meta;
use crate::template::Piece;
use crate::wire::{
    ContextView, Encode, Group, Header, Mark, Out, Structure, WireFields, encode_bound,
    encode_head, padded, sealed,
};

/// The bytes of one value.
///
/// # Panics
///
/// When it is not as long as it said.
pub fn encode(value: &impl Encode, limit: usize) -> Vec<u8> {
    let mut bytes = vec![0; value.size(limit)];
    let mut out = Out::new(&mut bytes);
    value.encode(limit, &mut out);
    assert_eq!(out.remaining(), 0, "a value is as long as it says");
    bytes
}

/// Values that are encoded already.
struct Encoded<'a>(&'a [u8]);

impl sealed::Sealed for Encoded<'_> {}
impl Encode for Encoded<'_> {
    type Kinds = ();

    fn size(&self, _: usize) -> usize {
        self.0.len()
    }

    fn encode(&self, _: usize, out: &mut Out<'_>) {
        out.put_slice(self.0);
    }
}

/// A structure of which nobody looks for an entry.
struct Unnamed;

impl Structure for Unnamed {
    const TEXT: &'static str = "";
}

/// The bytes of a group whose keys the site with this number has; its values are encoded.
pub fn group(site: u32, values: &[u8]) -> Vec<u8> {
    encode(&Group::<Unnamed, _>::new(site, Encoded(values)), usize::MAX)
}

/// A context block; the values of the bound fields are encoded.
pub fn context(
    request_id: Option<&str>,
    trace: Option<(&str, &str)>,
    bound: &[(String, Vec<u8>)],
) -> Vec<u8> {
    let mut block = Vec::new();
    encode_head(request_id, trace, &mut block);
    for (key, value) in bound {
        encode_bound(key, value, &mut block);
    }
    block
}

/// What stands in front of a payload's values.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// The number of the site.
    pub site: u32,
    /// The level as a number.
    pub level: u8,
    /// Which of the site's events.
    pub event: u8,
    /// The clock's reading.
    pub ticks: u64,
}

impl Head {
    /// A whole payload; of the context no more than its length can say.
    pub fn payload(self, values: &[u8], context: &[u8]) -> Vec<u8> {
        let context = &context[..context.len().min(usize::from(u16::MAX))];
        let header = Header {
            site: self.site,
            mark: Mark::new(self.level, self.event).with_context(context.len()),
            ticks: self.ticks,
        };
        let mut payload = Vec::new();
        header.repack(values, &[], context, &mut payload);
        assert_eq!(
            payload.len(),
            crate::wire::HEADER + values.len() + padded(context.len())
        );
        payload
    }
}

/// Reads a payload as the background thread does; `groups` knows the keys of the groups in it.
pub fn decode<T>(
    payload: &[u8],
    meta: &'static Meta,
    nanos_per_tick: f64,
    groups: &mut dyn FnMut(u32) -> Option<&'static [&'static str]>,
    read: impl FnOnce(&Record<'_>) -> T,
) -> Option<T> {
    let calibration = Calibration::from_parts(0, 0, nanos_per_tick)?;
    let source = Source {
        service: "fuzz",
        pid: 7,
        thread: "main",
    };
    let (mut desk, mut entries) = (Desk::default(), Vec::new());
    assemble(
        payload,
        meta,
        source,
        &calibration,
        groups,
        &mut desk,
        &mut entries,
    )
    .map(|record| read(&record))
}

/// The text of another template with the values of a payload.
pub fn message(payload: &[u8], meta: &'static Meta, template: &[Piece]) -> Option<String> {
    let (_, context, values) = Header::decode(payload)?;
    let fields = WireFields {
        meta,
        values,
        bound: ContextView::decode(context)?.bound,
        millis_per_tick: 1e-6,
    };
    let mut text = String::new();
    format::render(template, meta.keys, fields, &mut text);
    Some(text)
}
