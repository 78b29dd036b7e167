//! Our own attributes on what stands inside a timed block. One under a condition, as in
//! `#[cfg_attr(feature = "log", timed(skip))]`, reaches us before anybody has looked at the condition: there is then a
//! copy of the member for each answer, and the compiler takes the one that is right.

use proc_macro2::{TokenStream, TokenTree};
use quote::{TokenStreamExt, quote};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Meta, Path, Token};

use crate::{conditional, list};

/// What stood on a member.
#[derive(Default)]
pub(crate) struct Ours {
    /// Without a condition.
    plain: Vec<Meta>,
    /// With one; the first that holds counts.
    conditional: Vec<(TokenStream, Meta)>,
}

/// A copy of a member.
pub(crate) struct Variant<'a> {
    /// `#[cfg(...)]`, or nothing.
    pub(crate) condition: TokenStream,
    /// The attributes that count in it.
    pub(crate) attributes: Vec<&'a Meta>,
}

impl Ours {
    /// Takes what is ours out of `attributes`; `krate` is what the block says in `crate = path`.
    pub(crate) fn take(attributes: &mut Vec<Attribute>, krate: Option<&Path>) -> Self {
        let mut ours = Self::default();
        conditional::retain(attributes, &mut |conditions, meta| {
            let is_ours = is_ours(meta, krate);
            if is_ours && conditions.is_empty() {
                ours.plain.push(meta.clone());
            } else if is_ours {
                let all = quote!(all(#(#conditions),*));
                ours.conditional.push((all, meta.clone()));
            }
            !is_ours
        });
        ours
    }

    /// The same for attributes in front of other tokens; gives those without what is ours.
    pub(crate) fn take_from(
        tokens: TokenStream,
        krate: Option<&Path>,
    ) -> syn::Result<(Self, TokenStream)> {
        let read = |input: ParseStream<'_>| {
            let attributes = input.call(Attribute::parse_outer)?;
            Ok((attributes, input.parse::<TokenStream>()?))
        };
        let (mut attributes, rest) = read.parse2(tokens)?;
        let ours = Self::take(&mut attributes, krate);
        let mut without = TokenStream::new();
        without.append_all(&attributes);
        without.extend(rest);
        Ok((ours, without))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.conditional.is_empty()
    }

    /// The copies that the member needs, of which one is compiled.
    pub(crate) fn variants(&self) -> Vec<Variant<'_>> {
        if self.conditional.is_empty() {
            return vec![Variant {
                condition: TokenStream::new(),
                attributes: self.plain.iter().collect(),
            }];
        }
        let mut earlier: Vec<&TokenStream> = Vec::new();
        let mut variants = Vec::new();
        for (condition, meta) in &self.conditional {
            variants.push(Variant {
                condition: quote!(#[cfg(all(#condition, not(any(#(#earlier),*))))]),
                attributes: core::iter::once(meta).chain(&self.plain).collect(),
            });
            earlier.push(condition);
        }
        variants.push(Variant {
            condition: quote!(#[cfg(not(any(#(#earlier),*)))]),
            attributes: self.plain.iter().collect(),
        });
        variants
    }
}

/// `timed`, `storyline::timed`, or `timed` of the crate that the block or the attribute itself names: another crate's
/// attribute of that name stays where it stands.
fn is_ours(meta: &Meta, krate: Option<&Path>) -> bool {
    let path = words(meta.path());
    let Some((last, krate_of)) = path.split_last() else {
        return false;
    };
    let is_krate = |krate: &Path| words(krate) == krate_of;
    last == "timed"
        && match krate_of {
            [] => meta.path().leading_colon.is_none(),
            [one] if one == "storyline" => true,
            _ => krate.is_some_and(is_krate) || named_in(meta).as_ref().is_some_and(is_krate),
        }
}

/// The path of `crate = path` between the parentheses.
fn named_in(meta: &Meta) -> Option<Path> {
    let find = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if input.parse::<Option<Token![crate]>>()?.is_some()
                && input.parse::<Option<Token![=]>>()?.is_some()
            {
                let path = input.call(Path::parse_mod_style)?;
                input.parse::<TokenStream>()?;
                return Ok(Some(path));
            }
            list::skip_to_comma(input);
            input.parse::<Option<TokenTree>>()?;
        }
        Ok(None)
    };
    find.parse2(meta.require_list().ok()?.tokens.clone()).ok()?
}

