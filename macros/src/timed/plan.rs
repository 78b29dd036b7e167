//! The parts that functions and blocks have in common: the statics, the beginning of a call, the
//! judge of its value. Prints, cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use super::args::ErrorText;
use super::model::{By, Judge, Timing, slow_nanos};
use crate::field::first_span;
use crate::hygiene;
use crate::site::{Given, SiteText};

fn plan() -> Ident {
    hygiene::own("__STORYLINE_PLAN")
}

fn silent() -> Ident {
    hygiene::own("__STORYLINE_SILENT")
}

/// The site, and the plan beside it: `static __STORYLINE_PLAN: $p::Plan = $p::Plan::new(...);`. With percentiles
/// there is one more for calls of which no record is wanted, `__STORYLINE_SILENT`.
pub(crate) fn static_tokens(timing: &Timing<'_>, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    let site = Given {
        samples: timing.is_sampled(),
        ..Given::default()
    }
    .static_tokens(private);
    let name = hygiene::site();
    let plan = plan();
    let options = plan_options(timing, private);
    let silent = timing.is_sampled().then(|| {
        let silent = silent();
        quote_spanned!(here=> static #silent: #private::Plan = #private::Plan::silent(&#name);)
    });
    quote_spanned! {here=>
        #site
        static #plan: #private::Plan = #private::Plan::new(&#name) #options;
        #silent
    }
}

/// What the site of a call says of it.
fn text(timing: &Timing<'_>) -> SiteText {
    let options = timing.options;
    let mut text = SiteText::new(timing.what, timing.levels, &timing.name);
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
    if timing.is_sampled() {
        tokens.extend(quote_spanned!(here=> .percentiles()));
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
    let (site, plan) = (hygiene::site(), plan());
    let level = timing.highest.to_tokens(private);
    let pass = hygiene::pass();
    let entry = text(timing).entry_tokens(private);
    let begin = if timing.fields.is_empty() {
        quote_spanned!(here=> #private::Call::begin(&#plan, #pass))
    } else {
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
                let capture = field.capture_tokens(private);
                let there = hygiene::at(first_span(field.value()));
                quote_spanned!(there=> (#capture, #rest))
            });
        quote_spanned!(here=> #private::Call::#door(&#plan, #pass, &#values))
    };
    let announced = timing
        .options
        .span("start")
        .map(|_| quote_spanned!(here=> .announced()));
    let otherwise = if timing.is_sampled() {
        let silent = silent();
        quote_spanned!(here=> #private::Call::sampled(&#silent))
    } else {
        quote_spanned!(here=> #private::Call::off())
    };
    quote_spanned! {here=>
        if let ::core::option::Option::Some(#pass) = #site.wants(#level, #entry) {
            #begin #announced
        } else {
            #otherwise
        }
    }
}

/// `|__storyline_value| $p::judge(__storyline_value).outcome()`
pub(crate) fn judge_tokens(judge: &Judge<'_>, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    let value = hygiene::own("__storyline_value");
    let outcome = match judge.by {
        By::Type => quote_spanned!(here=> #private::judge(#value).outcome()),
        By::LentType => quote_spanned!(here=> #private::judge_lent(#value).outcome()),
        By::TypeAs(text, asked) => {
            // A bound that is missing is reported where it was asked for.
            let there = hygiene::at(asked);
            let door = match text {
                ErrorText::Debug => "judge_as_debug",
                ErrorText::Display => "judge_as_display",
                ErrorText::None => "judge_unnamed",
            };
            let door = Ident::new(door, here);
            let method = Ident::new("outcome", there);
            quote_spanned!(there=> #private::#door(#value).#method())
        }
        By::Nothing => quote_spanned!(here=> #private::Outcome::Returned),
    };
    let outcome = match judge.ok_if {
        Some(path) => quote_spanned!(here=> #private::ok_if(#value, #path, #outcome)),
        None => outcome,
    };
    let pattern = match (&judge.by, judge.ok_if) {
        (By::Nothing, None) => quote_spanned!(here=> _),
        _ => value.to_token_stream(),
    };
    let written = judge.value.iter();
    quote_spanned!(here=> |#pattern #(: &#written)*| #outcome)
}
