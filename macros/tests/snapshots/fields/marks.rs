const _: () = {
    static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
    #[automatically_derived]
    #[allow(deprecated, private_bounds)]
    impl ::storyline::__private::Fields for Order {
        #[inline]
        fn capture_fields(&self) -> impl ::storyline::__private::Encode {
            ::storyline::__private::group(
                &__STORYLINE_SITE,
                const {
                    &::storyline::__private::Entry::new(
                        ::core::concat!(
                            "f Order\nvid\nvtype\n%a\n?b\njc\ned\nge\nxpassword\nmcard_number\nhtoken\nrpin\n?amount_cents\n@",
                            ::core::module_path!(), "\n", ::core::line!(), "\n",
                            ::core::file!()
                        ),
                    )
                },
                (
                    ::storyline::__private::Member::capture_member(&self.id),
                    (
                        ::storyline::__private::Member::capture_member(&self.r#type),
                        (
                            ::storyline::__private::capture_display(&self.a),
                            (
                                ::storyline::__private::capture_debug(&self.b),
                                (
                                    ::storyline::__private::capture_serde(&self.c),
                                    (
                                        ::storyline::__private::capture_error(&self.d),
                                        (
                                            ::storyline::__private::Fields::capture_fields(&self.e),
                                            (
                                                ::storyline::__private::redact(&self.password),
                                                (
                                                    ::storyline::__private::mask(&self.card_number, 4),
                                                    (
                                                        ::storyline::__private::hash(&self.token),
                                                        (
                                                            ::storyline::__private::Member::capture_member(&self.pin),
                                                            (::storyline::__private::capture_debug(&self.amount), ()),
                                                        ),
                                                    ),
                                                ),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            )
        }
    }
};
