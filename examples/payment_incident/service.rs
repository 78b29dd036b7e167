//! The payment service: validates, stores the order, charges with retries, and says how it ended.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use storyline::tower::RequestLayer;
use storyline::{Tracked, log_event, timed};

use crate::charge::{Charged, Gateway, GatewayError};
use crate::gateway::Charge;
use crate::http::Http;
use crate::orders::{Order, Orders, StoreError};
use crate::plan::Plan;

/// How often a charge is tried.
const ATTEMPTS: u64 = 3;

pub struct Service {
    pub orders: Orders,
    pub gateway: Gateway,
    /// Where the waiting times between attempts come from.
    pub plan: Plan,
}

/// What a customer sends.
#[derive(Clone, Serialize, Deserialize)]
pub struct Payment {
    pub order_id: u64,
    pub user_id: u64,
    pub amount: u64,
    pub installments: u64,
    pub card_number: String,
}

#[derive(Serialize)]
struct Receipt {
    charge_id: String,
    monthly: u64,
}

/// The service's routes, each request in a context of its own.
pub fn routes(orders: Orders, gateway: SocketAddr, plan: Plan) -> Router {
    let service = Service {
        orders,
        gateway: Gateway {
            address: gateway,
            http: Http::new(),
        },
        plan,
    };
    Router::new()
        .route("/payments", post(create_payment))
        .with_state(Arc::new(service))
        .layer(RequestLayer::new())
}

// The line that says why a payment failed is `payment_failed`, so the one of the timer stays an INFO
// without the error.
#[timed(err_level = INFO, err(none), fields(order_id = payment.order_id))]
async fn create_payment(
    State(service): State<Arc<Service>>,
    Json(payment): Json<Payment>,
) -> Result<impl IntoResponse, PaymentError> {
    service.pay(&payment).await.inspect_err(|error| {
        log_event!(
            (error.level()),
            "payment_failed",
            order_id = payment.order_id,
            reason = error.reason(),
            error: error
        );
    })
}

impl Service {
    async fn pay(&self, payment: &Payment) -> Result<(StatusCode, Json<Receipt>), PaymentError> {
        validate(payment)?;
        let order = self
            .orders
            .create(payment.order_id, payment.user_id, payment.amount)
            .await?;
        // Nobody ever asked for no installments at all.
        let monthly = payment.amount / payment.installments;
        let charged = self.charge(order, payment).await?;
        log_event!(
            INFO,
            "payment_succeeded",
            order_id = payment.order_id,
            charge_id = charged.charge_id
        );
        let receipt = Receipt {
            charge_id: charged.charge_id,
            monthly,
        };
        Ok((StatusCode::CREATED, Json(receipt)))
    }

    /// Charges, waits and tries again while that could help; the order says where it stands.
    async fn charge(
        &self,
        mut order: Tracked<Order>,
        payment: &Payment,
    ) -> Result<Charged, PaymentError> {
        let mut attempt = 1;
        loop {
            order = self
                .orders
                .advance(order, Order::PaymentPending { attempt })
                .await?;
            let charge = Charge {
                order_id: payment.order_id,
                attempt,
                amount: payment.amount,
                card_number: payment.card_number.clone(),
            };
            let error = match self.gateway.charge(&charge).await {
                Ok(charged) => {
                    self.orders.advance(order, Order::Paid).await?;
                    return Ok(charged);
                }
                Err(error) => error,
            };
            order = self.orders.advance(order, Order::PaymentFailed).await?;
            if attempt == ATTEMPTS || !error.is_temporary() {
                self.orders.advance(order, Order::Abandoned).await?;
                return Err(PaymentError::Gateway {
                    error,
                    attempts: attempt,
                });
            }
            let delay = self.plan.backoff(payment.order_id, attempt);
            attempt += 1;
            log_event!(
                WARNING,
                "payment_retry",
                "attempt {attempt} in {delay_ms} ms",
                attempt,
                delay_ms = delay.as_millis(),
                reason = error.reason()
            );
            tokio::time::sleep(delay).await;
        }
    }
}

fn validate(payment: &Payment) -> Result<(), PaymentError> {
    if payment.amount == 0 {
        log_event!(
            INFO,
            "validation_failed",
            order_id = payment.order_id,
            field = "amount"
        );
        return Err(PaymentError::Invalid("amount"));
    }
    log_event!(
        INFO,
        "validation_passed",
        order_id = payment.order_id,
        user_id = payment.user_id,
        amount = payment.amount,
        card_number: mask(last = 4) = payment.card_number
    );
    Ok(())
}

/// Why there was no payment.
#[derive(Debug)]
enum PaymentError {
    Invalid(&'static str),
    Gateway { error: GatewayError, attempts: u64 },
    Store(StoreError),
}

impl PaymentError {
    fn reason(&self) -> &str {
        match self {
            Self::Invalid(_) => "invalid_payment",
            Self::Gateway { error, .. } => error.reason(),
            Self::Store(_) => "order_not_stored",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Gateway { error, .. } => match error {
                GatewayError::Declined(_) => StatusCode::PAYMENT_REQUIRED,
                GatewayError::TimedOut => StatusCode::GATEWAY_TIMEOUT,
                _ => StatusCode::BAD_GATEWAY,
            },
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What the customer can mend is no error of ours.
    fn level(&self) -> storyline::Level {
        if self.status().is_server_error() {
            storyline::Level::Error
        } else {
            storyline::Level::Warning
        }
    }
}

impl fmt::Display for PaymentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(field) => write!(f, "the field {field} makes no sense"),
            Self::Gateway { attempts: 1, .. } => f.write_str("not charged at the first attempt"),
            Self::Gateway { attempts, .. } => write!(f, "not charged in {attempts} attempts"),
            Self::Store(_) => f.write_str("not charged"),
        }
    }
}

impl Error for PaymentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Invalid(_) => None,
            Self::Gateway { error, .. } => Some(error),
            Self::Store(error) => Some(error),
        }
    }
}

impl From<StoreError> for PaymentError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl IntoResponse for PaymentError {
    fn into_response(self) -> Response {
        let body = serde_json::json!({ "reason": self.reason() });
        (self.status(), Json(body)).into_response()
    }
}
