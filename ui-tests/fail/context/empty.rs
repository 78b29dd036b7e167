use storyline::{context, context_of};

fn main() {
    let _guard = context!();
    let _context = context_of!();
}
