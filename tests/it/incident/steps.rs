//! The steps of orders, in the database and in the log.

use std::collections::BTreeMap;

use super::{Incident, field};
use rusqlite::Connection;
use storyline::RecordBuf;

pub(super) fn database_and_log_tell_the_same_steps(incident: &Incident, service: &[RecordBuf]) {
    type Step = (String, String, String, String);
    let database = Connection::open(incident.path("orders.db")).expect("the database");
    let mut query = database
        .prepare("select order_id, from_state, to_state, request_id from steps")
        .expect("a table of steps");
    let rows = query.query_map([], |row| {
        Ok((
            row.get::<_, i64>(0)?.to_string(),
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
        ))
    });
    let mut stored: Vec<Step> = rows.and_then(Iterator::collect).expect("steps");
    let mut logged: Vec<Step> = service
        .iter()
        .filter(|it| it.event == "state_transition")
        .map(|it| {
            let id = it.request_id.clone().unwrap_or_default();
            (field(it, "id"), field(it, "from"), field(it, "to"), id)
        })
        .collect();
    stored.sort();
    logged.sort();
    assert!(stored.len() > 100, "{} steps", stored.len());
    assert_eq!(stored, logged);

    // Where an order stands is where its last step led.
    let mut states: BTreeMap<String, String> = BTreeMap::new();
    for record in service.iter().filter(|it| it.event == "state_transition") {
        states.insert(field(record, "id"), field(record, "to"));
    }
    let mut query = database
        .prepare("select id, state from orders")
        .expect("a table of orders");
    let rows = query.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?.to_string(), row.get::<_, String>(1)?))
    });
    let rows: Vec<_> = rows.and_then(Iterator::collect).expect("orders");
    for (id, state) in rows {
        let last = states.get(&id).map_or("created", String::as_str);
        assert_eq!(state, last, "order {id}");
    }
}
