fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        let __storyline_from = ::storyline::__private::stand(&*state);
        let (__storyline_states, __storyline_type, __storyline_next) = (&__storyline_from)
            .marked(Order::Paid);
        let __storyline_begin = (&::storyline::__private::markers_of_pattern(
                __storyline_states,
                __storyline_type,
                |__storyline_state| match __storyline_state {
                    Order::PaymentPending { .. } => {}
                    _ => {}
                },
            )
            .PaymentPending)
            .to(&__storyline_states.Paid, &());
        let __storyline_step = (&__storyline_from)
            .step_from(__storyline_begin, &__storyline_next);
        let __storyline_level = (&__storyline_step).level();
        if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_SITE)
            .wants_step(
                __storyline_level,
                const {
                    &::storyline::__private::StepEntry::<
                        _,
                        _,
                        6,
                    >::new(
                        ::core::concat!(
                            "sIE \nvid\n@", ::core::module_path!(), "\n",
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
                    .values_own_id(
                        __storyline_pass,
                        &*state,
                        (::storyline::__private::capture(&7), ()),
                    ),
            );
        }
        let __storyline_here = {
            use ::storyline::__private::Here as _;
            (*state).__storyline_here()
        };
        (&__storyline_step).end(&mut *__storyline_here, __storyline_next)
    }
}
