use storyline::context;

fn main() {
    fn spawn(_: impl Future<Output = ()> + Send) {}
    spawn(async {
        let _guard = context!(tenant = "acme");
        core::future::ready(()).await;
    });
}
