//! Keys and tokens, by their form.

use super::{JWT, scrubbed};

#[test]
fn keys_and_tokens_are_known_by_their_form() {
    let long = |beginning: &str, len: usize| beginning.to_owned() + &"aB3x".repeat(30)[..len];
    for key in [
        "AKIAIOSFODNN7EXAMPLE".to_owned(),
        "ASIAIOSFODNN7EXAMPLE".to_owned(),
        long("AIza", 35),
        long("GOCSPX-", 28),
        long("ya29.", 60),
        long("AccountKey=", 86) + "==",
        long("ghp_", 36),
        long("ghs_", 36),
        long("github_pat_", 82),
        long("glpat-", 20),
        "xoxb-123456789012-123456789012-abcDEF".to_owned(),
        long("sk_live_", 24),
        long("rk_live_", 24),
        long("whsec_", 32),
        long("SG.", 22) + &long(".", 43),
        long("sk-proj-", 60),
        long("sk-ant-", 60),
        long("sk-", 48),
        long("npm_", 36),
        long("pypi-Ag", 60),
        long("hf_", 34),
        long("shpat_", 32),
    ] {
        for around in ["", "key=", "\"", "(", "my-"] {
            let text = format!("{around}{key} and more");
            assert_eq!(scrubbed(&text), format!("{around}[key] and more"));
        }
        assert_eq!(
            scrubbed(&format!("x{key}")),
            format!("x{key}"),
            "inside of a word"
        );
    }
    assert_eq!(scrubbed(&format!("Bearer {JWT}")), "Bearer [jwt]");
    assert_eq!(scrubbed(&format!("token={JWT}&x=1")), "token=[jwt]&x=1");
    let unsigned = format!("{}.", &JWT[..JWT.rfind('.').expect("a dot")]);
    assert_eq!(scrubbed(&unsigned), "[jwt]");
    let encrypted = "eyJhbGciOiJkaXIifQ..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6.XFBoMYUZodetZdvT";
    assert_eq!(scrubbed(encrypted), "[jwt]");
    for text in [
        "AKIAIOSFODNN7EXAMPL",
        "AKIAIOSFODNN7EXAMPLES",
        "akiaiosfodnn7example",
        "sk-circle-fade-dot",
        "sk_live_",
        "xoxb-short",
        "SG.is.short",
        "eyJhbGci",
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJ.eyJ.eyJ",
        "github_pat_x",
    ] {
        assert_eq!(scrubbed(text), text);
    }
}

#[test]
fn private_keys_go_whole() {
    let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC/+=\n-----END RSA PRIVATE KEY-----";
    assert_eq!(
        scrubbed(&format!("a {key}\nb {key}.")),
        "a [private_key]\nb [private_key]."
    );
    let pgp = "-----BEGIN PGP PRIVATE KEY BLOCK-----\nx\n-----END PGP PRIVATE KEY BLOCK-----";
    assert_eq!(scrubbed(pgp), "[private_key]");
    assert_eq!(
        scrubbed("-----BEGIN PRIVATE KEY-----\nMIIEow"),
        "[private_key]"
    );
    assert_eq!(
        scrubbed("{key: \"-----BEGIN PRIVATE KEY-----MIIE\", n: 7}"),
        "{key: \"[private_key]\", n: 7}"
    );
    for text in [
        "-----BEGIN CERTIFICATE-----\nMIIEow\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN ",
        "------------",
    ] {
        assert_eq!(scrubbed(text), text);
    }
}
