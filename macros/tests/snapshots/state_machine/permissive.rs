enum Lamp {
    On,
    Off,
}
const _: () = {
    mod __storyline_states {
        pub struct On;
        impl On {
            pub fn to<__T>(
                &self,
                _: &__T,
                _: &dyn __storyline_edges::FollowsOn<__T>,
            ) -> ::core::primitive::usize {
                0usize
            }
        }
        impl<__T> __storyline_edges::FollowsOn<__T> for () {}
        pub struct Off;
        impl Off {
            pub fn to<__T>(
                &self,
                _: &__T,
                _: &dyn __storyline_edges::FollowsOff<__T>,
            ) -> ::core::primitive::usize {
                1usize
            }
        }
        impl<__T> __storyline_edges::FollowsOff<__T> for () {}
        pub mod __storyline_edges {
            #[diagnostic::on_unimplemented(
                message = "`Lamp` does not go from `On` to this state",
                label = "`On` goes to `On`",
                note = "to allow it, add the state to the `#[to(...)]` of `On`"
            )]
            pub trait FollowsOn<__T> {}
            #[diagnostic::on_unimplemented(
                message = "`Lamp` does not go from `Off` to this state",
                label = "`Off` goes to `On`",
                note = "to allow it, add the state to the `#[to(...)]` of `Off`"
            )]
            pub trait FollowsOff<__T> {}
        }
    }
    pub struct StatesOfLamp {
        pub On: __storyline_states::On,
        pub Off: __storyline_states::Off,
    }
    impl my::storyline::__private::MachineText for StatesOfLamp {
        const TEXT: &'static ::core::primitive::str = "lamp.main\n>on on\n off on";
    }
    impl my::storyline::__private::Machine for Lamp {
        const TABLE: &'static my::storyline::__private::StateTable = &my::storyline::__private::StateTable::new(
            "lamp.main",
            0usize,
            &[
                my::storyline::__private::State::new("on", &[0usize]),
                my::storyline::__private::State::new("off", &[0usize]),
            ],
        );
        type Markers = StatesOfLamp;
        const MARKERS: StatesOfLamp = StatesOfLamp {
            On: __storyline_states::On,
            Off: __storyline_states::Off,
        };
        fn state_index(&self) -> ::core::primitive::usize {
            match *self {
                Self::On { .. } => 0usize,
                Self::Off { .. } => 1usize,
            }
        }
    }
    #[doc(hidden)]
    #[diagnostic::do_not_recommend]
    impl my::storyline::__private::Place for Lamp {
        type Machine = Self;
        type Markers = StatesOfLamp;
        type Id<'__storyline> = my::storyline::__private::Absent
        where
            Self: '__storyline;
        type InState = my::storyline::__private::Absent;
        fn state_of_place(&self) -> &Self {
            self
        }
        fn id_of_place(&self) -> my::storyline::__private::Absent {
            my::storyline::__private::Absent
        }
        fn time_at_place(&self) -> my::storyline::__private::Absent {
            my::storyline::__private::Absent
        }
        fn enter_place(&mut self, next: Self) {
            *self = next;
        }
    }
    impl Lamp {
        /// The machine as a [Mermaid](https://mermaid.js.org) diagram.
        const MERMAID: &'static ::core::primitive::str = "stateDiagram-v2\n    [*] --> on\n    on --> on\n    off --> on\n";
    }
};
::core::compile_error! {
    "`Of` is not a state of `Lamp`; did you mean `On`?"
}
::core::compile_error! {
    "`Off` cannot be reached from `On`: add it to the `#[to(...)]` of a state that can, or remove it"
}
