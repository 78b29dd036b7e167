//! Every row of the table, alone and among other words, in every style of writing.

use super::table::{
    ABOUT, BEFORE, BESIDE, COMPOUNDS, ENDS, HARMLESS, MEASURES, SQUASHED, WITH_VERB, WORDS,
};
use super::words::{self, Extra, Found};

fn secret_in(name: &str) -> Option<Found> {
    words::secret_in(name, Extra::default())
}

fn camel(words: &[&str]) -> String {
    let mut name = String::new();
    for (index, word) in words.iter().enumerate() {
        let (head, tail) = word.split_at(1);
        if index == 0 {
            name.push_str(head);
        } else {
            name.push_str(&head.to_uppercase());
        }
        name.push_str(tail);
    }
    name
}

/// The same words as people write them.
pub(crate) fn styles(phrase: &str) -> Vec<String> {
    let words: Vec<&str> = phrase.split(' ').collect();
    vec![
        words.join("_"),
        words.join("-"),
        words.join("_").to_uppercase(),
        camel(&words),
    ]
}

#[test]
fn every_forbidden_row_is_found_in_every_style() {
    for phrase in WORDS.iter().chain(COMPOUNDS).chain(SQUASHED) {
        for around in [
            (*phrase).to_owned(),
            format!("user {phrase}"),
            format!("new {phrase} value"),
        ] {
            for name in styles(&around) {
                assert!(secret_in(&name).is_some(), "`{name}` was let through");
            }
        }
        for name in [
            format!("db.{}", phrase.replace(' ', "_")),
            phrase.replace(' ', "."),
        ] {
            assert!(secret_in(&name).is_some(), "`{name}` was let through");
        }
    }
}

