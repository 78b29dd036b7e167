use storyline::{error, info};

fn main() {
    let (id, name) = (7, "ada");
    let list = vec![1];
    info!("user {} logged in", name);
    info!("user {}: {:?}", id, list);
    info!("{} rows read in {:.1} s", list.len(), 0.5);
    info!(id, "user {} seen", name);
    info!(format!("user {name}"));
    info!("user logged in"; "user" => name);
    error!("could not read {}: {}", name, std::fmt::Error);
    error!("could not read: {:?}", std::fmt::Error);
}
