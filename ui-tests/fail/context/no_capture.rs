use storyline::{context, context_of};

fn main() {
    struct Tenant;
    let tenant = Tenant;
    let _guard = context!(tenant);
    let _context = context_of!(tenant);
}
