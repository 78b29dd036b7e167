//! Names that are refused, and names that pass.

/// Names that leaked in the wild, or were written by somebody in a hurry.
pub(super) const FORBIDDEN: &str = "
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
pub(super) const HARMLESS: &str = "
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
