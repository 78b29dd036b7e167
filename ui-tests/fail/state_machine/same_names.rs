//! Two states with one name in records.

use storyline::state_machine;

#[state_machine(initial = HttpError)]
enum Order {
    #[to(HTTPError)]
    HttpError,
    #[terminal]
    HTTPError,
}

fn main() {}
