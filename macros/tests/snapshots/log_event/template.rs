fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["slow_query"],
                keys: &["table", "error", "ms", "rows"],
                constants: &[],
                template: &[
                    ::storyline::__private::Piece::Hole(
                        0u16,
                        ::storyline::__private::Spec::PLAIN,
                    ),
                    ::storyline::__private::Piece::Text(" took "),
                    ::storyline::__private::Piece::Hole(
                        2u16,
                        ::storyline::__private::Spec {
                            fill: ' ',
                            align: ::storyline::__private::Align::Right,
                            plus: false,
                            alternate: false,
                            zero: false,
                            width: 8u16,
                            precision: ::core::option::Option::Some(2u16),
                            radix: ::storyline::__private::Radix::Decimal,
                        },
                    ),
                    ::storyline::__private::Piece::Text(" ms {really}: "),
                    ::storyline::__private::Piece::Hole(
                        1u16,
                        ::storyline::__private::Spec::PLAIN,
                    ),
                ],
                target: ::core::module_path!(),
                module: ::core::module_path!(),
                file: ::core::file!(),
                line: ::core::line!(),
                gate: ::core::option::Option::None,
                samples: ::core::option::Option::None,
            },
        );
        if ::storyline::__private::Level::Warning.is_compiled()
            && __STORYLINE_SITE.wants(::storyline::__private::Level::Warning)
        {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                ::storyline::__private::Level::Warning,
                0u8,
                (
                    ::storyline::__private::capture(&table),
                    (
                        ::storyline::__private::capture_debug(&error),
                        (
                            ::storyline::__private::capture(&(took.as_millis())),
                            (::storyline::__private::capture(&rows), ()),
                        ),
                    ),
                ),
            );
        }
    }
}
