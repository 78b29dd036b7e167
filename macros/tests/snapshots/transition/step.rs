fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["state_transition", "illegal_transition"],
                keys: &[
                    "machine",
                    "id",
                    "from",
                    "to",
                    "expected",
                    "in_state_ms",
                    "order_id",
                    "note",
                ],
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
        let __storyline_from = ::storyline::__private::stand(&order.state);
        let __storyline_next = __storyline_from
            .next(Order::PaymentPending {
                attempt: 1,
            });
        let __storyline_step = __storyline_from.step(&__storyline_next);
        let __storyline_level = __storyline_step.level();
        if __storyline_level.is_compiled() && __STORYLINE_SITE.wants(__storyline_level) {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                __storyline_level,
                __storyline_step.event(),
                __storyline_step
                    .values(
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
        __storyline_step.end(&mut *__storyline_here, __storyline_next)
    }
}
