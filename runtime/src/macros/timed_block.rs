//! Blocks that are timed.

/// Records a block as [`timed`](macro@crate::timed) records a function, and gives the block's value.
///
/// `timed_block!("name", [option, ...] { ... })`. The options are those of `#[timed]`, without `name`,
/// `cancel_level`, `future` and `crate`.
///
/// ```
/// use storyline::timed_block;
///
/// fn orders(user_id: u64) -> Result<usize, std::num::ParseIntError> {
///     let count = timed_block!("db_fetch_user_orders", fields(user_id), slow = "50ms", {
///         "12".parse::<usize>()
///     })?;
///     Ok(count)
/// }
///
/// let logged = storyline::testing::capture(|| {
///     assert_eq!(orders(7), Ok(12));
/// });
/// assert_eq!(logged[0].event, "function_complete");
/// ```
///
/// Judged is the value of the block, like a function's, so let that be the `Result`, and have the `?` behind the block.
///
/// The block stays where it is: `?`, `return`, `break` and `.await` mean what they mean outside. A block
/// that is left by one of the first three, or because its future was dropped, looks the same from inside each time:
/// the outcome is then `left`, at `level`. With `only(...)`, a block that was left counts as an error and as a
/// cancellation.
///
/// The type of the value must be known where the block ends: where it would follow from a later line only,
/// write it down, as in `let count: usize = timed_block!(...)`.
#[macro_export]
macro_rules! timed_block {
    ($($tokens:tt)*) => {
        $crate::__private::timed_block!(($crate) $($tokens)*)
    };
}
