//! The text of a program: functions spread over modules, each with one call site in it, or none.

use std::fmt::Write;

/// What is around a site, and stays when the site is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    /// Three arguments, of the types `u64, u64, &str`.
    Event,
    /// Three arguments, of other types in each module.
    Shape,
    /// The same three, as fields of a structure.
    Structure,
    /// A function that may fail.
    Function,
    /// An order with a state.
    Order,
}

/// One kind of call site of one library.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// As the table shows it.
    pub name: &'static str,
    /// The library, as `extern crate` names it.
    pub library: &'static str,
    /// Sites that the program has more than its twin: a thousand, or fewer where that takes minutes.
    pub sites: u32,
    /// What a site is to cost, and how: in milliseconds of `check` and release, in bytes of code and data.
    pub target: Option<[f64; 4]>,
    around: Around,
    // With `@` for the number of the function.
    site: &'static str,
}

const EVENT: Row = Row {
    name: "storyline log_event!",
    library: "storyline",
    sites: 1_000,
    target: Some([1.0, 3.0, 120.0, 150.0]),
    around: Around::Event,
    site: r#"storyline::log_event!(INFO, "payment_initiated_@", user_id, amount, provider);"#,
};

const TRACING: Row = Row {
    name: "tracing event",
    library: "tracing",
    sites: 1_000,
    target: None,
    around: Around::Event,
    site: r#"tracing::info!(user_id, amount, provider, "payment_initiated_@");"#,
};

/// All kinds, a library's own beside its rivals.
pub fn rows() -> Vec<Row> {
    vec![
        EVENT,
        Row {
            name: "log with kv",
            library: "log",
            site: r#"log::info!(user_id, amount, provider; "payment_initiated_@");"#,
            ..TRACING
        },
        TRACING,
        Row {
            name: "emit event",
            library: "emit",
            site: r#"emit::info!("payment_initiated_@", user_id, amount, provider);"#,
            ..TRACING
        },
        Row {
            name: "storyline log_event!, fields",
            around: Around::Structure,
            site: r#"storyline::log_event!(INFO, "payment_initiated_@", pay.user_id, pay.amount, pay.provider);"#,
            ..EVENT
        },
        Row {
            name: "storyline log_event!, 100 shapes",
            around: Around::Shape,
            target: None,
            ..EVENT
        },
        Row {
            name: "tracing event, 100 shapes",
            around: Around::Shape,
            ..TRACING
        },
        Row {
            name: "storyline #[timed]",
            target: Some([1.2, 5.0, 300.0, 200.0]),
            around: Around::Function,
            site: "#[storyline::timed]",
            ..EVENT
        },
        Row {
            name: "tracing #[instrument]",
            around: Around::Function,
            site: "#[tracing::instrument(skip_all)]",
            ..TRACING
        },
        Row {
            name: "tracing #[instrument(err)]",
            around: Around::Function,
            site: "#[tracing::instrument(skip_all, err)]",
            ..TRACING
        },
        Row {
            name: "emit #[span(err_lvl)]",
            library: "emit",
            sites: 50,
            around: Around::Function,
            site: r#"#[emit::span(ok_lvl: "info", err_lvl: "error", "charge_@")]"#,
            ..TRACING
        },
        Row {
            name: "storyline transition!",
            target: None,
            around: Around::Order,
            site: "let _ = storyline::transition!(order.state => State::Paid, order_id);",
            ..EVENT
        },
    ]
}

impl Row {
    /// The program, in modules of ten functions. In the first of them the twin has sites, too: it then holds
    /// whatever is there once, such as the runtime and what all sites of one shape share.
    pub fn program(&self, is_twin: bool) -> String {
        let mut text = String::from(
            "#[derive(Debug)]\npub struct Declined;\n\
             impl std::fmt::Display for Declined {\n    \
                 fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(\"declined\") }\n\
             }\n\
             impl std::error::Error for Declined {}\n\
             pub struct Pay { pub user_id: u64, pub amount: u64, pub provider: &'static str }\n",
        );
        if self.around == Around::Order {
            text.push_str(
                "#[storyline::state_machine(initial = Created)]\n\
                 #[derive(Clone, Copy)]\n\
                 pub enum State { #[to(Pending)] Created, #[to(Paid, Failed)] Pending, #[to(Pending)] Failed, #[terminal] Paid }\n\
                 pub struct Order { pub state: State, pub total: u64 }\n",
            );
        }
        let modules = self.sites / 10 + 1;
        for module in 0..modules {
            let has_sites = module == 0 || !is_twin;
            self.module(module, has_sites, &mut text);
        }
        text.push_str(
            "fn main() {\n    let n = std::process::id().into();\n    let mut sum = 0_u64;\n",
        );
        for module in 0..modules {
            let _ = writeln!(text, "    sum ^= m{module}::all(n);");
        }
        text.push_str("    std::process::exit(i32::from(sum == 7));\n}\n");
        text
    }

