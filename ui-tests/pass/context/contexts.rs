//! Contexts bound to threads and futures.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

use storyline::{Context, FutureExt, context, context_of, info};

async fn tenant() -> &'static str {
    "acme"
}

fn sent() -> impl Future<Output = ()> + Send {
    let user_id = 7;
    async move {
        let inner = context_of!(tenant = tenant().await, user_id, "as text" = ?user_id);
        async { info!("inside") }.in_context(inner).await;
    }
}

fn main() {
    let user_id = 7;
    let _guard = context!(user_id, step = %1, password: redact = "x");
    let context: Context = context_of!("any key" = 1.5);
    drop((context, sent()));
}
