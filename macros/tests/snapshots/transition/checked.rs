fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["state_transition", "illegal_transition"],
                keys: &["machine", "from", "to", "expected", "in_state_ms", "id"],
                constants: &[],
                template: &[],
                target: ::core::module_path!(),
                module: ::core::module_path!(),
                file: ::core::file!(),
                line: ::core::line!(),
                gate: ::core::option::Option::None,
                samples: ::core::option::Option::None,
            },
        );
        let __storyline_from = ::storyline::__private::stand(&*state);
        let __storyline_next = Order::Paid;
        let __storyline_states = __storyline_from.markers(&__storyline_next);
        let __storyline_begin = ::storyline::__private::markers_where(|
                __storyline_state|
            match __storyline_state {
                Order::PaymentPending { .. } => {}
                _ => {}
            })
            .PaymentPending
            .to(&__storyline_states.Paid);
        let __storyline_step = __storyline_from
            .step_from(__storyline_begin, &__storyline_next);
        let __storyline_next = __storyline_next;
        let __storyline_level = __storyline_step.level();
        if __storyline_level.is_compiled() && __STORYLINE_SITE.wants(__storyline_level) {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                __storyline_level,
                __storyline_step.event(),
                __storyline_step
                    .values_own_id(&*state, (::storyline::__private::capture(&7), ())),
            );
        }
        let __storyline_here = {
            use ::storyline::__private::Here as _;
            (*state).__storyline_here()
        };
        __storyline_step.end(&mut *__storyline_here, __storyline_next)
    }
}
