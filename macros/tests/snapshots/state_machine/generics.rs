/// An order.
#[derive(Debug)]
/**

# The machine `order`

```mermaid
stateDiagram-v2
    [*] --> created
    created --> paid
    created --> cancelled
    paid --> [*]
    cancelled --> [*]
```
*/
pub(crate) enum Order<'a, T: Clone = u8>
where
    T: Copy,
{
    /// Nothing happened.
    Created,
    Paid { amount: T },
    #[deprecated]
    Cancelled(&'a str),
}
const _: () = {
    mod __storyline_states {
        pub struct Created;
        impl Created {
            pub fn to<__T>(
                &self,
                _: &__T,
                _: &dyn __storyline_edges::FollowsCreated<__T>,
            ) -> ::core::primitive::usize {
                0usize
            }
        }
        #[diagnostic::do_not_recommend]
        impl __storyline_edges::FollowsCreated<Paid> for () {}
        #[diagnostic::do_not_recommend]
        impl __storyline_edges::FollowsCreated<Cancelled> for () {}
        pub struct Paid;
        impl Paid {
            pub fn to<__T>(
                &self,
                _: &__T,
                _: &dyn __storyline_edges::FollowsPaid<__T>,
            ) -> ::core::primitive::usize {
                1usize
            }
        }
        #[diagnostic::do_not_recommend]
        impl __storyline_edges::FollowsPaid<()> for () {}
        #[diagnostic::do_not_recommend]
        impl __storyline_edges::FollowsPaid<((),)> for () {}
        pub struct Cancelled;
        impl Cancelled {
            pub fn to<__T>(
                &self,
                _: &__T,
                _: &dyn __storyline_edges::FollowsCancelled<__T>,
            ) -> ::core::primitive::usize {
                2usize
            }
        }
        #[diagnostic::do_not_recommend]
        impl __storyline_edges::FollowsCancelled<()> for () {}
        #[diagnostic::do_not_recommend]
        impl __storyline_edges::FollowsCancelled<((),)> for () {}
        pub mod __storyline_edges {
            #[diagnostic::on_unimplemented(
                message = "`Order` does not go from `Created` to this state",
                label = "`Created` goes to `Paid` and `Cancelled`",
                note = "to allow it, add the state to the `#[to(...)]` of `Created`"
            )]
            pub trait FollowsCreated<__T> {}
            #[diagnostic::on_unimplemented(
                message = "`Order` does not go from `Paid` to this state",
                label = "nothing follows `Paid`",
                note = "to allow it, replace the `#[terminal]` of `Paid` by a `#[to(...)]`"
            )]
            pub trait FollowsPaid<__T> {}
            #[diagnostic::on_unimplemented(
                message = "`Order` does not go from `Cancelled` to this state",
                label = "nothing follows `Cancelled`",
                note = "to allow it, replace the `#[terminal]` of `Cancelled` by a `#[to(...)]`"
            )]
            pub trait FollowsCancelled<__T> {}
        }
    }
    pub struct StatesOfOrder {
        pub Created: __storyline_states::Created,
        pub Paid: __storyline_states::Paid,
        pub Cancelled: __storyline_states::Cancelled,
    }
    impl ::storyline::__private::MachineText for StatesOfOrder {
        const TEXT: &'static ::core::primitive::str = "order\n>created paid cancelled\n paid\n cancelled";
    }
    impl<'a, T: Clone> ::storyline::__private::Machine for Order<'a, T>
    where
        T: Copy,
    {
        const TABLE: &'static ::storyline::__private::StateTable = &::storyline::__private::StateTable::new(
            "order",
            0usize,
            &[
                ::storyline::__private::State::new("created", &[1usize, 2usize]),
                ::storyline::__private::State::new("paid", &[]),
                ::storyline::__private::State::new("cancelled", &[]),
            ],
        );
        type Markers = StatesOfOrder;
        const MARKERS: StatesOfOrder = StatesOfOrder {
            Created: __storyline_states::Created,
            Paid: __storyline_states::Paid,
            Cancelled: __storyline_states::Cancelled,
        };
        #[allow(
            deprecated,
            reason = "a variant that is going away may still be a state"
        )]
        fn state_index(&self) -> ::core::primitive::usize {
            match *self {
                Self::Created { .. } => 0usize,
                Self::Paid { .. } => 1usize,
                Self::Cancelled { .. } => 2usize,
            }
        }
    }
    #[doc(hidden)]
    #[diagnostic::do_not_recommend]
    impl<'a, T: Clone> ::storyline::__private::Place for Order<'a, T>
    where
        T: Copy,
    {
        type Machine = Self;
        type Markers = StatesOfOrder;
        type Id<'__storyline> = ::storyline::__private::Absent where Self: '__storyline;
        type InState = ::storyline::__private::Absent;
        fn state_of_place(&self) -> &Self {
            self
        }
        fn id_of_place(&self) -> ::storyline::__private::Absent {
            ::storyline::__private::Absent
        }
        fn time_at_place(&self) -> ::storyline::__private::Absent {
            ::storyline::__private::Absent
        }
        fn enter_place(&mut self, next: Self) {
            *self = next;
        }
    }
    impl<'a, T: Clone> Order<'a, T>
    where
        T: Copy,
    {
        /// The machine as a [Mermaid](https://mermaid.js.org) diagram.
        pub(crate) const MERMAID: &'static ::core::primitive::str = "stateDiagram-v2\n    [*] --> created\n    created --> paid\n    created --> cancelled\n    paid --> [*]\n    cancelled --> [*]\n";
    }
};
