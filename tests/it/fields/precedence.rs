//! Which value counts where two have one key.

use storyline::info;
use storyline::testing::capture;

use super::{Address, Customer, ORDER, Order, shown};

#[test]
fn a_splat_takes_the_keys_as_they_are_and_a_name_stands_in_front_of_them() {
    let order = &ORDER;
    let logged = capture(|| {
        info!(
            "order_created",
            source = "web",
            ..order,
            provider = "stripe"
        );
    });
    assert_eq!(
        shown(&logged),
        ["source=web", "id=7", "amount=500", "provider=stripe"]
    );
    let logged = capture(|| info!("order_created", source = "web", order: fields));
    assert_eq!(
        shown(&logged),
        ["source=web", "order.id=7", "order.amount=500"]
    );
    let logged = capture(|| info!("order_created", first: fields = ORDER, ..ORDER));
    assert_eq!(
        shown(&logged),
        ["first.id=7", "first.amount=500", "id=7", "amount=500"]
    );
}

#[test]
fn what_the_call_names_comes_before_a_splat_in_either_order() {
    let logged = capture(|| info!("order_created", id = 1, ..ORDER));
    assert_eq!(shown(&logged), ["id=1", "amount=500"]);
    let logged = capture(|| info!("order_created", ..ORDER, id = 1));
    assert_eq!(shown(&logged), ["amount=500", "id=1"]);
    let order = &ORDER;
    let logged = capture(|| info!("order_created", "order {order.id}", order: fields));
    assert_eq!(
        shown(&logged),
        ["order.id=7", "order.amount=500", "msg=order 7"]
    );
}

#[test]
fn of_two_splats_the_later_one_counts() {
    let later = Order { id: 8, amount: 1 };
    let logged = capture(|| info!("order_created", ..ORDER, ..later));
    assert_eq!(shown(&logged), ["id=8", "amount=1"]);
    let customer = Customer {
        id: 3,
        name: "ada",
        address: None,
    };
    let logged = capture(|| info!("order_created", ..ORDER, ..customer));
    assert_eq!(
        shown(&logged),
        ["amount=500", "id=3", "name=ada", "address=null"]
    );
}

#[test]
fn structures_stand_in_structures_and_may_be_missing() {
    let address = Address {
        city: "Bern".to_owned(),
    };
    let customer = Customer {
        id: 3,
        name: "ada",
        address: Some(address.clone()),
    };
    let logged = capture(|| info!("customer_seen", customer: fields));
    assert_eq!(
        shown(&logged),
        [
            "customer.id=3",
            "customer.name=ada",
            "customer.address.city=Bern"
        ]
    );
    let nobody: Option<Customer<'_>> = None;
    let logged = capture(|| info!("customer_seen", ..nobody, ok = 1));
    assert_eq!(shown(&logged), ["ok=1"]);
    let logged = capture(|| info!("customer_seen", nobody: fields, ok = 1));
    assert_eq!(shown(&logged), ["nobody=null", "ok=1"]);
    let boxed = Some(Box::new(&address));
    let logged = capture(|| info!("customer_seen", ..boxed));
    assert_eq!(shown(&logged), ["city=Bern"]);
}
