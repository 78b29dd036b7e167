use storyline::{Fields, context, info, log_event};

#[derive(Fields)]
struct Card {
    brand: String,
    number: String,
}

#[derive(Fields)]
struct Payment {
    id: u64,
    #[field(fields)]
    card: Card,
}

fn main() {
    let card = Card { brand: "v".to_owned(), number: "x".to_owned() };
    log_event!(INFO, "card_added", ..card);
    log_event!(INFO, "card_added", order: fields = card);
    log_event!(INFO, "card_added", card: fields);
    info!("card_added", pay.card: fields = Some(&card));
    let _guard = context!(card: fields);
    let payment = Payment { id: 7, card };
    info!("paid", ..payment);
}
