//! Prints what a timed function becomes. Cannot fail.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote_spanned};
use syn::ext::IdentExt;

use super::item::{Body, Function};
use super::model::Timing;
use super::plan;
use super::signature::{self, Carried};
use super::subject::{Annotation, Shape, Subject};
use crate::hygiene;

/// Prints
///
/// ```text
/// fn charge(user_id: u64) -> Result<Receipt, Error> {
///     static __STORYLINE_PLAN: $p::Plan = $p::Plan::new();
///     let __storyline_guard = $p::OnUnwind::new(if (&__STORYLINE_PLAN).may_want($p::Level::Error) {
///         $p::Begun::now(&__STORYLINE_PLAN, const { ... })
///     } else {
///         $p::Begun::off()
///     });
///     let __storyline_value = $p::run((user_id,), move |(user_id,)| -> Result<Receipt, Error> { body });
///     __storyline_guard.end(&__storyline_value, $p::judge(&__storyline_value).__storyline_classifier());
///     return __storyline_value
/// }
/// ```
///
/// The `return` is for those who have clippy ask for it everywhere; nobody takes one that a macro wrote for
/// needless.
pub(crate) fn function_tokens(
    function: &Function,
    subject: &Subject,
    timing: &Timing<'_>,
    private: &TokenStream,
) -> TokenStream {
    let Body::Block { attributes, block } = &function.body else {
        return function.to_token_stream();
    };
    let moves = matches!(
        subject.shape,
        Shape::Closure(_) | Shape::Future | Shape::Boxed(_)
    );
    let mut tokens = TokenStream::new();
    tokens.append_all(&function.attributes);
    function.visibility.to_tokens(&mut tokens);
    function.default.to_tokens(&mut tokens);
    let is_async = matches!(subject.shape, Shape::Async(_) | Shape::AsyncNever);
    signature::with_outer(&function.signature, |argument| {
        let moves = moves || is_async && is_taken(subject, argument);
        moves.then(|| outer_name(subject, &argument.name))
    })
    .to_tokens(&mut tokens);
    // What stood at the beginning of the body stays there: it is said of the whole function.
    let mut inside = TokenStream::new();
    inside.append_all(attributes);
    inside.extend(plan::static_tokens(timing, private));
    inside.extend(body_tokens(subject, timing, block, private));
    let mut braces = Group::new(Delimiter::Brace, inside);
    braces.set_span(block.span());
    tokens.append(TokenTree::Group(braces));
    tokens
}

