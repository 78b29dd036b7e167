//! Storing and reading back a tracked state. Cold. Ticks mean nothing to another process, so the
//! moment at which the state began travels as wall-clock time.

use core::fmt;
use core::marker::PhantomData;
use std::time::SystemTime;

use serde_core::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, SerializeStruct, Serializer};

use super::Tracked;
use crate::clock;
use crate::state::Machine;

const FIELDS: &[&str] = &["id", "state", "since_unix_ms"];

impl<M: Machine + Serialize, I: Serialize> Serialize for Tracked<M, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lasted = i64::try_from(self.time_in_state().as_millis()).unwrap_or(i64::MAX);
        let mut out = serializer.serialize_struct("Tracked", FIELDS.len())?;
        out.serialize_field("id", &self.id)?;
        out.serialize_field("state", &self.state)?;
        out.serialize_field("since_unix_ms", &unix_ms().saturating_sub(lasted))?;
        out.end()
    }
}

impl<'de, M, I> Deserialize<'de> for Tracked<M, I>
where
    M: Machine + Deserialize<'de>,
    I: Deserialize<'de>,
{
    /// `since_unix_ms` may be missing: the state then begins now. So does one from the future.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("Tracked", FIELDS, TrackedVisitor(PhantomData))
    }
}

fn unix_ms() -> i64 {
    match SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |it| -it),
    }
}

/// Ticks since a moment of wall-clock time.
fn ticks_since(since_unix_ms: i64) -> u64 {
    let lasted = unix_ms().saturating_sub(since_unix_ms).max(0);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative; the cast saturates; a rate is no more exact than a float"
    )]
    let ticks = (lasted as f64 / clock::calibration().millis_per_tick()) as u64;
    ticks
}

struct TrackedVisitor<M, I>(PhantomData<fn() -> (M, I)>);

impl<'de, M, I> Visitor<'de> for TrackedVisitor<M, I>
where
    M: Machine + Deserialize<'de>,
    I: Deserialize<'de>,
{
    type Value = Tracked<M, I>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a tracked state: `id`, `state` and `since_unix_ms`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let id = seq
            .next_element()?
            .ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let state = seq
            .next_element()?
            .ok_or_else(|| A::Error::invalid_length(1, &self))?;
        let since: Option<i64> = seq.next_element()?;
        Ok(Tracked::with_elapsed(
            id,
            state,
            since.map_or(0, ticks_since),
        ))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut id = None;
        let mut state = None;
        let mut since = None;
        while let Some(Key(key)) = map.next_key()? {
            match key {
                Some("id") => put(&mut id, "id", &mut map)?,
                Some("state") => put(&mut state, "state", &mut map)?,
                Some(_) => put::<Option<i64>, A>(&mut since, "since_unix_ms", &mut map)?,
                None => {
                    let IgnoredAny = map.next_value()?;
                }
            }
        }
        let id = id.ok_or_else(|| A::Error::missing_field("id"))?;
        let state = state.ok_or_else(|| A::Error::missing_field("state"))?;
        let before = since.flatten().map_or(0, ticks_since);
        Ok(Tracked::with_elapsed(id, state, before))
    }
}

fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    key: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(A::Error::duplicate_field(key));
    }
    *slot = Some(map.next_value()?);
    Ok(())
}

/// One of ours, or something that a later version wrote.
struct Key(Option<&'static str>);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_u64<E>(self, index: u64) -> Result<Key, E> {
                let index = usize::try_from(index).unwrap_or(usize::MAX);
                Ok(Key(FIELDS.get(index).copied()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key, E> {
                Ok(Key(FIELDS.iter().copied().find(|known| *known == text)))
            }

            fn visit_bytes<E>(self, text: &[u8]) -> Result<Key, E> {
                Ok(Key(FIELDS
                    .iter()
                    .copied()
                    .find(|known| known.as_bytes() == text)))
            }
        }

        deserializer.deserialize_identifier(KeyVisitor)
    }
}