    fn module(&self, module: u32, has_sites: bool, text: &mut String) {
        let numbers = module * 10..module * 10 + 10;
        let types = if self.around == Around::Shape {
            shape(module)
        } else {
            ["u64", "u64", "&str"]
        };
        let _ = writeln!(text, "pub mod m{module} {{\n    use super::*;");
        for number in numbers.clone() {
            let site = if has_sites {
                self.site.replace('@', &number.to_string())
            } else {
                String::new()
            };
            let _ = writeln!(text, "{}", self.function(number, &site, types));
        }
        text.push_str(
            "    #[inline(never)]\n    pub fn all(n: u64) -> u64 {\n        let mut sum = 0_u64;\n",
        );
        for number in numbers {
            let _ = writeln!(text, "        sum ^= {};", self.call(number, types));
        }
        text.push_str("        sum\n    }\n}\n");
    }

    fn function(&self, number: u32, site: &str, types: [&str; 3]) -> String {
        let [a, b, c] = types;
        match self.around {
            Around::Event | Around::Shape => format!(
                "    #[inline(never)]\n    \
                     pub fn pay_{number}(user_id: {a}, amount: {b}, provider: {c}, n: u64) -> u64 {{\n        \
                         {site}\n        \
                         let _ = (user_id, amount, provider);\n        \
                         n.wrapping_mul({number})\n    \
                     }}"
            ),
            Around::Structure => format!(
                "    #[inline(never)]\n    \
                     pub fn pay_{number}(pay: &Pay, n: u64) -> u64 {{\n        \
                         {site}\n        \
                         let _ = pay;\n        \
                         n.wrapping_mul({number})\n    \
                     }}"
            ),
            Around::Function => format!(
                "    {site}\n    \
                     #[inline(never)]\n    \
                     pub fn charge_{number}(user_id: u64, amount: u64) -> Result<u64, Declined> {{\n        \
                         if amount == {number} {{\n            return Err(Declined);\n        }}\n        \
                         Ok(user_id.wrapping_mul({number}).wrapping_add(amount))\n    \
                     }}"
            ),
            Around::Order => format!(
                "    #[inline(never)]\n    \
                     pub fn pay_{number}(order: &mut Order, order_id: u64) -> u64 {{\n        \
                         {site}\n        \
                         order.total = order_id.wrapping_mul({number});\n        \
                         order.total\n    \
                     }}"
            ),
        }
    }

    fn call(&self, number: u32, types: [&str; 3]) -> String {
        match self.around {
            Around::Event | Around::Shape => {
                let [a, b, c] = types.map(value);
                format!("pay_{number}({a}, {b}, {c}, n ^ {number})")
            }
            Around::Structure => {
                let [user_id, amount, provider] = ["u64", "u64", "&str"].map(value);
                format!(
                    "pay_{number}(&Pay {{ user_id: {user_id}, amount: {amount}, provider: {provider} }}, n ^ {number})"
                )
            }
            Around::Function => format!("charge_{number}(n ^ {number}, n).unwrap_or(7)"),
            Around::Order => format!(
                "pay_{number}(&mut Order {{ state: State::Pending, total: n }}, n ^ {number})"
            ),
        }
    }
}

/// What a module's arguments are; 125 of them.
fn shape(module: u32) -> [&'static str; 3] {
    const TYPES: [&str; 5] = ["u64", "i32", "bool", "f64", "&str"];
    [module, module / 5, module / 25].map(|digit| TYPES[digit as usize % TYPES.len()])
}

/// A value that the compiler does not know.
fn value(of: &str) -> &'static str {
    match of {
        "i32" => "std::hint::black_box(n as i32)",
        "bool" => "std::hint::black_box(n > 7)",
        "f64" => "std::hint::black_box(n as f64)",
        "&str" => "std::hint::black_box(\"stripe\")",
        _ => "std::hint::black_box(n)",
    }
}
