fn expansion() {
    {
        ::core::compile_error! {
            "the place is read first and assigned to last, so it must not call anything; bind it first: `let mut state = order.state();`, and write `state` in its place"
        }
        ::core::compile_error! {
            "the key `from` is written by `transition!`; take another one, such as `origin = 1`"
        }
        ::core::result::Result::<(), ::storyline::__private::IllegalTransition>::Ok(())
    }
}
