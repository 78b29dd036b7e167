//! Requests and bound fields.

use core::future::ready;

use storyline::{FutureExt as _, context, context_of, info, request_scope};

/// Binds fields on a thread.
pub fn bound(tenant: &str, user: u64) {
    let _request = request_scope("abc");
    let _context = context!(tenant, user_id = user, step = %1u8);
    info!("in_context");
}

/// Binds fields to a future.
pub async fn carried(tenant: &str) {
    ready(()).in_context(context_of!(tenant = tenant)).await;
}
