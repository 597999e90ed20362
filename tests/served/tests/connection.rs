//! The server on a real connection.

use narthex_served::Stage;
use narthex_server::serve;
use std::num::NonZeroUsize;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::timeout;

const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 4096];
    let length = stream.read(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes[..length]).into_owned()
}

#[tokio::test]
async fn a_connection_is_kept_for_many_requests_and_let_go_when_the_server_stops() {
    let stage = Stage::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(serve(
        listener,
        NonZeroUsize::MIN,
        stage.router().clone(),
        async {
            let _ = stopped.await;
        },
    ));
    let mut stream = TcpStream::connect(address).await.unwrap();
    for _ in 0..2 {
        stream.write_all(REQUEST).await.unwrap();
        let reply = read(&mut stream).await;
        assert!(
            reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.ends_with("ok\n"),
            "{reply}"
        );
    }
    let forged = b"GET /healthz HTTP/1.1\r\nHost: a@b/c\r\n\r\n";
    stream.write_all(forged).await.unwrap();
    assert!(read(&mut stream).await.starts_with("HTTP/1.1 400 "));
    stop.send(()).unwrap();
    assert!(
        timeout(Duration::from_secs(5), served)
            .await
            .unwrap()
            .unwrap()
            .is_ok()
    );
    assert_eq!(read(&mut stream).await, "");
}
