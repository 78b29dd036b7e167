//! Of `#[state_machine]` and `transition!`.

use super::one_message_each;

#[test]
fn machines() {
    let order = "enum Order { #[to(Paid)] Created, #[terminal] Paid }";
    for (arguments, part) in [
        (r#"initial = "Created""#, "`initial = Created`"),
        ("initial: Created", "write `initial = Created`"),
        ("initial(Created)", "write `initial = Created`"),
        (r#""Created""#, "`initial = Created`"),
        ("start = Created", "`initial = Created`"),
        ("initial_state = Created", "`initial = Created`"),
        ("initial = Order::Created", "`initial = Created`"),
        ("initial = created", "did you mean `Created`?"),
        ("initial = Created; name = \"x\"", "in place of `;`"),
        ("initial = Created, terminal = [Paid]", "at its variant"),
        ("name = \"order\"", "`#[state_machine(initial = Created)]`"),
    ] {
        one_message_each(&[(&format!("#[state_machine({arguments})] {order}"), part)]);
    }
    for (created, paid, part) in [
        (
            "#[to(\"Paid\")]",
            "#[terminal]",
            "`Paid` instead of `\"Paid\"`",
        ),
        ("#[to = Paid]", "#[terminal]", "`#[to(Paid)]`"),
        ("#[to = \"Paid\"]", "#[terminal]", "`#[to(Paid)]`"),
        (
            "#[to(Order::Paid)]",
            "#[terminal]",
            "`Paid` instead of `Order::Paid`",
        ),
        (
            "#[to(=> Paid)]",
            "#[terminal]",
            "`Paid` instead of `=> Paid`",
        ),
        ("#[to(paid)]", "#[terminal]", "did you mean `Paid`?"),
        ("#[goto(Paid)]", "#[terminal]", "did you mean `#[to(...)]`?"),
        ("#[to(Paid)]", "#[terminl]", "did you mean `#[terminal]`?"),
        ("#[to(Paid)]", "#[end]", "did you mean `#[terminal]`?"),
        ("#[to(Paid)]", "", "or `#[terminal]` if none may"),
        ("", "#[terminal]", "with the states that may follow"),
        (
            "#[initial] #[to(Paid)]",
            "#[terminal]",
            "`#[state_machine(initial = Created)]`",
        ),
    ] {
        let item = format!("enum Order {{ {created} Created, {paid} Paid }}");
        one_message_each(&[(&format!("#[state_machine(initial = Created)] {item}"), part)]);
    }
    let marked = "enum Order { #[initial] #[to(Paid)] Created, #[terminal] Paid }";
    one_message_each(&[(
        &format!("#[state_machine] {marked}"),
        "`#[state_machine(initial = Created)]`",
    )]);
}

#[test]
fn steps() {
    one_message_each(&[
        (
            "transition!(Order::Paid)",
            "write `transition!(place => Order::Paid)`",
        ),
        (
            "transition!(order.state: Created)",
            "`transition!(order.state: Created => Enum::Variant)`",
        ),
        (
            "transition!(order.state Created => Order::Paid)",
            "write `order.state: Created => ...`",
        ),
        (
            "transition!(order.state => => Order::Paid)",
            "the next state comes after the arrow",
        ),
        (
            "transition!(order.state =>> Order::Paid)",
            "the next state comes after the arrow",
        ),
        (
            "transition!(order.state => Order::Paid => Order::Done)",
            "one arrow",
        ),
        (
            "transition!(mut order.state => Order::Paid)",
            "begins with the place",
        ),
        (
            "transition!(Order::Created => Order::Paid)",
            "not a place that a state can be assigned to",
        ),
        (
            "transition!(INFO, order.state => Order::Paid)",
            "remove `INFO`",
        ),
        (
            r#"transition!("order_paid", order.state => Order::Paid)"#,
            "remove `\"order_paid\"`",
        ),
        (
            "transition!(order.state -> Order::Paid)",
            "`transition!(order.state => Order::Paid)`",
        ),
        (
            "transition!(order.state = Order::Paid)",
            "`order.state => Order::Paid`",
        ),
        (
            "transition!(order.state == Order::Paid)",
            "`order.state => Order::Paid`",
        ),
        (
            "transition!(order.state >= Order::Paid)",
            "`order.state => Order::Paid`",
        ),
        (
            "transition!(order.state: Created -> Order::Paid)",
            "`order.state: Created => Order::Paid`",
        ),
        (
            "transition!(order.state: Created, Order::Paid)",
            "`order.state: Created => Order::Paid`",
        ),
        (
            "transition!(order.state: \"Created\" => Order::Paid)",
            "`order.state: Created => ...`",
        ),
        (
            "transition!(order.state: _ => Order::Paid)",
            "`order.state => ...`",
        ),
        (
            "transition!(order.state: Created => paid)",
            "`Enum::Variant`",
        ),
        (
            "transition!(order.state => Order::Paid; a = 1)",
            "`,` in place of `;`",
        ),
    ]);
}

#[test]
fn places_of_steps() {
    one_message_each(&[
        (
            "transition!(&mut order.state => Order::Paid)",
            "write `order.state => ...`",
        ),
        (
            "transition!(order.state() => Order::Paid)",
            "`let state = order.state();`",
        ),
        (
            "transition!(order.lock().unwrap().state => Order::Paid)",
            "`let mut state = order.lock().unwrap();`",
        ),
        (
            "transition!(order.state() => Order::Paid, id = order.id)",
            "after what the fields take of `order`, such as `let id = order.id;`",
        ),
        (
            "transition!(order.state: Created | Pending => Order::Paid)",
            "a step for each of them",
        ),
        (
            "transition!(order.state => Order::Paid, \"order_paid\", a = 1)",
            "is a key without a value",
        ),
    ]);
}
