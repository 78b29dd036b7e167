//! Mistakes are collected, never thrown: a call with three mistakes gets three errors, each at its
//! own token. Whoever collects must finish; in tests an unfinished collection panics when dropped.

use core::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

/// The mistakes of one macro call, in the order they were found.
#[derive(Debug)]
#[must_use = "mistakes that are not finished are lost"]
pub(crate) struct Errors {
    list: Vec<syn::Error>,
    /// What is wrong wherever the call stands: no condition takes it away.
    everywhere: Vec<syn::Error>,
    /// What is wrong under a condition only, each with that in front.
    conditional: Vec<TokenStream>,
    finished: bool,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self {
            list: Vec::new(),
            everywhere: Vec::new(),
            conditional: Vec::new(),
            finished: false,
        }
    }

    /// Notes a mistake at one token.
    pub(crate) fn push(&mut self, span: Span, message: impl Display) {
        self.list.push(syn::Error::new(span, message));
    }

    /// Notes a mistake that spans several tokens.
    pub(crate) fn push_spanned(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.list.push(syn::Error::new_spanned(tokens, message));
    }

    /// Takes over what the syntax layer found.
    pub(crate) fn push_error(&mut self, error: syn::Error) {
        self.list.push(error);
    }

    /// Notes a mistake that is not of this call alone, such as one in a file that all calls share.
    pub(crate) fn push_everywhere(&mut self, span: Span, message: impl Display) {
        self.everywhere.push(syn::Error::new(span, message));
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.list.len() + self.everywhere.len() + self.conditional.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Notes all that others are.
    pub(crate) fn append(&mut self, mut others: Self) {
        others.finished = true;
        self.list.append(&mut others.list);
        self.everywhere.append(&mut others.everywhere);
        self.conditional.append(&mut others.conditional);
    }

    /// Notes what is wrong only where `condition` holds, which is a `#[cfg(...)]`.
    pub(crate) fn push_under(&mut self, condition: &TokenStream, mut others: Self) {
        others.finished = true;
        self.everywhere.append(&mut others.everywhere);
        let plain = others.list.iter().map(syn::Error::to_compile_error);
        let all = plain.chain(core::mem::take(&mut others.conditional));
        self.conditional
            .extend(all.map(|it| quote!(#condition #it)));
    }

    /// The mistakes that are there only under a condition, as items, which may stand beside an item without others.
    pub(crate) fn take_conditional(&mut self) -> TokenStream {
        core::mem::take(&mut self.conditional).into_iter().collect()
    }

    /// Whether one of the messages has this text in it.
    pub(crate) fn mention(&self, text: &str) -> bool {
        self.all().any(|it| it.to_string().contains(text))
    }

    /// All mistakes as `compile_error!` items, or nothing.
    pub(crate) fn finish(mut self) -> Result<(), TokenStream> {
        self.finished = self.conditional.is_empty();
        let messages: TokenStream = self.all().map(syn::Error::to_compile_error).collect();
        if messages.is_empty() {
            return Ok(());
        }
        Err(messages)
    }

    fn all(&self) -> impl Iterator<Item = &syn::Error> {
        self.everywhere.iter().chain(&self.list)
    }

    /// The texts, for tests.
    #[cfg(test)]
    pub(crate) fn into_messages(mut self) -> Vec<String> {
        self.finished = true;
        self.all().map(ToString::to_string).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            !cfg!(test) || self.finished || std::thread::panicking(),
            "mistakes were collected and never finished: {:?}",
            self.list
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_come_out_in_order() {
        let mut errors = Errors::new();
        errors.push(Span::call_site(), "first");
        errors.push_spanned(quote::quote!(a.b), "second");
        let text = errors.finish().expect_err("two were pushed").to_string();
        assert!(text.find("first") < text.find("second"), "{text}");
    }

    #[test]
    fn what_is_wrong_under_a_condition_stands_under_it() {
        let (outer, inner) = (quote!(#[cfg(a)]), quote!(#[cfg(b)]));
        let mut innermost = Errors::new();
        innermost.push(Span::call_site(), "first");
        let mut middle = Errors::new();
        middle.push_under(&inner, innermost);
        middle.push(Span::call_site(), "second");
        let mut errors = Errors::new();
        assert!(errors.is_empty());
        errors.push_under(&outer, middle);
        assert!(!errors.is_empty());
        let expected = quote! {
            #[cfg(a)] ::core::compile_error! { "second" }
            #[cfg(a)] #[cfg(b)] ::core::compile_error! { "first" }
        };
        assert_eq!(errors.take_conditional().to_string(), expected.to_string());
        errors.finish().expect("nothing is wrong in any case");
    }

    #[test]
    fn what_is_wrong_everywhere_stands_under_no_condition() {
        let mut inner = Errors::new();
        inner.push(Span::call_site(), "first");
        inner.push_everywhere(Span::call_site(), "second");
        let mut errors = Errors::new();
        errors.push_under(&quote!(#[cfg(a)]), inner);
        assert!(errors.mention("second"));
        let expected = quote!(
            #[cfg(a)]
            ::core::compile_error! { "first" }
        );
        assert_eq!(errors.take_conditional().to_string(), expected.to_string());
        let messages = errors.finish().expect_err("it is wrong in any case");
        let expected = quote!(::core::compile_error! { "second" });
        assert_eq!(messages.to_string(), expected.to_string());
    }

    #[test]
    #[should_panic(expected = "never finished")]
    fn an_unfinished_collection_panics() {
        let mut errors = Errors::new();
        errors.push(Span::call_site(), "lost");
    }
}
