//! The one call of an expansion: from a site and its values to a frame in this thread's ring. Hot.

use crate::calls::Ended;
use crate::level::Level;
use crate::local::{self, Aside, Room};
use crate::ring::Reserved;
use crate::samples::Sample;
use crate::site::{Entry, Pass, Site};
use crate::state::Step;
use crate::value::Variables;
use crate::wire::{Encode, HEADER, Header, MAX_VALUE, Mark, Out, padded};
use crate::{clock, context, registry};

/// Payloads up to here fit into every ring, and none of their texts is long enough to be cut.
const UNCUT_PAYLOAD: usize = 16 * 1024;

/// A text of a common payload is not compared with a limit.
const NO_LIMIT: usize = usize::MAX;

/// Writes one record, which [`Site::wants`] has let through. The pass makes the kinds of the values those of
/// the site's entry.
#[inline(always)]
pub fn emit<V: Encode>(site: &'static Site, _: Pass<V::Kinds>, level: Level, values: V) {
    emit_marked(site, Mark::new(level.number(), 0), None, values);
}

/// The same for a step, whose values had the pass.
#[inline(always)]
pub fn emit_step<V: Encode>(site: &'static Site, step: &Step, values: V) {
    emit_marked(site, step.mark(), None, values);
}

/// The same for a site without an entry.
#[inline(always)]
pub(crate) fn emit_own<V: Encode>(site: &'static Site, level: Level, event: u8, values: V) {
    emit_marked(site, Mark::new(level.number(), event), None, values);
}

/// Writes one record of variables and literals, if it is wanted. Where reading them runs no code of a user's, a
/// first call is decided behind the call: the caller then keeps nothing over the question.
#[inline(always)]
pub fn emit_variables<V: Variables, const N: usize>(
    site: &'static Site,
    level: Level,
    entry: &'static Entry<V::Kinds, N>,
    variables: V,
) {
    if !variables.are_built_in() {
        if let Some(pass) = site.wants(level, entry) {
            emit(site, pass, level, variables.captured());
        }
    } else if site.may_want(level) {
        let mark = Mark::new(level.number(), 0);
        emit_marked(site, mark, Some(entry.text()), variables.captured());
    }
}

/// One copy of this function serves all sites whose values have the same types. With a text comes a site that may
/// not be decided yet.
#[inline(never)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "what the values own, like rendered text, ends here"
)]
fn emit_marked<V: Encode>(
    site: &'static Site,
    mark: Mark,
    text: Option<&'static &'static str>,
    values: V,
) {
    if site.passes(mark.level()) || is_wanted_now(site, mark, text) {
        values.settle(write(site, mark, None, &values));
    }
}

/// The site is undecided, or was decided otherwise since the look at the call. A call that has asked keeps its answer.
#[cold]
#[inline(never)]
fn is_wanted_now(site: &'static Site, mark: Mark, text: Option<&'static &'static str>) -> bool {
    text.is_none_or(|text| mark.level() >= registry::decide(site, text))
}

/// The same for a record whose moment may be known: the clock is not read a second time then, unless
/// the call had to wait for room. False when the record is lost.
#[inline(always)]
pub(crate) fn emit_at(
    site: &'static Site,
    level: Level,
    event: u8,
    ticks: Option<u64>,
    values: &impl Encode,
) -> bool {
    write(site, Mark::new(level.number(), event), ticks, values)
}

/// Hands over how long a call took of which there is no record. Never waits, and wakes nobody; false when
/// there was no room.
#[inline(always)]
pub(crate) fn sample(site: &'static Site, ended: Ended, ticks: u64) -> bool {
    let reserved = match local::reserve(Sample::BYTES) {
        Some(reserved) => Aside::Found(reserved),
        None => local::make_room_at_once(Sample::BYTES),
    };
    match reserved {
        Aside::Found(mut reserved) => {
            let site = site.id();
            Sample { site, ended, ticks }.encode(&mut Out::new(reserved.bytes()));
            local::commit_unnumbered(reserved);
            true
        }
        Aside::Unheard => true,
        Aside::Missed => false,
    }
}

