//! What the end of a call adds to its fields: the same fields for all, in the order of `calls::KEYS`.

use crate::wire::{Encode, Maybe, Out, Rendered, Tag, Ticks, sealed};

/// What a future counts beside the clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Polled {
    pub(super) busy: u64,
    pub(super) polls: u64,
}

/// What an end adds to a call's fields.
#[derive(Clone, Copy)]
pub(super) struct Ending<'a> {
    /// The call went well, and nothing is to be said but how long it took.
    pub(super) is_plain: bool,
    pub(super) duration: Option<Ticks>,
    pub(super) outcome: Option<&'static str>,
    pub(super) error: Option<Rendered<'a>>,
    pub(super) slow: bool,
    pub(super) polled: Option<Polled>,
}

impl Ending<'_> {
    pub(super) fn none() -> Self {
        Self {
            is_plain: false,
            duration: None,
            outcome: None,
            error: None,
            slow: false,
            polled: None,
        }
    }
}

/// The fixed fields. Most calls end well and fast, and what those write
/// after their duration never differs.
impl Encode for Ending<'_> {
    type Kinds = ();

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        if self.is_plain {
            self.duration.size(limit) + PLAIN.len()
        } else {
            self.fields().size(limit)
        }
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        if self.is_plain {
            self.duration.encode(limit, out);
            out.put(PLAIN);
        } else {
            out.through(|out| self.encode_fields(limit, out));
        }
    }
}

impl sealed::Sealed for Ending<'_> {}

/// `outcome=ok` and four fields that are absent, encoded.
const PLAIN: [u8; 11] = {
    let [a, b, c, d] = 2_u32.to_le_bytes();
    let absent = Tag::Absent as u8;
    [
        Tag::Str as u8,
        a,
        b,
        c,
        d,
        b'o',
        b'k',
        absent,
        absent,
        absent,
        absent,
    ]
};

impl Ending<'_> {
    #[inline(always)]
    fn fields(&self) -> impl Encode {
        let busy = self.polled.map(|it| Ticks(it.busy));
        let polls = self.polled.map(|it| it.polls);
        let slow = self.slow.then_some(true);
        (
            Maybe(self.duration),
            (
                Maybe(self.outcome),
                (
                    Maybe(self.error),
                    (Maybe(slow), (Maybe(busy), (Maybe(polls), ()))),
                ),
            ),
        )
    }

    #[inline(never)]
    fn encode_fields<'o>(&self, limit: usize, mut out: Out<'o>) -> Out<'o> {
        self.fields().encode(limit, &mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::KEYS;
    use crate::value::ValueBuf;
    use crate::wire::{MAX_VALUE, decode_value};

    fn encoded(ending: Ending<'_>) -> Vec<u8> {
        let mut bytes = vec![0; ending.size(MAX_VALUE)];
        let mut out = Out::new(&mut bytes);
        ending.encode(MAX_VALUE, &mut out);
        assert_eq!(out.remaining(), 0);
        bytes
    }

    #[test]
    fn every_key_has_its_value() {
        let ending = Ending {
            is_plain: false,
            duration: Some(Ticks(7)),
            outcome: Some("err"),
            error: Some(Rendered {
                text: "declined",
                original_len: 8,
            }),
            slow: true,
            polled: Some(Polled { busy: 5, polls: 3 }),
        };
        let bytes = encoded(ending);
        let mut rest = bytes.as_slice();
        let values: Vec<_> = KEYS
            .into_iter()
            .map(|key| {
                (
                    key,
                    decode_value(&mut rest, 0.5).flatten().map(ValueBuf::from),
                )
            })
            .collect();
        assert!(rest.is_empty());
        let str = |text: &str| Some(ValueBuf::Str(text.to_owned()));
        let expected = [
            ("duration_ms", Some(ValueBuf::Millis(3.5))),
            ("outcome", str("err")),
            ("error", str("declined")),
            ("slow", Some(ValueBuf::Bool(true))),
            ("busy_ms", Some(ValueBuf::Millis(2.5))),
            ("polls", Some(ValueBuf::UInt(3))),
        ];
        assert_eq!(values, expected);
    }

    #[test]
    fn a_plain_end_is_what_the_encoder_writes() {
        let ending = |is_plain| Ending {
            is_plain,
            duration: Some(Ticks(7)),
            outcome: Some("ok"),
            ..Ending::none()
        };
        assert_eq!(encoded(ending(true)), encoded(ending(false)));
    }
}
