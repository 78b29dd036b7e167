//! A Prometheus reads what the facade was told, and comes to the same quantiles as the log.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::alone::{Place, Process, SOON, wait_until};
use crate::ledger::number;
use crate::timed::Declined;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use storyline::sink::{self, Memory};
use storyline::{RecordBuf, ValueBuf, timed};

const PROGRAM: &str = "prometheus";

/// Each is this much wider than the one before.
const STEP: f64 = 1.25;
const BUCKETS: usize = 50;

#[timed(percentiles, level = DEBUG)]
fn settle(n: u64) -> Result<(), Declined> {
    // Most are short, some are long.
    let micros = if n.is_multiple_of(20) {
        15_000
    } else {
        200 + n % 50 * 40
    };
    std::thread::sleep(Duration::from_micros(micros));
    if n.is_multiple_of(40) {
        return Err(Declined::new("late"));
    }
    Ok(())
}

const CALLS: u32 = 400;

#[test]
fn prometheus_and_the_log_agree() {
    if !is_installed() {
        return;
    }
    let process = Process::new(concat!(module_path!(), "::prometheus_and_the_log_agree"));
    if let Some(ended) = process.run(compare) {
        assert!(ended.succeeded(), "{ended}");
    }
}

/// Says so where it is missing; fails where it must not be.
fn is_installed() -> bool {
    let mut command = Command::new(PROGRAM);
    let quiet = command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if quiet.status().is_ok_and(|it| it.success()) {
        return true;
    }
    let is_ci = std::env::var_os("CI").is_some_and(|it| !it.is_empty() && it != "false");
    assert!(
        !is_ci,
        "there is no `{PROGRAM}`: install the package of that name"
    );
    // Past the capture of the test harness, which shows nothing of a test that passes.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: no Prometheus reads what the feature `metrics` exports, because there is no `{PROGRAM}`; \
         install the package of that name"
    );
    false
}

fn compare() {
    let bounds: Vec<_> = (0..BUCKETS).map(|it| bound(it)).collect();
    let exporter = PrometheusBuilder::new()
        .set_buckets(&bounds)
        .expect("buckets");
    let handle = exporter.install_recorder().expect("the first");
    let memory = Memory::new();
    let guard = storyline::setup("shop")
        .sink(sink::memory(&memory))
        .timing_summary_every(Duration::MAX)
        .start()
        .expect("starts");
    for n in 0..u64::from(CALLS) {
        let _ = settle(n);
    }
    let place = Place::new("prometheus");
    let server = Server::start(&place, serve(handle));
    let counted = "sum(function_duration_seconds_count{name=\"settle\"})";
    wait_until("every call in Prometheus", || {
        server.ask(counted) == Some(f64::from(CALLS))
    });
    let quantiles = [(0.5, "p50_ms"), (0.95, "p95_ms"), (0.99, "p99_ms")].map(|(share, key)| {
        let series = "function_duration_seconds_bucket{name=\"settle\"}";
        let query = format!("histogram_quantile({share}, sum by (le) ({series}))");
        (key, server.ask(&query).expect("a quantile"))
    });
    let failed = server.ask("sum(function_calls_total{name=\"settle\",outcome=\"err\"})");
    let sum = server.ask("sum(function_duration_seconds_sum{name=\"settle\"})");
    drop(server);
    drop(guard);
    let records = memory.records();
    let summaries: Vec<_> = records
        .iter()
        .filter(|it| it.event == "timing_summary")
        .collect();
    let [summary] = summaries[..] else {
        panic!("one summary: {summaries:?}");
    };
    assert_eq!(number(summary, "count"), u64::from(CALLS));
    assert_eq!(failed, Some(10.0));
    assert_eq!(number(summary, "errors"), 10);
    for (key, theirs) in quantiles {
        let ours = millis(summary, key) / 1e3;
        let bucket = (0..BUCKETS)
            .find(|it| theirs <= bound(*it))
            .expect("a bucket");
        let (from, to) = (bound(bucket) / STEP, bound(bucket));
        // Of all that is in a bucket Prometheus knows only that; the histogram of ours is off by a percent.
        assert!(
            from * 0.99 <= ours && ours <= to * 1.01,
            "{key}: {ours} and {theirs}, which lies between {from} and {to}"
        );
    }
    let longest = millis(summary, "max_ms") / 1e3;
    let mean = sum.expect("a sum") / f64::from(CALLS);
    assert!(0.000_2 < mean && mean < longest, "{mean} {longest}");
}

/// The upper end of a bucket in seconds, from 50 µs to 2.8 s.
fn bound(index: usize) -> f64 {
    let index = i32::try_from(index).expect("few");
    0.000_05 * STEP.powi(index)
}

fn millis(record: &RecordBuf, key: &str) -> f64 {
    match record.field(key) {
        Some(&ValueBuf::Millis(millis) | &ValueBuf::Float(millis)) => millis,
        other => panic!("`{key}` is {other:?} in {record:?}"),
    }
}

/// Answers everybody who asks with all metrics; gives the port.
fn serve(handle: PrometheusHandle) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("bound").port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a caller");
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let text = handle.render();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n{text}",
                text.len()
            );
        }
    });
    port
}

/// A Prometheus of our own.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(place: &Place, target: u16) -> Self {
        let config = place.join("prometheus.yml");
        let text = format!(
            "global:\n  scrape_interval: 1s\nscrape_configs:\n  - job_name: shop\n    static_configs:\n      \
             - targets: ['127.0.0.1:{target}']\n"
        );
        std::fs::write(&config, text).expect("written");
        // Somebody may take the port before it does.
        for _ in 0..5 {
            let mut server = Self::start_once(place, &config);
            if server.comes_up() {
                return server;
            }
        }
        panic!("Prometheus does not start");
    }

    fn start_once(place: &Place, config: &std::path::Path) -> Self {
        let free = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = free.local_addr().expect("bound").port();
        drop(free);
        let child = Command::new(PROGRAM)
            .arg(format!("--config.file={}", config.display()))
            .arg(format!(
                "--storage.tsdb.path={}",
                place.join("data").display()
            ))
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .arg("--log.level=error")
            .stdin(Stdio::null())
            .spawn()
            .expect("it is there");
        Self { child, port }
    }

    fn comes_up(&mut self) -> bool {
        let mut has_ended = false;
        wait_until("Prometheus is up", || {
            has_ended = self.child.try_wait().expect("a child of ours").is_some();
            has_ended || self.get("/-/ready").is_some_and(|it| it.contains("200 OK"))
        });
        !has_ended
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(SOON)).ok()?;
        // Of this version, so that the answer comes in one piece.
        write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }

    /// The value of an expression that has one.
    fn ask(&self, query: &str) -> Option<f64> {
        let encoded: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let answer = self.get(&format!("/api/v1/query?query={encoded}"))?;
        let (_, body) = answer.split_once("\r\n\r\n")?;
        let body: serde_json::Value = serde_json::from_str(body).ok()?;
        body["data"]["result"][0]["value"][1].as_str()?.parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