/// The road of almost every record has no call on it. It is for processors with a counter; elsewhere a
/// ring grants nothing, and every record takes the slow one.
#[inline(always)]
fn write(site: &'static Site, mark: Mark, ticks: Option<u64>, values: &impl Encode) -> bool {
    let context_len = context::block_len();
    let len = HEADER + values.bytes(NO_LIMIT) + padded(context_len);
    let reserved = if len <= UNCUT_PAYLOAD {
        local::reserve(len)
    } else {
        None
    };
    if let Some(reserved) = reserved {
        let ticks = ticks.unwrap_or_else(clock::counter);
        fill(site, mark, ticks, context_len, values, reserved);
        true
    } else {
        write_slowly(site, mark, len, values)
    }
}

#[inline(always)]
fn fill(
    site: &'static Site,
    mark: Mark,
    ticks: u64,
    context_len: usize,
    values: &(impl Payload + ?Sized),
    mut reserved: Reserved,
) {
    let out = &mut Out::new(reserved.bytes());
    encode(site, mark, ticks, context_len, values, NO_LIMIT, out);
    local::commit(reserved, mark.level());
}

#[inline(always)]
fn encode(
    site: &'static Site,
    mark: Mark,
    ticks: u64,
    context_len: usize,
    values: &(impl Payload + ?Sized),
    limit: usize,
    out: &mut Out<'_>,
) {
    Header {
        site: site.id(),
        mark: mark.with_context(context_len),
        ticks,
    }
    .encode(out);
    values.put(limit, out);
    if context_len > 0 {
        context::copy_block(context_len, out);
    }
}

/// The values of a record as the slow road sees them: it is compiled once, and not for each shape.
trait Payload {
    /// [`Encode::size`]
    fn bytes(&self, limit: usize) -> usize;

    /// [`Encode::encode`]
    fn put(&self, limit: usize, out: &mut Out<'_>);
}

impl<V: Encode> Payload for V {
    #[inline(always)]
    fn bytes(&self, limit: usize) -> usize {
        self.size(limit)
    }

    #[inline(always)]
    fn put(&self, limit: usize, out: &mut Out<'_>) {
        self.encode(limit, out);
    }
}

/// The ring has no room, or is not the place for this record.
#[cold]
#[inline(never)]
fn write_slowly(site: &'static Site, mark: Mark, len: usize, values: &dyn Payload) -> bool {
    let room = if len <= UNCUT_PAYLOAD {
        local::make_room(len)
    } else {
        Room::Beside
    };
    match room {
        Room::Found(reserved) => {
            let context_len = context::block_len();
            fill(site, mark, clock::now(), context_len, values, reserved);
            true
        }
        Room::Lost => false,
        Room::Beside => write_beside(site, mark, values),
    }
}

/// A record that is large, or whose thread has no ring at hand, is encoded on the heap first. The
/// values of a large one are cut, all to the same length, until it fits into half a ring; one that
/// does not fit without its texts finds no room and is counted so.
fn write_beside(site: &'static Site, mark: Mark, values: &dyn Payload) -> bool {
    let is_written = registry::beside(|| {
        let context_len = context::block_len();
        let needed = |limit| HEADER + values.bytes(limit) + padded(context_len);
        let mut limit = MAX_VALUE;
        if needed(limit) > UNCUT_PAYLOAD {
            let most = registry::max_payload();
            while needed(limit) > most && limit > 0 {
                limit /= 2;
            }
        }
        let mut payload = vec![0; needed(limit)];
        let out = &mut Out::new(&mut payload);
        encode(site, mark, clock::now(), context_len, values, limit, out);
        local::append(site, mark.level(), &payload)
    });
    is_written.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::OFF;
    use crate::site::STEP;

    /// As when another thread decides between the look at the call and this one.
    #[test]
    fn what_was_switched_off_behind_the_look_is_left_out() {
        static SITE: Site = Site::with(STEP);
        static TEXT: &str = "";
        let info = Mark::new(Level::Info.number(), 0);
        let is_written = |text| SITE.passes(info.level()) || is_wanted_now(&SITE, info, text);
        for (threshold, is_wanted) in [(1, true), (Level::Info.number(), true), (OFF, false)] {
            SITE.decide(threshold);
            assert_eq!(is_written(Some(&TEXT)), is_wanted, "{threshold}");
            assert!(is_written(None), "the call has asked");
        }
    }
}
