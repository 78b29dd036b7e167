fn expansion() {
    {
        ::core::compile_error! {
            "the place is read first and assigned to last, so it must not call anything: write `state => ...`, and bind it before the step: `let state = order.state();`"
        }
        ::core::compile_error! {
            "the key `from` is written by `transition!`; take another one, such as `origin = 1`"
        }
        ::core::result::Result::<(), ::storyline::__private::IllegalTransition>::Ok(())
    }
}
