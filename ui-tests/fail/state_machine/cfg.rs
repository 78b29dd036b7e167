//! A state that is not in every build, and edges that are not: each is told once, and the enum is there.

use storyline::{state_machine, transition};

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[cfg(unix)]
    #[terminal]
    Paid,
}

#[state_machine(initial = On)]
#[cfg_attr(any(), no_such_attribute)]
enum Lamp {
    #[cfg_attr(unix, to(Off, Broken))]
    On,
    #[cfg_attr(unix, cfg(unix), to(On))]
    #[cfg_attr(unix, cfg_attr(any(), to(On)))]
    Off,
    #[cfg_attr(any(), terminal, no_such_attribute)]
    Broken,
    #[cfg(any())]
    #[terminal]
    Gone,
    #[cfg_attr(unix, doc = "gone as well", cfg(any()))]
    #[terminal]
    Lost,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _ = Order::Created;
    let mut lamp = Lamp::On;
    transition!(lamp: On => Lamp::Broken)?;
    transition!(lamp => Lamp::Off)?;
    match lamp {
        Lamp::On | Lamp::Off | Lamp::Broken => {}
    }
    Ok(())
}
