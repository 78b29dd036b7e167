use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[go(Paid)]
    Created,
    #[final]
    Paid,
}

#[state_machine(initial = On)]
enum Lamp {
    #[transitions(Off)]
    On,
    #[end]
    Off,
}

fn main() {
    let _ = (Order::Created, Lamp::On);
}