fn body_tokens(
    subject: &Subject,
    timing: &Timing<'_>,
    block: &Group,
    private: &TokenStream,
) -> TokenStream {
    let here = Span::mixed_site();
    // Where the compiler speaks of the value that is given back, it shows the signature.
    let there = hygiene::at(subject.returned);
    let at_return = hygiene::path_at(private, subject.returned);
    let guard = hygiene::own("__storyline_guard");
    let inner = inner_tokens(block);
    match &subject.shape {
        Shape::Closure(annotation) => {
            let begin = plan::begin_tokens(timing, true, private);
            let arguments = arguments_tokens(subject);
            let closure = closure_tokens(subject, annotation, block, private);
            let value = hygiene::own("__storyline_value");
            let classifier =
                plan::classifier_tokens(&timing.judge, &quote_spanned!(here=> &#value), private);
            let mut given_back = value.clone();
            given_back.set_span(there);
            let returns = quote_spanned!(there=> return #given_back);
            quote_spanned! {here=>
                let #guard = #private::OnUnwind::new(#begin);
                let #value = #private::run(#arguments, #closure);
                #guard.end(&#value, #classifier);
                #returns
            }
        }
        Shape::Future | Shape::Boxed(_) => {
            let (door, annotation) = match &subject.shape {
                Shape::Boxed(annotation) => ("run_boxed", annotation),
                _ => ("run_future", &Annotation::Unknown),
            };
            let door = Ident::new(door, there);
            let begin = plan::begin_tokens(timing, false, private);
            let arguments = arguments_tokens(subject);
            let closure = closure_tokens(subject, annotation, block, private);
            let judge = plan::judge_tokens(&timing.judge, there, private);
            quote_spanned!(there=> return #at_return::#door(#begin, #arguments, #closure, #judge))
        }
        Shape::Guarded => {
            let begin = plan::begin_tokens(timing, true, private);
            quote_spanned!(here=> let #guard = #private::OnExit::of_function(#begin); #inner)
        }
        Shape::Callable => {
            let begin = plan::begin_tokens(timing, true, private);
            // Without a `match` around it: a closure in its arm would not be read with the signature in mind.
            let inner = block.stream();
            quote_spanned!(here=> let #guard = #private::OnExit::of_callable(#begin); #inner)
        }
        Shape::Never => {
            let begin = plan::begin_tokens(timing, true, private);
            quote_spanned!(here=> let #guard = #private::OnUnwind::of_never(#begin); #inner)
        }
        Shape::Async(annotation) => {
            let begin = plan::begin_tokens(timing, false, private);
            let early = match annotation {
                Annotation::Unit => Some(quote_spanned!(here=> ())),
                Annotation::Type(written) => Some(written.to_token_stream()),
                Annotation::Unknown => None,
            };
            let future = async_tokens(early, &kept_tokens(subject), block, private);
            let judge = plan::judge_tokens(&timing.judge, there, private);
            quote_spanned!(there=> return #at_return::Timed::new(#begin, #future, #judge).await)
        }
        Shape::AsyncNever => {
            let begin = plan::begin_tokens(timing, false, private);
            let early = quote_spanned!(here=> ::core::convert::Infallible);
            let future = async_tokens(Some(early), &kept_tokens(subject), block, private);
            let judge = plan::judge_tokens(&timing.judge, there, private);
            quote_spanned!(here=> match #private::Timed::new(#begin, #future, #judge).await {})
        }
    }
}

/// The body after statements of ours. As the arm of a `match` its braces are not taken for needless
/// ones.
fn inner_tokens(block: &Group) -> TokenStream {
    quote_spanned!(at_value(block)=> match () { () => #block })
}

/// Where a body gives its value: what surrounds it stands there, too, for what the compiler says of the value.
fn at_value(block: &Group) -> Span {
    let last = block.stream().into_iter().last();
    hygiene::at(last.map_or_else(|| block.span_close(), |token| token.span()))
}

/// `(user_id, amount,)`
fn arguments_tokens(subject: &Subject) -> TokenStream {
    let names = subject
        .carried
        .iter()
        .map(|it| outer_name(subject, &it.name));
    quote_spanned!(Span::mixed_site()=> (#(#names,)*))
}

/// Whether nobody reads an argument: by its name, or as the body is written.
fn is_kept(subject: &Subject, name: &Ident) -> bool {
    subject.unread.contains(name)
        || name.to_string().starts_with('_') && !subject.recorded.contains(name)
}

/// Whether a future makes a variable of an argument, instead of capturing it where the body names it.
fn is_taken(subject: &Subject, argument: &Carried) -> bool {
    argument.mutability.is_some() || is_kept(subject, &argument.name)
}

/// What an argument is called outside of the body: the same, but nobody's name but ours, or the one inside
/// would be said to hide it, and one that nobody reads to be read. The user's own where a field says it.
fn outer_name(subject: &Subject, name: &Ident) -> Ident {
    if subject.named.contains(name) {
        name.clone()
    } else {
        // An argument may have the name of one of our variables.
        let text = name.to_string();
        let span = hygiene::at(name.span());
        if text.starts_with("__storyline") {
            Ident::new(&format!("_{text}"), span)
        } else {
            let mut ours = name.clone();
            ours.set_span(span);
            ours
        }
    }
}

/// `move |(user_id, mut amount,)| -> R { body }`. The patterns are the user's own, so that an unused
/// argument is reported as it would be without us.
fn closure_tokens(
    subject: &Subject,
    annotation: &Annotation,
    block: &Group,
    private: &TokenStream,
) -> TokenStream {
    let here = Span::mixed_site();
    let patterns = subject.carried.iter().map(|it| {
        let mutability = &it.mutability;
        let name = &it.name;
        quote_spanned!(here=> #mutability #name)
    });
    let capture = word_at_body("move", block);
    let body = if subject.recorded.is_empty() {
        block.to_token_stream()
    } else {
        let recorded = &subject.recorded;
        let inner = inner_tokens(block);
        quote_spanned!(here=> { #(#private::used(&#recorded);)* #inner })
    };
    match annotation {
        Annotation::Unit => {
            quote_spanned!(here=> #capture |(#(#patterns,)*)| -> () #body)
        }
        Annotation::Type(written) => {
            quote_spanned!(here=> #capture |(#(#patterns,)*)| -> #written #body)
        }
        // Without a type a closure needs no braces, but the user's block has them.
        Annotation::Unknown => quote_spanned!(here=> #capture |(#(#patterns,)*)| #body),
    }
}

/// `move` or `async`, at the place of the body: what the compiler and clippy look for in the user's code they then
/// look for in this closure or future, too.
fn word_at_body(word: &str, block: &Group) -> Ident {
    Ident::new(word, block.span_open())
}

/// The future takes along what nobody reads, so that it is held as long as the future is, and dropped
/// when the body is done. What changes becomes a variable, since the compiler wants a change of something
/// captured to be read.
fn kept_tokens(subject: &Subject) -> TokenStream {
    let kept = subject
        .carried
        .iter()
        .filter(|it| is_taken(subject, it))
        .map(|it| {
            let Carried { mutability, name } = it;
            let outer = outer_name(subject, name);
            let is_used = subject.unread.contains(name) && subject.recorded.contains(name);
            let variable = if is_used {
                // One of the user's would be said to be unused.
                let ours = hygiene::local(name.unraw());
                quote_spanned!(Span::mixed_site()=> #ours)
            } else {
                quote_spanned!(Span::mixed_site()=> #mutability #name)
            };
            quote_spanned!(Span::mixed_site()=> let #variable = ::core::convert::identity(#outer);)
        });
    quote_spanned!(Span::mixed_site()=> #(#kept)*)
}

/// `async move { match $p::unreturned() { Some(()) => return $p::absent::<R>(), None => {} } match () { () => { body } } }`:
/// after the return that never happens the compiler knows what the body is to give, as in an `async fn`: closures in it
/// have their types, boxes become those of traits, and a wrong type is reported at the user's own line. No variable
/// has that type: it would live across each `.await`, and a `Result` whose error is not `Send` would keep the future
/// from being `Send`.
fn async_tokens(
    early: Option<TokenStream>,
    kept: &TokenStream,
    block: &Group,
    private: &TokenStream,
) -> TokenStream {
    let here = Span::mixed_site();
    let starts = word_at_body("async", block);
    let capture = word_at_body("move", block);
    let Some(written) = early else {
        let inner = inner_tokens(block);
        return quote_spanned!(here=> #starts #capture { #kept #inner });
    };
    // Where the compiler says that the type comes from here, it shows the signature.
    let user = hygiene::first_span(&written);
    let absent = hygiene::path_at(private, user);
    let returns = quote_spanned!(hygiene::at(user)=> return #absent::absent::<#written>());
    let early = quote_spanned! {here=>
        match #private::unreturned() {
            ::core::option::Option::Some(()) => #returns,
            ::core::option::Option::None => {}
        }
    };
    let inner = inner_tokens(block);
    quote_spanned!(here=> #starts #capture { #kept #early #inner })
}
