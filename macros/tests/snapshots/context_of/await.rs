fn expansion() {
    match (&(find().await), &user_id) {
        (__storyline_0, __storyline_1) => {
            ::storyline::__private::bind(
                &["tenant", "user_id"],
                (
                    ::storyline::__private::capture(__storyline_0),
                    (::storyline::__private::capture(__storyline_1), ()),
                ),
            )
        }
    }
}
