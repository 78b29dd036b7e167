//! Addresses with a port are taken as they are, and what both formats write reads back as that text.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use storyline::format::{Format as _, Json, Line};
use storyline::testing::capture;
use storyline::{ValueBuf, context, info};

#[test]
fn an_address_with_a_port_is_text() {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
    let v4 = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 80);
    let v6 = SocketAddrV6::new(Ipv6Addr::LOCALHOST, 443, 0, 0);
    let captured = capture(|| {
        let _guard = context!(peer = v4);
        info!(
            "listening",
            "listening at {address}",
            address,
            v6,
            none = None::<SocketAddr>
        );
    });
    captured
        .assert_logged("listening")
        .with("address", "127.0.0.1:8080")
        .with("v6", "[::1]:443")
        .with("peer", "127.0.0.1:80")
        .with("msg", "listening at 127.0.0.1:8080");
    let (mut line, mut json) = (Vec::new(), Vec::new());
    Line::default().format(&captured[0].as_record(), &mut line);
    Json::default().format(&captured[0].as_record(), &mut json);
    let [line, json] = [line, json].map(|it| String::from_utf8(it).expect("UTF-8"));
    assert!(
        line.contains(r#" address=127.0.0.1:8080 v6="[::1]:443" none=null"#),
        "{line}"
    );
    assert!(
        json.contains(r#""address":"127.0.0.1:8080","v6":"[::1]:443","none":null"#),
        "{json}"
    );
    let text = |it: &str| ValueBuf::Str(it.to_owned());
    for written in [line, json] {
        let read = storyline::parse::parse(&written).expect("a record");
        assert_eq!(read.field("address"), Some(&text("127.0.0.1:8080")));
        assert_eq!(read.field("v6"), Some(&text("[::1]:443")));
        assert_eq!(read.field("peer"), Some(&text("127.0.0.1:80")));
        assert_eq!(read.field("none"), Some(&ValueBuf::None));
        assert_eq!(read.fields, captured[0].normalised().fields, "{written}");
    }
}
