use storyline::Fields;

#[derive(Fields)]
struct Login<T> {
    password: T,
    #[field(dbug)]
    user: String,
    pid: u32,
    #[field(skip, hash)]
    note: String,
}

fn main() {
    let login = Login { password: 1, user: String::new(), pid: 2, note: String::new() };
    // What remains of the derive takes it.
    storyline::info!("login_tried", ..login);
}
