use storyline::{context, context_of};

fn main() {
    let _guard = context!(request_id = 7);
    let _context = context_of!(service = "x");
}
