//! Reads the items of a file, and the items inside its functions.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{AttrStyle, Attribute, Block, Item, Signature, Visibility};

use super::rules::{self, Reason};
use super::{Edits, Form, macros};

/// Goes through a file. What is inside an annotated block is timed by its attribute.
pub(super) struct Walk<'e, 'a> {
    edits: &'e mut Edits<'a>,
    is_covered: bool,
    /// The trait of the `impl` block around.
    implemented: Option<String>,
}

impl<'e, 'a> Walk<'e, 'a> {
    pub(super) fn new(edits: &'e mut Edits<'a>) -> Self {
        Self {
            edits,
            is_covered: false,
            implemented: None,
        }
    }

    fn function(
        &mut self,
        attributes: &[Attribute],
        visibility: Option<&Visibility>,
        defaultness: Option<usize>,
        signature: &Signature,
        body: Option<&Block>,
    ) {
        let name = signature.ident.to_string();
        let at = match visibility {
            Some(it) if !matches!(it, Visibility::Inherited) => start(it),
            _ => defaultness.unwrap_or_else(|| start(signature)),
        };
        // The attribute on the function alone does not see the block around.
        let may_be_drop = !self.is_covered || self.implemented.as_deref() == Some("Drop");
        let reason = rules::judge(attributes, signature, body.is_some(), may_be_drop);
        let reason = match reason {
            None if self.edits.is_left_by_hand(&name) => Some(Reason::ByHand),
            _ => reason,
        };
        match (reason, body) {
            (Some(reason), _) => {
                self.edits.count.left(reason);
                let is_refused = matches!(
                    reason,
                    Reason::MoreThanFuture | Reason::TrackedFuture | Reason::ByHand
                );
                if is_refused && self.is_covered {
                    self.edits
                        .insert(at, "#[::storyline::timed(skip)] ".to_owned());
                }
            }
            (None, None) => {}
            (None, Some(body)) => {
                let inner = attributes
                    .iter()
                    .filter(|it| matches!(it.style, AttrStyle::Inner(_)));
                let inner = inner.map(|it| it.span().byte_range().end).max();
                let begin = body.brace_token.span.open().byte_range().end;
                let begin = inner.unwrap_or(begin);
                let line = signature.ident.span().start().line;
                let name = self
                    .edits
                    .time(&name, line, at, Some(begin), self.is_covered);
                if rules::gives_future(signature) {
                    self.edits.count.futures.push(name);
                }
            }
        }
    }

    /// Whether the attribute goes on the block around; then what is in it needs none.
    fn block(&mut self, at: usize, is_possible: bool, inside: impl FnOnce(&mut Self)) {
        let outer = self.is_covered;
        if self.edits.form == Form::Blocks && is_possible && !outer {
            self.edits.insert(at, "#[::storyline::timed] ".to_owned());
            self.is_covered = true;
        }
        inside(self);
        self.is_covered = outer;
    }

    /// What is inside a body is not inside the block around.
    fn body(&mut self, inside: impl FnOnce(&mut Self)) {
        let outer = (self.is_covered, self.implemented.take());
        self.is_covered = false;
        inside(self);
        (self.is_covered, self.implemented) = outer;
    }
}

/// Where the first token stands.
pub(super) fn start(tokens: &impl Spanned) -> usize {
    tokens.span().byte_range().start
}

fn start_behind(attributes: &[Attribute], tokens: &impl quote::ToTokens) -> usize {
    let outer = attributes
        .iter()
        .filter(|it| matches!(it.style, AttrStyle::Outer));
    let behind = outer
        .map(|it| it.span().byte_range().end)
        .max()
        .unwrap_or(0);
    let tokens = tokens.to_token_stream().into_iter();
    let mut places = tokens.map(|it| it.span().byte_range().start);
    places
        .find(|it| *it >= behind)
        .expect("an item has a token")
}

/// A module in another file cannot be seen by an attribute on the one around it.
fn is_inline(item: &syn::ItemMod) -> bool {
    let Some((_, items)) = &item.content else {
        return false;
    };
    items.iter().all(|it| match it {
        Item::Mod(it) => is_inline(it),
        _ => true,
    })
}

impl<'ast> Visit<'ast> for Walk<'_, '_> {
    fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
        self.function(&it.attrs, Some(&it.vis), None, &it.sig, Some(&it.block));
        self.body(|this| visit::visit_block(this, &it.block));
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        let defaultness = it.modifiers.defaultness.as_ref().map(start);
        self.function(
            &it.attrs,
            Some(&it.vis),
            defaultness,
            &it.sig,
            Some(&it.block),
        );
        self.body(|this| visit::visit_block(this, &it.block));
    }

    fn visit_trait_item_fn(&mut self, it: &'ast syn::TraitItemFn) {
        self.function(&it.attrs, None, None, &it.sig, it.default.as_ref());
        if let Some(body) = &it.default {
            self.body(|this| visit::visit_block(this, body));
        }
    }

    fn visit_foreign_item_fn(&mut self, _: &'ast syn::ForeignItemFn) {
        self.edits.count.left(Reason::NoBody);
    }

    fn visit_item_impl(&mut self, it: &'ast syn::ItemImpl) {
        let implemented = it.trait_.as_ref().and_then(|it| it.0.segments.last());
        let implemented = implemented.map(|it| it.ident.to_string());
        let is_silent = implemented
            .as_deref()
            .is_some_and(|of| rules::is_silent(it, of));
        let outer = std::mem::replace(&mut self.implemented, implemented);
        let at = start_behind(&it.attrs, it);
        self.block(at, !is_silent, |this| visit::visit_item_impl(this, it));
        self.implemented = outer;
    }

    fn visit_item_trait(&mut self, it: &'ast syn::ItemTrait) {
        let at = start_behind(&it.attrs, it);
        self.block(at, true, |this| visit::visit_item_trait(this, it));
    }

    fn visit_item_mod(&mut self, it: &'ast syn::ItemMod) {
        let at = start_behind(&it.attrs, it);
        self.block(at, is_inline(it), |this| visit::visit_item_mod(this, it));
    }

    fn visit_item_macro(&mut self, it: &'ast syn::ItemMacro) {
        if it.mac.path.is_ident("macro_rules") {
            macros::definition(&it.mac.tokens, self.edits);
        } else {
            macros::call(&it.mac, self.edits);
        }
    }

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        macros::call(it, self.edits);
    }
}
