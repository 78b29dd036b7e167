//! Keys whose form tells what they are: of clouds and services by how they begin, web tokens, private keys.

use super::find::run;

/// What a key is made of after its beginning.
#[derive(Clone, Copy)]
enum Letters {
    Capital,
    Plain,
    Dashed,
    Base64,
}

impl Letters {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Capital => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Plain => byte.is_ascii_alphanumeric(),
            Self::Dashed => is_url_safe(byte),
            Self::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
        }
    }
}

use Letters::{Base64, Capital, Dashed, Plain};

/// How keys begin, of what they are made, and how many bytes follow at least and at most; a run that is longer
/// is another thing.
const KEYS: &[(&[u8], Letters, usize, usize)] = &[
    // AWS
    (b"AKIA", Capital, 16, 16),
    (b"ASIA", Capital, 16, 16),
    // Google
    (b"AIza", Dashed, 35, 35),
    (b"GOCSPX-", Dashed, 28, 28),
    (b"ya29.", Dashed, 20, usize::MAX),
    // Azure
    (b"AccountKey=", Base64, 88, 88),
    // GitHub, GitLab
    (b"ghp_", Plain, 36, usize::MAX),
    (b"gho_", Plain, 36, usize::MAX),
    (b"ghu_", Plain, 36, usize::MAX),
    (b"ghs_", Plain, 36, usize::MAX),
    (b"ghr_", Plain, 36, usize::MAX),
    (b"github_pat_", Dashed, 22, usize::MAX),
    (b"glpat-", Dashed, 20, usize::MAX),
    // Slack
    (b"xoxa-", Dashed, 10, usize::MAX),
    (b"xoxb-", Dashed, 10, usize::MAX),
    (b"xoxe-", Dashed, 10, usize::MAX),
    (b"xoxo-", Dashed, 10, usize::MAX),
    (b"xoxp-", Dashed, 10, usize::MAX),
    (b"xoxr-", Dashed, 10, usize::MAX),
    (b"xoxs-", Dashed, 10, usize::MAX),
    (b"xapp-", Dashed, 10, usize::MAX),
    // Stripe
    (b"sk_live_", Plain, 16, usize::MAX),
    (b"sk_test_", Plain, 16, usize::MAX),
    (b"rk_live_", Plain, 16, usize::MAX),
    (b"rk_test_", Plain, 16, usize::MAX),
    (b"whsec_", Base64, 16, usize::MAX),
    // OpenAI, Anthropic
    (b"sk-proj-", Dashed, 20, usize::MAX),
    (b"sk-ant-", Dashed, 20, usize::MAX),
    (b"sk-", Plain, 48, 48),
    // npm, PyPI, DigitalOcean, Hugging Face, Shopify
    (b"npm_", Plain, 36, 36),
    (b"pypi-Ag", Dashed, 50, usize::MAX),
    (b"dop_v1_", Plain, 64, 64),
    (b"hf_", Plain, 34, 34),
    (b"shpat_", Plain, 32, 32),
    (b"shpss_", Plain, 32, 32),
];

/// For each first letter of a key or a web token, its second ones, a bit each: a word of a sentence hardly
/// begins like one.
static SECONDS: [u128; 128] = seconds();

const fn seconds() -> [u128; 128] {
    let mut table = [0; 128];
    let mut row = 0;
    while row < KEYS.len() {
        let beginning = KEYS[row].0;
        table[beginning[0] as usize] |= 1 << beginning[1];
        row += 1;
    }
    table[b'e' as usize] |= 1 << b'y';
    table[b'S' as usize] |= 1 << b'G';
    table
}

/// Letters with which a key or a web token may begin.
pub(super) const fn may_begin(byte: u8) -> bool {
    byte < 128 && seconds()[byte as usize] != 0
}

/// Whether it may begin with both of these.
#[inline]
pub(super) fn may_begin_with(first: u8, second: u8) -> bool {
    second < 128
        && SECONDS
            .get(usize::from(first))
            .is_some_and(|seconds| seconds >> second & 1 == 1)
}

/// The key that begins here, where a word begins: its end.
pub(super) fn at(text: &[u8], start: usize) -> Option<usize> {
    let rest = &text[start..];
    KEYS.iter()
        // The third letter first: to compare texts is a call.
        .filter(|(beginning, ..)| rest.get(2) == beginning.get(2) && rest.starts_with(beginning))
        .find_map(|&(beginning, letters, least, most)| {
            let behind = &rest[beginning.len()..];
            let some = &behind[..behind.len().min(most.saturating_add(1))];
            let len = run(some, |it| letters.has(it));
            (least..=most)
                .contains(&len)
                .then_some(start + beginning.len() + len)
        })
        .or_else(|| send_grid(text, start))
}

/// `SG.`, 22 letters, a dot and 43 letters.
fn send_grid(text: &[u8], start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix(b"SG.")?;
    let (id, key) = (rest.get(..22)?, rest.get(23..66)?);
    let whole = rest[22] == b'.' && id.iter().chain(key).all(|it| is_url_safe(*it));
    whole.then_some(start + 3 + 66)
}

/// The web token that begins here (`eyJ` is `{"` in base64), of two to five parts; its end, or where to look
/// again.
pub(super) fn web_token(text: &[u8], start: usize) -> Result<usize, usize> {
    let header = start + part(&text[start..]);
    if header - start < 10 || text.get(header) != Some(&b'.') {
        return Err(header);
    }
    let mut end = header + 1 + part(&text[header + 1..]);
    if end - header < 9 && text.get(end) != Some(&b'.') {
        return Err(header);
    }
    for parts in 2..5 {
        if text.get(end) != Some(&b'.') {
            break;
        }
        let len = part(&text[end + 1..]);
        if len == 0 && parts > 2 {
            // The dot of a sentence; behind two parts it says that nothing is signed.
            break;
        }
        end += 1 + len;
    }
    Ok(end)
}

fn part(text: &[u8]) -> usize {
    run(text, is_url_safe)
}

fn is_url_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

const BEGIN: &[u8] = b"-----BEGIN ";
const KEY: &[u8] = b"PRIVATE KEY";
const END: &[u8] = b"-----END ";

/// The private key that begins here: to the dashes after its end. One that was cut goes to the end of the text,
/// or to the quote around it.
pub(super) fn private_key(text: &[u8], start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix(BEGIN)?;
    let title = &rest[..rest.len().min(40)];
    let dashes = title.windows(5).position(|it| it == b"-----")?;
    // `PRIVATE KEY BLOCK` is what it is called by PGP.
    let is_key = title[..dashes].windows(KEY.len()).any(|it| it == KEY);
    if !is_key {
        return None;
    }
    let body = start + BEGIN.len() + dashes;
    let mut at = body;
    while let Some(&byte) = text.get(at) {
        let is_quoted = byte == b'\\' && text.get(at + 1) == Some(&b'"');
        if byte == b'"' || is_quoted {
            return Some(at);
        }
        if text[at..].starts_with(END) {
            let title = &text[at + END.len()..];
            let len = title
                .iter()
                .take(40)
                .take_while(|it| !matches!(it, b'"' | b'\\'));
            let dashes = title[..len.count()]
                .windows(5)
                .position(|it| it == b"-----");
            return Some(at + END.len() + dashes.map_or(0, |it| it + 5));
        }
        at += if byte == b'\\' { 2 } else { 1 };
    }
    Some(text.len())
}
