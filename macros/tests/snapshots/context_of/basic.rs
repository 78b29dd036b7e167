fn expansion() {
    ::storyline::__private::bind(
        &["tenant", "user_id", "mode"],
        (
            ::storyline::__private::capture(&t),
            (
                ::storyline::__private::capture(&user_id),
                (::storyline::__private::capture_debug(&mode), ()),
            ),
        ),
    )
}
