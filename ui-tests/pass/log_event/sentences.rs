//! What the messages about sentences propose, taken as it stands.

use storyline::{error, info};

fn read() -> Result<(), std::io::Error> {
    Err(std::io::Error::other("nobody there"))
}

fn main() {
    let (id, name) = (7, "ada");
    let list = vec![1];
    let path = std::path::Path::new("a/b");
    info!("user_logged_in", "user {name} logged in");
    info!("user", "user {id}: {list}", ?list);
    info!("rows_read_in", "{list_len} rows read in {value:.1} s", list_len = list.len(), value = 0.5);
    info!("user_seen", "user {name} seen", id);
    info!("user_logged_in", "user logged in", user = name);
    info!("opened", "opened {path}", path = %path.display());
    if let Err(e) = read() {
        error!("could_not_read", "could not read {name}: {e}", e: error);
        error!("could_not_read", "could not read: {e}", ?e);
        error!("could_not_read", "could not read: {e:?}");
        error!("error_occurred", "{e}", e: error);
        error!("could_not_read", "could not read: {error}", error: error = e);
    }
}
