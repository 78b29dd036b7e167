//! Structures whose members are logged as fields: what `#[derive(Fields)]` implements, and the doors
//! of the code it makes. Hot: the values are encoded in place, like any others.

use std::rc::Rc;
use std::sync::Arc;

use crate::site::{Entry, Site};
use crate::wire::{Encode, Group, Structure};

/// Lets the members of a structure stand in a record as fields of their own.
///
/// ```
/// use storyline::{Fields, log_event, testing::capture};
///
/// #[derive(Fields)]
/// struct Order {
///     id: u64,
///     #[field(rename = "amount_cents")]
///     amount: u64,
///     #[field(mask(last = 4))]
///     card_number: String,
///     #[field(skip)]
///     note: String,
/// }
///
/// let order = Order {
///     id: 7,
///     amount: 500,
///     card_number: "4111111111111234".to_owned(),
///     note: "ring twice".to_owned(),
/// };
/// let logged = capture(|| {
///     log_event!(INFO, "order_created", ..order, provider = "stripe");
///     log_event!(INFO, "order_paid", order: fields);
/// });
/// // order_created | id=7 amount_cents=500 card_number=****1234 provider=stripe
/// logged.assert_logged("order_created").with("id", 7).with("card_number", "****1234");
/// // order_paid | order.id=7 order.amount_cents=500 order.card_number=****1234
/// logged.assert_logged("order_paid").with("order.id", 7);
/// # assert_eq!(logged[0].fields.len(), 4);
/// ```
///
/// `..order` takes the keys as they are; `order: fields`, and `order: fields = expression`, put `order.` in
/// front of each. Both may stand wherever fields may: in [`log_event!`](crate::log_event) and its shorter
/// forms, `#[timed(fields(..order))]`, [`transition!`](crate::transition), [`context!`](crate::context), and
/// more than once in a call.
///
/// # Marks
///
/// | mark | what is recorded of the member |
/// | --- | --- |
/// | none | its value, as [`Capture`](crate::Capture) says |
/// | `#[field(display)]`, `debug`, `serde`, `error` | the same as with `key: display` and its like in a call |
/// | `#[field(fields)]` | the members of a structure that derives `Fields`, as `address.city` |
/// | `#[field(redact)]`, `mask(last = 4)`, `hash` | what keeps a secret out |
/// | `#[field(reveal = "<reason>")]` | its value, though its name is that of a secret |
/// | `#[field(skip)]` | nothing |
/// | `#[field(rename = "amount_cents")]` | the same under another key; goes together with one of the others |
///
/// A member whose name tells of a secret needs one of the marks that settle it, or it is a compile error:
///
/// ```compile_fail
/// #[derive(storyline::Fields)]
/// struct Login {
///     user: String,
///     password: String, // names a secret
/// }
/// ```
///
/// So is a key that records use themselves. `#[fields(crate = path)]` on the structure says where
/// `storyline` is, when it is not `::storyline`. A key that becomes one of these only behind another, as the member
/// `name` does in `thread: fields`, is numbered in the text of the record: `thread.name_2`.
///
/// A member that is harmless alone may be a secret under a key, as `number` is under `card`: `card: fields` does not
/// build where it has no such mark. `cargo check` does not see it.
///
/// # Which value counts
///
/// A record has each key once. What the call itself names, before or after it, comes before the member of a
/// structure with the same key, as do the keys that `#[timed]` and `transition!` write; of two
/// structures, the later one counts. A template cannot name a member of a splat, because no macro can see
/// which there are: `"order {order.id}"` names it through the variable.
///
/// # What can derive it
///
/// Structures with named members, generic or not. A type parameter that is recorded must be one that can
/// be: `T: Capture` for a member `item: T`. A structure that holds others of its own kind cannot take over their fields,
/// which would have no end: its member is skipped, or taken with `debug` or `serde`.
pub use storyline_macros::Fields;

/// A structure whose members can stand in a record as fields of their own: `..order`, `order: fields`.
///
/// Implemented by [`#[derive(Fields)]`](derive@crate::Fields), which says what can be said about each
/// member. References, boxes and shared pointers to such a structure are taken like it; an `Option` of
/// one that holds nothing adds no field to `..order`, and `order=null` to `order: fields`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no fields that a record could take over",
    label = "does not derive `Fields`",
    note = "derive it: `#[derive(storyline::Fields)]` on the structure",
    note = "or list what is to be recorded, such as `order.id, order.total`"
)]
pub trait Fields {
    /// What is copied onto the wire. The derive alone names it: its forms are not public.
    #[doc(hidden)]
    type Wire<'a>: Encode
    where
        Self: 'a;

    /// How the names of members begin that are harmless alone and not under every key, and the members.
    #[doc(hidden)]
    const WEAK: &'static [(&'static str, &'static str)] = &[];

    /// The values to copy.
    #[doc(hidden)]
    fn capture_fields(&self) -> Self::Wire<'_>;
}

/// The door for `..order` and `order: fields`. The wire form is a parameter of its own, as in
/// `capture`.
#[inline(always)]
pub fn capture_fields<'a, T: Fields<Wire<'a> = W> + ?Sized, W>(value: &'a T) -> W {
    value.capture_fields()
}

/// The values of a structure, whose site has their keys. The site gets its number before the first
/// record that carries it, so a reader after a death knows it.
#[inline(always)]
pub fn group<S: Structure, V: Encode, const N: usize, const G: usize>(
    site: &'static Site,
    entry: &'static Entry<V::Kinds, N, G>,
    values: V,
) -> Group<S, V> {
    Group::new(site.number(entry), values)
}

macro_rules! through {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Fields + ?Sized> Fields for $type {
            type Wire<'a> = T::Wire<'a> where Self: 'a;

            const WEAK: &'static [(&'static str, &'static str)] = T::WEAK;

            #[inline(always)]
            fn capture_fields(&self) -> T::Wire<'_> {
                T::capture_fields(self)
            }
        }
    )*};
}

through!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

#[diagnostic::do_not_recommend]
impl<T: Fields> Fields for Option<T> {
    type Wire<'a>
        = Option<T::Wire<'a>>
    where
        Self: 'a;

    const WEAK: &'static [(&'static str, &'static str)] = T::WEAK;

    #[inline(always)]
    fn capture_fields(&self) -> Option<T::Wire<'_>> {
        Some(self.as_ref()?.capture_fields())
    }
}
