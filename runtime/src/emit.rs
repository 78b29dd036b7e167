//! The one call of an expansion: from a site and its values to a frame in this thread's ring. Hot.

use crate::level::Level;
use crate::site::Site;
use crate::wire::{Encode, HEADER, Header, MAX_VALUE, Out};
use crate::{clock, context, local, registry};

/// Payloads up to here fit into every ring, so their size needs no second look.
const COMMON: usize = 16 * 1024;

/// Writes one record, which [`Site::wants`] has let through. One copy of this function serves all sites whose values have the same types.
#[inline(never)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "what the values own, like rendered text, ends here"
)]
pub fn emit<V: Encode>(site: &'static Site, level: Level, event: u8, values: V) {
    context::with_block(|block| {
        let len = HEADER + block.len() + values.size(MAX_VALUE);
        if len > COMMON {
            return emit_beside(site, level, event, block, &values);
        }
        let Some(mut producer) = local::take() else {
            return emit_beside(site, level, event, block, &values);
        };
        if producer.reserve(len) || local::wait_for_room(&mut producer, len) {
            let number = producer.committed();
            let out = &mut Out::new(producer.reserved());
            encode(site, level, event, block, &values, MAX_VALUE, number, out);
            producer.commit();
        }
        local::give_back(producer, level);
    });
}

#[inline(always)]
#[expect(
    clippy::too_many_arguments,
    reason = "the parts of a record, which have no other home"
)]
fn encode(
    site: &'static Site,
    level: Level,
    event: u8,
    block: &[u8],
    values: &impl Encode,
    limit: usize,
    number: u64,
    out: &mut Out<'_>,
) {
    Header {
        site: site.id(),
        ticks: clock::now(),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the number counts modulo 2^32"
        )]
        number: number as u32,
        level: level.number(),
        event,
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a context has at most 8 KiB"
        )]
        context_len: block.len() as u16,
    }
    .encode(out);
    out.put_slice(block);
    values.encode(limit, out);
}

/// A record that is large, or whose thread has no ring at hand, is encoded on the heap first. The
/// values of a large one are cut, all to the same length, until it fits into half a ring; one that
/// does not fit without its texts finds no room and is counted so.
#[cold]
#[inline(never)]
fn emit_beside(site: &'static Site, level: Level, event: u8, block: &[u8], values: &impl Encode) {
    registry::beside(|| {
        let needed = |limit| HEADER + block.len() + values.size(limit);
        let mut limit = MAX_VALUE;
        if needed(limit) > COMMON {
            let most = registry::max_payload();
            while needed(limit) > most && limit > 0 {
                limit /= 2;
            }
        }
        let mut payload = vec![0; needed(limit)];
        let out = &mut Out::new(&mut payload);
        encode(site, level, event, block, values, limit, 0, out);
        local::append(site, level, &mut payload);
    });
}
