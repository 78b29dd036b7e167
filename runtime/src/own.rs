//! What the runtime itself has to say. It goes the way of every record: a site that asks whether it is wanted,
//! and that leaves a build whose ceiling is above its level.

use crate::emit::emit_own;
use crate::level::Level;
use crate::site::Site;
use crate::wire::Encode;

/// A site of the runtime's own, at the place where it is written.
macro_rules! own_site {
    ($target:literal, $event:literal, [$($key:literal),*]) => {{
        static META: $crate::site::Meta = $crate::site::Meta {
            events: &[$event],
            keys: &[$($key),*],
            has_groups: false,
            constants: &[],
            template: &[],
            target: $target,
            module: module_path!(),
            file: file!(),
            line: line!(),
            gate: None,
            samples: None,
        };
        static SITE: $crate::site::Site = $crate::site::Site::with(&$crate::site::SiteOptions {
            meta: Some(&META),
            ..$crate::site::SiteOptions::NONE
        });
        &SITE
    }};
}

pub(crate) use own_site;

/// What an expansion does at the user's sites: nothing of the values is made unless somebody wants them.
#[inline(always)]
pub(crate) fn emit_if_wanted<V: Encode>(
    site: &'static Site,
    level: Level,
    values: impl FnOnce() -> V,
) {
    if site.wants_known(level) {
        emit_own(site, level, 0, values());
    }
}
