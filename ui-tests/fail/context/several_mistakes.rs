use storyline::context;

fn main() {
    let tenant = "acme";
    let _guard = context!(tenant, tenant, pid = 7, f(1), user tenant);
}
