//! The customers: a few hundred at once, with and without an id, some in a hurry.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;

use indicatif::ProgressBar;
use tokio::task::JoinSet;

use crate::http::{Http, request_id_header};
use crate::plan::Plan;
use crate::service::Payment;

/// How a request ended for its customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    Status(u16),
    /// The customer went away.
    Left,
    /// The connection broke before there was an answer.
    Broken,
}

/// Sends all requests of the plan and counts how they ended.
pub async fn run(plan: Plan, service: SocketAddr, bar: &ProgressBar) -> BTreeMap<Ending, u64> {
    let http = Http::new();
    let mut customers = JoinSet::new();
    for order_id in 1..=plan.requests {
        tokio::time::sleep(plan.pause(order_id)).await;
        let (http, bar) = (http.clone(), bar.clone());
        customers.spawn(async move {
            let ending = pay(&http, plan, service, order_id).await;
            bar.inc(1);
            ending
        });
    }
    let mut endings = BTreeMap::new();
    for ending in customers.join_all().await {
        *endings.entry(ending).or_default() += 1;
    }
    endings
}

async fn pay(http: &Http, plan: Plan, service: SocketAddr, order_id: u64) -> Ending {
    let customer = plan.customer(order_id);
    let headers = customer
        .request_id
        .and_then(|id| request_id_header(&id).ok())
        .unwrap_or_default();
    let payment = Payment {
        order_id,
        user_id: customer.user_id,
        amount: customer.amount,
        installments: customer.installments,
        card_number: customer.card_number,
    };
    let answer = http.post_with(service, "/payments", headers, &payment);
    match tokio::time::timeout(customer.patience, answer).await {
        Ok(Ok(answer)) => Ending::Status(answer.status.as_u16()),
        Ok(Err(_)) => Ending::Broken,
        Err(_) => Ending::Left,
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "answered {status}"),
            Self::Left => f.write_str("went away"),
            Self::Broken => f.write_str("lost the connection"),
        }
    }
}
