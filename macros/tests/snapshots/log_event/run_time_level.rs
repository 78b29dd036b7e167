fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["request_done"],
                keys: &["status"],
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
        let __storyline_level: ::storyline::__private::Level = pick(&x);
        if __storyline_level.is_compiled() && __STORYLINE_SITE.wants(__storyline_level) {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                __storyline_level,
                0u8,
                (::storyline::__private::capture(&status), ()),
            );
        }
    }
}
