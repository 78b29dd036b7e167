use storyline::Fields;

#[derive(Fields)]
struct Login {
    user: String,
    password: String,
    #[field(debug)]
    session_token: Vec<u8>,
    #[field(rename = "word")]
    passphrase: String,
    #[field(rename = "api_key")]
    word: String,
    card_number_last: String,
    #[field(fields)]
    credentials: Inner,
}

#[derive(Fields)]
struct Inner {
    id: u64,
}

fn main() {}
