//! Orders and where they stand. Each step is logged and stored in one go, so the log and the database
//! tell the same.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, params};
use storyline::{Context, IllegalTransition, Machine, Tracked, state_machine, timed, transition};

#[state_machine(initial = Created)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    #[to(PaymentPending)]
    Created,
    #[to(Paid, PaymentFailed)]
    PaymentPending { attempt: u64 },
    #[to(PaymentPending, Abandoned)]
    PaymentFailed,
    #[terminal]
    Paid,
    #[terminal]
    Abandoned,
}

/// The table of orders and the table of their steps.
#[derive(Clone)]
pub struct Orders {
    database: Arc<Mutex<Connection>>,
}

impl Orders {
    pub fn open(path: &Path) -> rusqlite::Result<Self> {
        let database = Connection::open(path)?;
        database.execute_batch(
            "pragma journal_mode = wal;
             pragma synchronous = normal;
             create table orders (
                 id integer primary key, user_id integer not null, amount integer not null,
                 state text not null);
             create table steps (
                 order_id integer not null references orders(id), from_state text not null,
                 to_state text not null, request_id text);",
        )?;
        Ok(Self {
            database: Arc::new(Mutex::new(database)),
        })
    }

    /// Stores a new order.
    pub async fn create(
        &self,
        id: u64,
        user_id: u64,
        amount: u64,
    ) -> Result<Tracked<Order>, StoreError> {
        self.on_database(move |database| {
            let order = Tracked::new(id, Order::Created);
            insert_order(database, &order, user_id, amount)?;
            Ok(order)
        })
        .await
    }

    /// Takes an order one step further.
    pub async fn advance(
        &self,
        mut order: Tracked<Order>,
        next: Order,
    ) -> Result<Tracked<Order>, StoreError> {
        self.on_database(move |database| {
            let from = order.state_name();
            transition!(order => next)?;
            store_step(database, &order, from)?;
            Ok(order)
        })
        .await
    }

    /// Runs work on a thread that may block, with the request's context taken along.
    async fn on_database<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let database = Arc::clone(&self.database);
        let context = Context::current();
        let task = tokio::task::spawn_blocking(move || {
            let _inside = context.enter();
            work(&mut database.lock().unwrap_or_else(PoisonError::into_inner))
        });
        task.await.map_err(StoreError::Lost)?
    }
}

#[timed(name = "db_insert_order", level = DEBUG, fields(order_id = *order.id()))]
fn insert_order(
    database: &Connection,
    order: &Tracked<Order>,
    user_id: u64,
    amount: u64,
) -> rusqlite::Result<()> {
    database
        .prepare_cached("insert into orders values (?1, ?2, ?3, ?4)")?
        .execute(params![order.id(), user_id, amount, order.state_name()])?;
    Ok(())
}

#[timed(name = "db_store_step", level = DEBUG, fields(order_id = *order.id()))]
fn store_step(
    database: &mut Connection,
    order: &Tracked<Order>,
    from: &str,
) -> rusqlite::Result<()> {
    let context = Context::current();
    let work = database.transaction()?;
    work.prepare_cached("update orders set state = ?2 where id = ?1")?
        .execute(params![order.id(), order.state_name()])?;
    work.prepare_cached("insert into steps values (?1, ?2, ?3, ?4)")?
        .execute(params![
            order.id(),
            from,
            order.state_name(),
            context.request_id()
        ])?;
    work.commit()
}

/// An order could not be stored.
#[derive(Debug)]
pub enum StoreError {
    Database(rusqlite::Error),
    Illegal(IllegalTransition),
    Lost(tokio::task::JoinError),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the order could not be stored")
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::Database(error) => error,
            Self::Illegal(error) => error,
            Self::Lost(error) => error,
        })
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<IllegalTransition> for StoreError {
    fn from(error: IllegalTransition) -> Self {
        Self::Illegal(error)
    }
}
