//! Serves a world on a port of this machine until it is killed; prints the address and the tokens
//! of a licensed and of an unlicensed account. It is for tests that measure the server's memory as
//! a process of its own.

use narthex_served::{Actor, Who, World, must};
use std::io::Write as _;
use std::num::NonZeroUsize;

/// The allocator of the program, so that its memory is measured as it is there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main(worker_threads = 2)]
async fn main() {
    let world = World::new(9).await;
    let listener = must(tokio::net::TcpListener::bind("127.0.0.1:0").await);
    let address = must(listener.local_addr());
    let token = |who| match world.actor(who) {
        Actor::Token { secret, .. } => secret,
        other => unreachable!("{other:?} is no token"),
    };
    let (licensed, unlicensed) = (token(Who::Lena), token(Who::Una));
    let mut out = std::io::stdout();
    must(writeln!(out, "{address}\n{licensed}\n{unlicensed}"));
    must(out.flush());
    let router = world.served.router();
    must(narthex_server::serve(listener, NonZeroUsize::MIN, router, std::future::pending()).await);
}
