//! A description as bytes, and back.

use crate::flight::pack::{Pack, Unpack};
use crate::site::Meta;
use crate::template::{Piece, Spec};
use crate::wire::has_groups;

/// The number of a site and what it is.
pub(super) fn describe(id: u32, meta: &Meta) -> Vec<u8> {
    let mut into = Vec::with_capacity(256);
    into.u32(id);
    texts(meta.events, &mut into);
    into.u16(u16::try_from(meta.constants.len()).unwrap_or(u16::MAX));
    for (key, text) in meta.constants {
        into.text(key);
        into.text(text);
    }
    texts(meta.keys, &mut into);
    into.u16(u16::try_from(meta.template.len()).unwrap_or(u16::MAX));
    for piece in meta.template {
        write_piece(*piece, &mut into);
    }
    into.text(meta.target);
    into.text(meta.module);
    into.text(meta.file);
    into.u32(meta.line);
    into
}

fn texts(texts: &[&str], into: &mut Vec<u8>) {
    into.u16(u16::try_from(texts.len()).unwrap_or(u16::MAX));
    for text in texts {
        into.text(text);
    }
}

fn write_piece(piece: Piece, into: &mut Vec<u8>) {
    match piece {
        Piece::Text(text) => {
            into.u8(0);
            into.text(text);
        }
        Piece::Hole(index, spec) => {
            into.u8(1);
            into.u16(index);
            into.text(&spec.to_string());
        }
    }
}

/// The counterpart of [`describe`], behind the number.
pub(super) fn read_kept(content: &'static [u8]) -> Option<&'static Meta> {
    let mut from = Unpack(content);
    let events = read_texts(&mut from)?;
    let mut constants = Vec::new();
    for _ in 0..from.u16()? {
        constants.push((from.text()?, from.text()?));
    }
    let mut keys = read_texts(&mut from)?;
    // What is read is read after a death, and every record of it says so.
    keys.push("recovered");
    let mut template = Vec::new();
    for _ in 0..from.u16()? {
        template.push(read_piece(&mut from)?);
    }
    let (target, module, file) = (from.text()?, from.text()?, from.text()?);
    let line = from.u32()?;
    Some(Box::leak(Box::new(Meta {
        events: events.leak(),
        has_groups: has_groups(&keys),
        keys: keys.leak(),
        constants: constants.leak(),
        template: template.leak(),
        target,
        module,
        file,
        line,
        gate: None,
        samples: None,
    })))
}

fn read_texts(from: &mut Unpack<'static>) -> Option<Vec<&'static str>> {
    let mut texts = Vec::new();
    for _ in 0..from.u16()? {
        texts.push(from.text()?);
    }
    Some(texts)
}

fn read_piece(from: &mut Unpack<'static>) -> Option<Piece> {
    if from.u8()? == 0 {
        return Some(Piece::Text(from.text()?));
    }
    let index = from.u16()?;
    let spec = Spec::read(from.text()?)?;
    Some(Piece::Hole(index, spec))
}
