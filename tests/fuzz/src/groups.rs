//! Groups of fields as a script says them, and which fields a record must have of them.

use std::collections::HashSet;

use storyline::__private::Meta;
use storyline::ValueBuf;
use storyline::fuzzing::group;

use crate::{Script, next_value, sites};

/// Groups inside of groups, so many that a reader is asked for each way to nest them.
const DEEPEST: usize = 4;

/// What was sent at one place of a record.
pub enum Sent {
    /// A value, or none.
    Value(Option<ValueBuf>),
    /// The members of a structure, each with its key.
    Group(Vec<(String, Self)>),
}

/// The next value of a site's key: mostly a group where the key is one's.
pub fn next_sent(
    script: &mut Script<'_>,
    key: &str,
    limit: usize,
    nanos_per_tick: f64,
) -> (Vec<u8>, Sent) {
    sent(script, key, limit, nanos_per_tick, 0)
}

fn sent(
    script: &mut Script<'_>,
    key: &str,
    limit: usize,
    nanos_per_tick: f64,
    depth: usize,
) -> (Vec<u8>, Sent) {
    // An `Option` of a structure may hold none.
    if !key.starts_with("..") || depth == DEEPEST || script.u8() % 8 == 0 {
        let (bytes, value) = next_value(script, limit, nanos_per_tick);
        return (bytes, Sent::Value(value));
    }
    // The last of the numbers is nobody's.
    let index = script.below(sites::GROUPS.len() + 1);
    let number = sites::FIRST_GROUP + u32::try_from(index).expect("few");
    let keys = sites::keys_of(number).unwrap_or_default();
    // There may be more values than keys, or fewer.
    let count = (keys.len() + script.below(4)).saturating_sub(1);
    let (mut values, mut members) = (Vec::new(), Vec::new());
    for position in 0..count {
        let key = match keys.get(position) {
            Some(key) => (*key).to_owned(),
            None => format!("value_{}", position + 1),
        };
        let (bytes, member) = sent(script, &key, limit, nanos_per_tick, depth + 1);
        values.extend(bytes);
        members.push((key, member));
    }
    (group(number, &values), Sent::Group(members))
}

/// One field, and whether it is a member of something.
struct Flat {
    key: String,
    value: ValueBuf,
    is_member: bool,
}

/// The fields of a record: what it has itself comes before what a structure has, and of those the later one.
pub fn expected(meta: &Meta, sent: Vec<(&str, Sent)>) -> Vec<(String, ValueBuf)> {
    let mut all = Vec::new();
    for (key, sent) in sent {
        match sent {
            // Where nobody expects a group, it is passed over.
            Sent::Group(_) if !meta.has_groups => {}
            sent => flatten(key, sent, None, false, &mut all),
        }
    }
    let mut taken: HashSet<String> = all
        .iter()
        .filter(|field| !field.is_member)
        .map(|field| field.key.clone())
        .chain(meta.constants.iter().map(|(key, _)| (*key).to_owned()))
        .collect();
    if !meta.template.is_empty() {
        taken.insert("msg".to_owned());
    }
    let mut fields: Vec<_> = all
        .into_iter()
        .rev()
        .filter(|field| !field.is_member || taken.insert(field.key.clone()))
        .map(|field| (field.key, field.value))
        .collect();
    fields.reverse();
    fields
}

fn flatten(key: &str, sent: Sent, prefix: Option<&str>, is_member: bool, all: &mut Vec<Flat>) {
    let whole = |key: &str| match prefix {
        Some(prefix) => format!("{prefix}.{key}"),
        None => key.to_owned(),
    };
    let name = match key.strip_prefix("..") {
        Some("") => prefix.map(str::to_owned),
        Some(key) => Some(whole(key)),
        None => Some(whole(key)),
    };
    match sent {
        Sent::Value(value) => {
            // A value that no key names is nothing.
            if let (Some(key), Some(value)) = (name, value) {
                all.push(Flat {
                    key,
                    value,
                    is_member,
                });
            }
        }
        Sent::Group(members) => {
            for (key, member) in members {
                flatten(&key, member, name.as_deref(), true, all);
            }
        }
    }
}