#[test]
fn every_harmless_phrase_passes_in_every_style() {
    for phrase in HARMLESS {
        for around in [(*phrase).to_owned(), format!("mean {phrase} value")] {
            for name in styles(&around) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
    }
}

#[test]
fn every_excuse_works_for_every_forbidden_word() {
    for word in WORDS.iter().filter(|word| **word != "pan") {
        for excuse in BEFORE.iter().chain(BESIDE) {
            let phrase = format!("{excuse} {word}");
            // `enable_password` is a router's, and no question.
            if COMPOUNDS.contains(&phrase.trim_end_matches('s')) {
                continue;
            }
            for name in styles(&phrase) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
        for excuse in WITH_VERB {
            for name in styles(&format!("{excuse} use {word}")) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
            for name in styles(&format!("{excuse} {word}")) {
                assert!(secret_in(&name).is_some(), "`{name}` was let through");
            }
        }
        for excuse in BESIDE {
            for name in styles(&format!("{excuse} reply {word}")) {
                assert!(secret_in(&name).is_some(), "`{name}` was let through");
            }
        }
        for excuse in ABOUT.iter().chain(MEASURES) {
            for name in styles(&format!("{word} {excuse}")) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
        for excuse in MEASURES.iter().chain(ENDS) {
            for name in styles(&format!("{word} of user {excuse}")) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
        for excuse in ENDS {
            for name in styles(&format!("{word} {excuse} login")) {
                assert!(secret_in(&name).is_some(), "`{name}` was let through");
            }
        }
    }
}

#[test]
fn no_row_stands_twice() {
    for list in [
        WORDS, SQUASHED, COMPOUNDS, HARMLESS, BEFORE, BESIDE, WITH_VERB, ABOUT, MEASURES, ENDS,
    ] {
        for (index, row) in list.iter().enumerate() {
            assert!(!list[..index].contains(row), "`{row}` stands twice");
        }
    }
}

/// Names that leaked in the wild, or were written by somebody in a hurry.
const FORBIDDEN_NAMES: &str = "
    password userPassword user_password db.password PASSWORD password2 newpassword old-password
    passwordHash password_hash hashed_password passwd pwd db_pwd root_pw pass_word passphrase
    sshPassphrase passcode secret clientSecret client_secret app.secret aws_secret_access_key
    secretKey credentials user_credentials awsCreds apiKey api_key x-api-key X-API-Key xapikey
    stripeApiKey api_keys private_key privateKey PRIVATE_KEY_PEM signing_key encryptionKey
    master_key access_key accessKey auth_key session_key hmac_key token authToken auth_token
    access_token accessToken refresh_token idToken id_token bearer bearer_token csrf_token
    csrfToken xsrf user_token github_token TOKEN token2 reset_token resetToken api_tokens
    access_tokens authorization Authorization proxy-authorization http.authorization set-cookie
    setCookie cookie cookies session_cookie session_id sessionId sessionid connect.sid jwt
    user_jwt jwtToken otp one_time_code otp_code totp mfa_code sms_code pin pin_code pinCode
    user_pin card_pin pinNumber cvv cvv2 cvc card_cvv card_number cardNumber card.number
    creditCard credit_card_number debit_card pan card_pan cc_number iban customerIban
    account_number accountNumber bank_account routing_number ssn user_ssn social_security_number
    passport_number passportNo date_of_birth dateOfBirth birth_date dob tax_id national_id
    drivers_license_number raw_payload rawPayload request_body requestBody response_body
    raw_request request_headers connection_string databaseUrl database_url db_pass smtpPass
    magic_link reset_link verification_code security_answer recovery_codes seed_phrase mnemonic
    login.credentials.value auth_header basic_auth backup_code mothers_maiden_name wallet_key
    userpwd dbpwd pswd userpswd pword passw psw pincode cardno dburl db_uri redis_url REDIS_URL mongo_uri
    postgres_url amqp_url dsn sentry_dsn conn_str connStr connstr db_connection_string sid user_sid cv2
    card_cv2 sort_code sortCode passport_id passport_num passportnumber api2key access_2_token userpasswords
    password_prefix token_prefix api_key_prefix card_number_last cardNumberLast4 ssn_last ssn_last4
    last_token first_token context_token cached_token input_token input_pin reset_pin can_token may_token
    should_password must_pin no_reply_password no_reply_smtp_password password_at_login password_field
    token_param password_reset_token password_reset_code password_reset_link token_id_secret
";

/// Names that other tools cried wolf over.
const HARMLESS_NAMES: &str = "
    user_id order_id amount key keys monkey keyboard hotkey primary_key foreign_key partition_key
    cache_key routing_key sort_key public_key key_id keyId author authorId authorType author_agent
    authority authored_at auth authType auth_method isAuthenticated authenticated oauth_provider
    tokens tokenCount token_count token.count max_tokens maxTokens MAX_TOKENS input_tokens
    inputTokens output_tokens total_tokens prompt_tokens completion_tokens context_tokens
    tokens_per_second cost_per_token next_token page_token next_page_token continuation_token
    token_limit token_budget token_type tokenType token_ids token_id token_bucket token_expires
    token_expires_at token_ttl tokenizer tokenized has_token hasToken token_valid token_length
    hasSecret has_secret secret_name secretName secret_version secret_arn secret_id secretary
    has_password hasPassword password_changed_at passwordChangedAt password_length password_policy
    password_strength password_reset_at password_required requires_password is_password_set
    password_attempts failed_password_attempts missing_password no_password passenger
    passengers passed pass_count bypass compass pass password_expired company companion
    compare panel panic pancake japan span span_count expand pan_zoom panZoom pan_x pan_y
    camera_pan pinned is_pinned pinning ping pings pinterest opinion spin spinner gpio_pin
    gpioPin led_pin pin_mode pinMode cookie_consent cookieConsent cookie_banner cookie_count
    cookie_name cookie_domain session session_count session_length sessions session_duration_ms
    card card_type cardType card_brand card_id card_last4 card_country cards iban_country
    account account_id account_type account_status bank_id payload payload_bytes
    body body_bytes request_body_size request_body_bytes requestBodyLength response_body_bytes
    raw_payload_len raw_bytes request_bytes request_id_source header_count headers
    jwt_expired jwt_issuer jwt_algorithm credential_type credential_id credentials_valid
    otp_attempts otp_required otp_version pin_length pin_attempts card_number_length ssn_present
    date date_of_order birth_rate passport passport_country license_plate license_type
    secret_count secrets_rotated_at api_key_id apiKeyId apiKeyName api_key_count access_key_id
    private_key_path private_key_type database database_name url callback_url connection
    connection_count masked_pan masked_iban redacted_token authorization_status
    authorization_id authorization_endpoint bearer_type hash hash_count signature fingerprint
    authorization_count stopword stop_words president resident consider side sidebar inside aside residual
    account_sid message_sid call_sid windows_sid group_sid input_tokens_details cached_tokens
    context_tokens_used reasoning_tokens first_tokens time_to_first_token time_to_first_token_ms
    secret_file token_file password_reset password_reset_requested can_reset_password must_change_password
    did_verify_otp should_rotate_token no_password without_token with_password needs_pin sort_order sort_key
    status_code country_code postal_code base_url redis_host redis_key pg_pool mysql_version broker_id
    connection_id conn_id passport_type passport_expired opencv opencv_2 cv resume prefix suffix last first
    last_id field_count param_count card_last_seen passwords_seen
    description display cause duration_ms error status method path route retry attempt provider
";

fn messages(source: &str) -> Vec<String> {
    use crate::diag::Errors;
    use crate::{field, template};
    use proc_macro2::TokenStream;
    use syn::parse::{ParseStream, Parser};

    let mut errors = Errors::new();
    let fields = if source.starts_with('{') {
        let literal = syn::LitStr::new(source, proc_macro2::Span::call_site());
        template::parse(&literal, &[], &mut errors)
            .into_iter()
            .filter_map(|piece| match piece {
                template::Piece::Hole(hole) => Some(hole.field(&literal)),
                template::Piece::Text(_) => None,
            })
            .collect()
    } else {
        let tokens: TokenStream = source.parse().expect("the test's own tokens");
        (|input: ParseStream<'_>| Ok(field::parse_all(input, &mut errors)))
            .parse2(tokens)
            .expect("fields consume all")
    };
    let _ = field::check(fields, &[], &mut errors);
    errors.into_messages()
}

/// A name in every position where a macro would capture it, and those that keep it out.
fn positions(name: &str) -> (Vec<String>, Vec<String>) {
    let mut captured = vec![format!("\"{name}\" = x"), format!("\"{name}\": debug = x")];
    let mut kept_out = vec![
        format!("\"{name}\": redact = x"),
        format!("\"{name}\": hash = x"),
        format!("\"{name}\": mask(last = 4) = x"),
        format!("\"{name}\": reveal(\"words of a test\") = x"),
    ];
    if !name.contains('-') {
        captured.extend([
            name.to_owned(),
            format!("%{name}"),
            format!("?{name}"),
            format!("{name} = x"),
            format!("{name} = %x"),
            format!("{name}: display = x"),
            format!("{name}: serde"),
            format!("{name}: error = x"),
            format!("order.{name}"),
            format!("self.{name}"),
            format!("%order.{name}"),
            format!("harmless = {name}"),
            format!("harmless = &order.{name}"),
            format!("harmless = (self.{name})"),
            format!("harmless = {{&self.{name}}}"),
            format!("harmless = module::{name}"),
            format!("harmless = &order.{name}[..]"),
            format!("harmless = {name}.as_str().to_owned()"),
            format!("harmless = ?Some(&order.{name})"),
            format!("harmless: debug = format!(\"{{}}\", order.{name})"),
            format!("harmless = format!(\"{{{name}:?}}\")"),
            format!("{{{name}}}"),
            format!("{{order.{name}:?}}"),
        ]);
        kept_out.extend([
            format!("{name}: redact"),
            format!("harmless: hash = {name}"),
        ]);
    }
    (captured, kept_out)
}

#[test]
fn forbidden_names_are_refused_in_every_position() {
    let mut count = 0;
    for name in FORBIDDEN_NAMES.split_whitespace() {
        let (captured, kept_out) = positions(name);
        for source in captured {
            let messages = messages(&source);
            assert_eq!(messages.len(), 1, "{source}: {messages:?}");
            assert!(
                messages[0].contains("names a secret"),
                "{source}: {messages:?}"
            );
            count += 1;
        }
        for source in kept_out {
            assert_eq!(messages(&source), Vec::<String>::new(), "{source}");
        }
    }
    assert!(count > 2000, "{count} positions");
}

#[test]
fn harmless_names_pass_in_every_position() {
    let mut count = 0;
    for name in HARMLESS_NAMES.split_whitespace() {
        for source in positions(name).0 {
            assert_eq!(messages(&source), Vec::<String>::new(), "{source}");
            count += 1;
        }
    }
    assert!(count > 3000, "{count} positions");
}

#[test]
fn every_macro_that_captures_refuses() {
    for name in ["password", "userToken", "card_number"] {
        let name: proc_macro2::Ident = syn::parse_str(name).expect("an identifier");
        let door = quote::quote!((::storyline));
        for expansion in [
            crate::log_event::expand(quote::quote!(#door INFO, "login_tried", #name)),
            crate::context_of::expand(quote::quote!(#door #name)),
            crate::transition::expand(quote::quote!(#door state => Next, #name)),
        ] {
            let text = expansion.to_string();
            assert!(text.contains("names a secret"), "{text}");
            assert!(!text.contains("capture"), "{text}");
        }
    }
}

#[test]
fn a_mask_is_offered_for_what_is_long_and_known_by_its_end() {
    for (name, is_offered) in [
        ("card_number", true),
        ("cardNumbers", true),
        ("order.credit_card", true),
        ("iban", true),
        ("bank_account", true),
        ("account_no", true),
        ("userAccountNumber", true),
        ("pin", false),
        ("cvv", false),
        ("card_cvv", false),
        ("ssn", false),
        ("password", false),
        ("company_password", false),
        ("api_key", false),
        ("token", false),
    ] {
        for source in [
            name.to_owned(),
            format!("harmless = {name}"),
            format!("{{{name}}}"),
        ] {
            let messages = messages(&source);
            assert_eq!(messages.len(), 1, "{source}: {messages:?}");
            assert_eq!(
                messages[0].contains("mask(last"),
                is_offered,
                "{source}: {messages:?}"
            );
        }
    }
}
