//! The payment service's road to the gateway: one attempt, its time limit, its errors.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use axum::http::StatusCode;
use serde::Deserialize;
use storyline::{log_event, timed};

use crate::gateway::{Charge, Declined};
use crate::http::Http;

/// How long one attempt may take.
pub const TIME_LIMIT: Duration = Duration::from_millis(400);

pub struct Gateway {
    pub address: SocketAddr,
    pub http: Http,
}

/// What the gateway gives for a charge that went through.
#[derive(Deserialize)]
pub struct Charged {
    pub charge_id: String,
}

impl Gateway {
    /// One attempt. It may be tried again, so a failure is no more than a warning here: whether the
    /// payment failed is for the caller to say.
    #[timed(
        name = "charge",
        dependency = "stripe",
        slow = "150ms",
        err_level = WARNING,
        fields(order_id = charge.order_id, attempt = charge.attempt)
    )]
    pub async fn charge(&self, charge: &Charge) -> Result<Charged, GatewayError> {
        log_event!(
            INFO,
            "gateway_called",
            attempt = charge.attempt,
            amount = charge.amount
        );
        let call = self.http.post(self.address, "/charges", charge);
        let answer = tokio::time::timeout(TIME_LIMIT, call)
            .await
            .map_err(|_| GatewayError::TimedOut)?
            .map_err(GatewayError::Unreachable)?;
        log_event!(
            INFO,
            "gateway_answered",
            attempt = charge.attempt,
            status = answer.status.as_u16()
        );
        match answer.status {
            StatusCode::OK => {
                serde_json::from_slice(&answer.body).map_err(GatewayError::Unreadable)
            }
            StatusCode::PAYMENT_REQUIRED => {
                let declined: Declined =
                    serde_json::from_slice(&answer.body).map_err(GatewayError::Unreadable)?;
                Err(GatewayError::Declined(declined.code))
            }
            status => Err(GatewayError::Unavailable(status)),
        }
    }
}

/// Why an attempt gave no money.
#[derive(Debug)]
pub enum GatewayError {
    TimedOut,
    Declined(String),
    Unavailable(StatusCode),
    Unreachable(Box<dyn Error + Send + Sync>),
    Unreadable(serde_json::Error),
}

impl GatewayError {
    /// Whether another attempt could go better.
    pub fn is_temporary(&self) -> bool {
        !matches!(self, Self::Declined(_))
    }

    /// One word for fields and for customers.
    pub fn reason(&self) -> &str {
        match self {
            Self::TimedOut => "gateway_timeout",
            Self::Declined(code) => code,
            Self::Unavailable(_) => "gateway_unavailable",
            Self::Unreachable(_) => "gateway_unreachable",
            Self::Unreadable(_) => "gateway_unreadable",
        }
    }
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimedOut => write!(f, "no answer within {} ms", TIME_LIMIT.as_millis()),
            Self::Declined(code) => write!(f, "declined: {code}"),
            Self::Unavailable(status) => write!(f, "the gateway answered {}", status.as_u16()),
            Self::Unreachable(_) => f.write_str("the gateway could not be reached"),
            Self::Unreadable(_) => f.write_str("the gateway's answer could not be read"),
        }
    }
}

impl Error for GatewayError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreachable(error) => Some(&**error),
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}
