//! The incident of a payment service, run for real: two services on loopback, a bank that degrades
//! part-way, a few hundred customers, and at the end the story of one request that failed.
//!
//! `cargo run --release --example payment_incident`, with `-- --help` for the options. It ends by
//! itself after some seconds.

#![expect(
    unreachable_pub,
    reason = "in a program `pub` says what a file offers to the others"
)]

mod charge;
mod client;
mod gateway;
mod http;
mod options;
mod orders;
mod plan;
mod report;
mod service;
mod terminal;

use std::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};
use std::time::Duration;

use indicatif::ProgressBar;
use storyline::log_event;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::options::Options;
use crate::orders::Orders;
use crate::report::Counted;

fn main() -> ExitCode {
    let result = match Options::parse(std::env::args().skip(1)) {
        Ok(None) => write!(io::stdout(), "{}", options::USAGE).map_err(Into::into),
        Ok(Some(options)) if options.is_gateway => gateway::run(&options),
        Ok(Some(options)) => run(&options),
        Err(message) => Err(message.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is gone.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    options.clear_logs()?;
    let bar = options
        .is_watched
        .then(|| terminal::bar(options.plan.requests));
    let flush = options.start_log("payment-service", bar.as_ref())?;
    let mut gateway = GatewayProcess::start(options, bar.as_ref())?;
    let orders = Orders::open(&options.database())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;

    let hidden = ProgressBar::hidden();
    let endings = runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let routes = service::routes(orders, gateway.address, options.plan);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, routes).with_graceful_shutdown(async {
            let _ = stopped.await;
        });
        let server = tokio::spawn(async { server.await });
        log_event!(INFO, "service_started", port = address.port());
        let endings = client::run(options.plan, address, bar.as_ref().unwrap_or(&hidden)).await;
        drop(stop);
        server.await??;
        Ok::<_, Box<dyn Error>>(endings)
    })?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    if let Some(bar) = &bar {
        bar.finish();
    }
    log_event!(INFO, "service_stopped");
    let gateway_counters = gateway.stop()?;
    flush.flush(Duration::from_secs(5))?;

    let counted = [
        Counted {
            service: "payment-service",
            counters: storyline::counters().to_string(),
        },
        Counted {
            service: "gateway",
            counters: gateway_counters,
        },
    ];
    report::write(options, &endings, &counted)
}

/// The gateway's process. It ends when its standard input does, so it never outlives this one.
struct GatewayProcess {
    child: Child,
    output: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl GatewayProcess {
    fn start(options: &Options, bar: Option<&ProgressBar>) -> Result<Self, Box<dyn Error>> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(options.for_gateway())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(bar.map_or_else(Stdio::inherit, |_| Stdio::piped()))
            .spawn()?;
        if let (Some(bar), Some(lines)) = (bar, child.stderr.take()) {
            terminal::forward(lines, bar.clone());
        }
        let output = child
            .stdout
            .take()
            .ok_or("the gateway has no standard output")?;
        let mut output = BufReader::new(output);
        let mut address = String::new();
        output.read_line(&mut address)?;
        let address = address
            .trim()
            .parse()
            .map_err(|_| "the gateway did not start")?;
        Ok(Self {
            child,
            output,
            address,
        })
    }

    /// Ends it and gives what it counted.
    fn stop(&mut self) -> Result<String, Box<dyn Error>> {
        drop(self.child.stdin.take());
        let mut counters = String::new();
        self.output.read_to_string(&mut counters)?;
        let status = self.child.wait()?;
        if !status.success() {
            return Err(format!("the gateway ended with {status}").into());
        }
        Ok(counters.trim_end().to_owned())
    }
}
