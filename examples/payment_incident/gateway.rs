//! The gateway: a process of its own, with its own logs. It asks a bank that degrades part-way, as
//! the plan has it.

use std::error::Error;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use storyline::tower::RequestLayer;
use storyline::{Context, log_event, timed};
use tokio::net::TcpListener;

use crate::options::Options;
use crate::plan::{Fate, Phase, Plan, Verdict};

/// A request to charge a card.
#[derive(Serialize, Deserialize)]
pub struct Charge {
    pub order_id: u64,
    pub attempt: u64,
    pub amount: u64,
    pub card_number: String,
}

/// The answer when the bank says no.
#[derive(Serialize, Deserialize)]
pub struct Declined {
    pub code: String,
}

struct Bank {
    plan: Plan,
    phase: Mutex<Phase>,
    /// What is logged inside belongs to no request.
    outside: Context,
}

/// Serves until standard input ends, so that it never outlives the process that started it. The
/// address goes to standard output, and at the end what was written and dropped.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let flush = options.start_log("gateway", None)?;
    let bank = Arc::new(Bank {
        plan: options.plan,
        phase: Mutex::new(Phase::Healthy),
        outside: Context::current(),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let app = Router::new()
            .route("/charges", post(create_charge))
            .with_state(bank)
            .layer(RequestLayer::new());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        log_event!(INFO, "service_started", port = address.port());
        writeln!(std::io::stdout(), "{address}")?;
        tokio::select! {
            served = async { axum::serve(listener, app).await } => served,
            _ = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())) => Ok(()),
        }
    })?;
    // Handlers whose callers are gone end with the runtime.
    runtime.shutdown_timeout(Duration::from_secs(1));
    log_event!(INFO, "service_stopped");
    flush.flush(Duration::from_secs(5))?;
    writeln!(std::io::stdout(), "{}", storyline::counters())?;
    Ok(())
}

async fn create_charge(State(bank): State<Arc<Bank>>, Json(charge): Json<Charge>) -> Response {
    log_event!(
        INFO,
        "charge_received",
        order_id = charge.order_id,
        attempt = charge.attempt,
        amount = charge.amount,
        card_number: mask(last = 4) = charge.card_number
    );
    bank.notice_phase(charge.order_id);
    let fate = bank.plan.fate(charge.order_id, charge.attempt);
    match bank.authorize(&charge, fate).await {
        Verdict::Approve => {
            let charge_id = format!("ch_{:05}", charge.order_id);
            log_event!(INFO, "charge_approved", charge_id);
            Json(serde_json::json!({ "charge_id": charge_id })).into_response()
        }
        Verdict::Decline(code) => {
            log_event!(INFO, "charge_declined", code);
            let code = code.to_owned();
            (StatusCode::PAYMENT_REQUIRED, Json(Declined { code })).into_response()
        }
        Verdict::Overloaded => {
            log_event!(WARNING, "bank_overloaded");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

impl Bank {
    /// Asks the bank. The delay that the plan has in store is logged first: the caller may not wait
    /// for its end.
    #[timed(name = "authorize", dependency = "bank", slow = "150ms", fields(attempt = charge.attempt))]
    async fn authorize(&self, charge: &Charge, fate: Fate) -> Verdict {
        log_event!(
            DEBUG,
            "delay_injected",
            order_id = charge.order_id,
            attempt = charge.attempt,
            delay_ms = fate.delay.as_millis()
        );
        tokio::time::sleep(fate.delay).await;
        fate.verdict
    }

    /// Says once when the bank's condition changes. That is of no request, though one notices it.
    fn notice_phase(&self, order_id: u64) {
        let _outside = self.outside.enter();
        let mut phase = self.phase.lock().unwrap_or_else(PoisonError::into_inner);
        match (*phase, self.plan.phase(order_id)) {
            (Phase::Healthy, Phase::Degraded) => {
                log_event!(
                    WARNING,
                    "bank_degraded",
                    "the bank answers slowly or not at all"
                );
                *phase = Phase::Degraded;
            }
            (Phase::Degraded, Phase::Recovering) => {
                log_event!(INFO, "bank_recovered");
                *phase = Phase::Recovering;
            }
            _ => {}
        }
    }
}
