//! Where what is written suggests no name, none is proposed.

use storyline::{info, warn};

fn main() {
    let user = Some("ada");
    warn!("{user:?}");
    info!("Ünïcode");
    info!("123");
    info!("größer: {user:?}");
    info!("größer: 5");
}
