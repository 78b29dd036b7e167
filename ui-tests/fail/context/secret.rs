use storyline::{context, context_of};

fn main() {
    let token = "t";
    let _guard = context!(token);
    let _context = context_of!(user.password = "x");
}