fn words(path: &Path) -> Vec<String> {
    let words = path.segments.iter().map(|it| it.ident.to_string());
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(attributes: &TokenStream, krate: Option<&Path>) -> (Ours, TokenStream) {
        Ours::take_from(quote!(#attributes fn f() {}), krate).expect("attributes")
    }

    fn variants(attributes: &TokenStream) -> (String, Vec<(String, String)>) {
        let (ours, rest) = read(attributes, None);
        let variants = ours.variants();
        let told = variants.iter().map(|it| {
            let attributes = &it.attributes;
            (
                it.condition.to_string(),
                quote!(#(#attributes)*).to_string(),
            )
        });
        (rest.to_string(), told.collect())
    }

    #[track_caller]
    fn assert_variants(attributes: &TokenStream, rest: &TokenStream, told: &[[TokenStream; 2]]) {
        let told = told
            .iter()
            .map(|[condition, ours]| (condition.to_string(), ours.to_string()));
        let expected = (quote!(#rest fn f() {}).to_string(), told.collect());
        assert_eq!(variants(attributes), expected);
    }

    #[test]
    fn without_a_condition_there_is_one() {
        assert_variants(
            &quote!(#[inline] #[cfg_attr(a, cold)]),
            &quote!(#[inline] #[cfg_attr(a, cold)]),
            &[[quote!(), quote!()]],
        );
        assert_variants(
            &quote!(#[timed(skip)] #[inline] #[storyline::timed]),
            &quote!(#[inline]),
            &[[quote!(), quote!(timed(skip) storyline::timed)]],
        );
    }

    #[test]
    fn a_condition_makes_two_and_leaves_what_is_not_ours() {
        assert_variants(
            &quote!(#[timed(start)] #[cfg_attr(a, unsafe(no_mangle), storyline::timed(skip), cold)]),
            &quote!(#[cfg_attr(a, unsafe(no_mangle), cold)]),
            &[
                [
                    quote!(#[cfg(all(all(a), not(any())))]),
                    quote!(storyline::timed(skip) timed(start)),
                ],
                [quote!(#[cfg(not(any(all(a))))]), quote!(timed(start))],
            ],
        );
    }

    #[test]
    fn conditions_inside_of_conditions_and_the_first_of_several() {
        assert_variants(
            &quote!(#[cfg_attr(a, cfg_attr(b, timed, cold), cfg_attr(c, timed(start)))]),
            &quote!(#[cfg_attr(a, cfg_attr(b, cold))]),
            &[
                [quote!(#[cfg(all(all(a, b), not(any())))]), quote!(timed)],
                [
                    quote!(#[cfg(all(all(a, c), not(any(all(a, b)))))]),
                    quote!(timed(start)),
                ],
                [quote!(#[cfg(not(any(all(a, b), all(a, c))))]), quote!()],
            ],
        );
    }

    #[test]
    fn one_that_names_its_crate_is_ours_under_that_name() {
        let ours = quote!(
            #[sl::timed(crate = sl)] #[::sl::timed(level = DEBUG, crate = ::sl, start)]
            #[cfg_attr(a, a::b::timed(fields(a, b = f::<u8>(a)), crate = a::b))]
        );
        let others = quote!(
            #[sl::timed] #[sl::timed(crate = other)] #[sl::timed(crate)] #[sl::timed(fields(crate = sl))]
            #[sl::timed = "crate = sl"]
        );
        assert_eq!(
            read(&quote!(#ours #others), None).1.to_string(),
            quote!(#others fn f() {}).to_string()
        );
    }

    #[test]
    fn the_attributes_of_others_stay_where_they_stand() {
        let ours = quote!(#[timed] #[storyline::timed] #[::storyline::timed(skip)]);
        let others = quote!(
            #[metrics_crate::timed] #[::timed] #[storyline::other] #[my::storyline::timed]
            #[cfg_attr(a, metrics_crate::timed)]
        );
        assert_eq!(
            read(&quote!(#ours #others), None).1.to_string(),
            quote!(#others fn f() {}).to_string()
        );
        let krate = syn::parse_quote!(::my::storyline);
        assert_eq!(
            read(&quote!(#ours #others), Some(&krate)).1.to_string(),
            quote!(
                #[metrics_crate::timed]
                #[::timed]
                #[storyline::other]
                #[cfg_attr(a, metrics_crate::timed)]
                fn f() {}
            )
            .to_string()
        );
    }
}
