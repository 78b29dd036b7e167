//! The parts that functions and blocks have in common: the statics, the beginning of a call, the
//! judge of its value. Prints, cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Expr;

use super::args::ErrorText;
use super::model::{By, Judge, Timing, slow_nanos};
use crate::hygiene;
use crate::level::Level;
use crate::secret::CheckedField;
use crate::site::{SiteKind, SiteOptions, SiteText};

fn plan() -> Ident {
    hygiene::own("__STORYLINE_PLAN")
}

/// The plan, which holds the site: `static __STORYLINE_PLAN: $p::Plan = $p::Plan::new();`. With percentiles it is
/// `$p::Plan::counting(&$p::SiteOptions { ... })`.
pub(crate) fn static_tokens(timing: &Timing<'_>, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    let plan = plan();
    let options = plan_options(timing, private);
    let given = SiteOptions {
        policy: timing.fields.first().map(CheckedField::policy),
        samples: timing.is_sampled(),
        ..SiteOptions::default()
    };
    let (statics, site) = given.tokens(private);
    let new = site.map_or_else(
        || quote_spanned!(here=> #private::Plan::new()),
        |site| quote_spanned!(here=> #private::Plan::counting(#site)),
    );
    let new = given.watching_tokens(quote_spanned!(here=> #new #options));
    quote_spanned!(here=> #statics static #plan: #private::Plan = #new;)
}

/// What the site of a call says of it.
fn text(timing: &Timing<'_>) -> SiteText {
    let options = timing.options;
    // A function is never left.
    let outcomes = if timing.what == SiteKind::Block { 6 } else { 5 };
    let levels = timing.levels.into_iter().take(outcomes);
    let mut text = SiteText::new(timing.what, levels, &timing.name);
    if let Some(target) = options.text("target") {
        text.target(&target.value());
    }
    for option in options.shown() {
        text.option(&option);
    }
    if let Some(dependency) = options.text("dependency") {
        text.constant("dependency", &dependency.value());
    }
    text.fields(&timing.fields);
    text
}

/// `.err_level($p::Level::Warning).slow(500000000)`: what is not as usual.
fn plan_options(timing: &Timing<'_>, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    let options = timing.options;
    let mut tokens = TokenStream::new();
    if timing.highest != Level::Error {
        let highest = timing.highest.to_tokens(private);
        tokens.extend(quote_spanned!(here=> .highest(#highest)));
    }
    for name in [
        "level",
        "err_level",
        "panic_level",
        "cancel_level",
        "slow_level",
    ] {
        if let Some(level) = options.level(name) {
            let method = Ident::new(name, here);
            let level = level.to_tokens(private);
            tokens.extend(quote_spanned!(here=> .#method(#level)));
        }
    }
    if let Some(slow) = options.slow() {
        let nanos = slow_nanos(slow);
        tokens.extend(quote_spanned!(here=> .slow(#nanos)));
    }
    if let Some(only) = options.only() {
        let [err, slow, panic, cancelled] =
            [only.err, only.slow, only.panic, only.cancelled].map(|it| it.is_some());
        tokens.extend(quote_spanned!(here=> .only(#err, #slow, #panic, #cancelled)));
    }
    tokens
}

/// The beginning of a call: the one load and the one branch, and the fields only after them.
pub(crate) fn begin_tokens(
    timing: &Timing<'_>,
    on_one_stack: bool,
    private: &TokenStream,
) -> TokenStream {
    let here = Span::mixed_site();
    let plan = plan();
    let level = timing.highest.to_tokens(private);
    let pass = hygiene::pass();
    // What judges the value stands in front of the fields.
    let entry = text(timing).entry_tokens(1 + timing.fields.len(), private);
    let announced = timing
        .options
        .span("start")
        .map(|_| quote_spanned!(here=> .announced()));
    // A site that is left out of the build has no text, and nothing that could be summed up.
    let sampled = timing.is_sampled().then(
        || quote_spanned!(here=> else if #level.is_compiled() { #private::Begun::sampled(&#plan) }),
    );
    if timing.fields.is_empty() {
        return quote_spanned! {here=>
            if (&#plan).may_want(#level) {
                #private::Begun::now(&#plan, #entry) #announced
            } #sampled else {
                #private::Begun::off()
            }
        };
    }
    let begin = {
        let door = Ident::new(
            if on_one_stack {
                "with_fields"
            } else {
                "with_own_fields"
            },
            here,
        );
        let values = timing
            .fields
            .iter()
            .rev()
            .fold(quote_spanned!(here=> ()), |rest, field| {
                let user = hygiene::first_span(field.value());
                let capture = field.capture_tokens(&hygiene::path_at(private, user));
                let there = hygiene::at(user);
                quote_spanned!(there=> (#capture, #rest))
            });
        quote_spanned!(here=> #private::Begun::#door(&#plan, #pass, &#values))
    };
    quote_spanned! {here=>
        if let ::core::option::Option::Some(#pass) = (&#plan).wants(#level, #entry) {
            #begin #announced
        } #sampled else {
            #private::Begun::off()
        }
    }
}

/// `$p::judge(value).__storyline_classifier()`: how a value of this type says how its call ended.
pub(crate) fn classifier_tokens(
    judge: &Judge<'_>,
    value: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    match judge.ok_if {
        Some(function) => {
            let judged = hygiene::own("__storyline_judged");
            let outcome = outcome_tokens(judge, function, &judged, private);
            let there = hygiene::at(hygiene::first_span(&function.to_token_stream()));
            let private =
                hygiene::path_at(private, hygiene::first_span(&function.to_token_stream()));
            quote_spanned!(there=> #private::decided(|#judged| #outcome))
        }
        None => by_tokens(judge.by, value, private),
    }
}

/// The same as a function of the value: `|__storyline_value| $p::judge(__storyline_value).__storyline_classifier()`;
/// `here` is where the compiler shows it.
pub(crate) fn judge_tokens(judge: &Judge<'_>, here: Span, private: &TokenStream) -> TokenStream {
    let name = hygiene::own("__storyline_value");
    let value = name.to_token_stream();
    let classifier = classifier_tokens(judge, &value, private);
    let written = judge.value.iter();
    let pattern = if judge.ok_if.is_some() {
        quote_spanned!(here=> _)
    } else {
        value
    };
    quote_spanned!(here=> |#pattern #(: &#written)*| #classifier)
}

/// `$p::ok_if(value, function, $p::judge(value).__storyline_classifier().outcome(value))`
fn outcome_tokens(
    judge: &Judge<'_>,
    function: &Expr,
    value: &Ident,
    private: &TokenStream,
) -> TokenStream {
    // A function of another type is reported where it is named.
    let user = hygiene::first_span(&function.to_token_stream());
    let there = hygiene::at(user);
    let by = by_tokens(judge.by, &value.to_token_stream(), private);
    let private = hygiene::path_at(private, user);
    quote_spanned!(there=> #private::ok_if(#value, #function, #by.outcome(#value)))
}

fn by_tokens(by: By, value: &TokenStream, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    match by {
        By::Type => quote_spanned!(here=> #private::judge(#value).__storyline_classifier()),
        By::LentType => {
            quote_spanned!(here=> #private::judge_lent(#value).__storyline_classifier())
        }
        By::TypeAs(text, asked) => {
            // A bound that is missing is reported where it was asked for.
            let there = hygiene::at(asked);
            let door = match text {
                ErrorText::Debug => "judge_as_debug",
                ErrorText::Display => "judge_as_display",
                ErrorText::None => "judge_unnamed",
            };
            let door = Ident::new(door, there);
            let method = Ident::new("__storyline_classifier", there);
            let private = hygiene::path_at(private, asked);
            quote_spanned!(there=> #private::#door(#value).#method())
        }
        By::Nothing => quote_spanned!(here=> #private::unjudged(#value)),
        By::Never => quote_spanned!(here=> #private::never(#value)),
    }
}
