fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        let __storyline_from = ::storyline::__private::stand(&order.state);
        let __storyline_next = (&__storyline_from)
            .next((
                Order::PaymentPending {
                    attempt: 1,
                },
            ));
        let __storyline_step = (&__storyline_from).step(&__storyline_next);
        let __storyline_level = (&__storyline_step).level();
        if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_SITE)
            .wants_step(
                __storyline_level,
                const {
                    &::storyline::__private::StepEntry::<
                        _,
                        _,
                        8,
                    >::new(
                        ::core::concat!(
                            "sIE \nvorder_id\n%note\n@", ::core::module_path!(), "\n",
                            ::core::line!(), "\n", ::core::file!()
                        ),
                    )
                },
            )
        {
            ::storyline::__private::emit_step(
                &__STORYLINE_SITE,
                &__storyline_step,
                (&__storyline_step)
                    .values(
                        __storyline_pass,
                        &order.state,
                        (
                            ::storyline::__private::capture(&order.id),
                            (::storyline::__private::capture_display(&note), ()),
                        ),
                    ),
            );
        }
        let __storyline_here = {
            use ::storyline::__private::Here as _;
            (order.state).__storyline_here()
        };
        (&__storyline_step).end(&mut *__storyline_here, __storyline_next)
    }
}
