use storyline::timed;

#[timed]
#[unsafe(naked)]
extern "C" fn nothing() {
    core::arch::naked_asm!("ret")
}

// The second error is the compiler's own: on stable nobody can define one.
#[timed]
unsafe extern "C" fn sum(count: usize, _: ...) -> usize {
    count
}

struct Assembly;

// In a block they are left out.
#[timed]
impl Assembly {
    #[unsafe(naked)]
    extern "C" fn nothing() {
        core::arch::naked_asm!("ret")
    }
}

fn main() {
    nothing();
    unsafe { sum(1, 2) };
    Assembly::nothing();
}
