//! A timeout for peers that read too slowly. Every connection is wrapped in it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// How long a response may wait for its reader.
const PATIENCE: Duration = Duration::from_secs(30);
/// How much the reader has to take in that time, in bytes.
const PROGRESS: usize = 64 * 1024;

/// A stream that fails once its reader has taken too little for too long (A65): a response holds
/// memory until it is read.
#[derive(Debug)]
pub(super) struct WriteTimeout<S> {
    stream: S,
    patience: Duration,
    /// The timer; present while the stream waits for the reader.
    waiting: Option<Pin<Box<Sleep>>>,
    /// The bytes taken since the wait began.
    taken: usize,
}

impl<S> WriteTimeout<S> {
    pub(super) fn new(stream: S) -> Self {
        Self::within(stream, PATIENCE)
    }

    fn within(stream: S, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            waiting: None,
            taken: 0,
        }
    }

    /// Records the result of a write of this many bytes.
    fn note(
        &mut self,
        polled: Poll<io::Result<usize>>,
        wanted: usize,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        match polled {
            Poll::Ready(Ok(written)) => {
                self.taken = self.taken.saturating_add(written);
                if written >= wanted {
                    self.waiting = None;
                } else if self.taken >= PROGRESS
                    && let Some(waiting) = &mut self.waiting
                {
                    self.taken = 0;
                    waiting.as_mut().reset(Instant::now() + self.patience);
                }
                Poll::Ready(Ok(written))
            }
            Poll::Pending => {
                let waiting = self.waiting.get_or_insert_with(|| {
                    self.taken = 0;
                    Box::pin(sleep(self.patience))
                });
                match waiting.as_mut().poll(context) {
                    Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
                    Poll::Pending => Poll::Pending,
                }
            }
            failed => failed,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WriteTimeout<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WriteTimeout<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note(polled, bytes.len(), context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        let wanted = slices.iter().map(|slice| slice.len()).sum();
        self.note(polled, wanted, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    const SOON: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn who_does_not_read_or_reads_next_to_nothing_is_dropped() {
        for pause in [None, Some(Duration::from_millis(20))] {
            let (near, mut far) = duplex(1024);
            let reader = tokio::spawn(async move {
                let mut byte = [0];
                while let Some(pause) = pause {
                    tokio::time::sleep(pause).await;
                    if far.read(&mut byte).await.unwrap_or(0) == 0 {
                        break;
                    }
                }
                // The reader must keep its end open.
                tokio::time::sleep(Duration::from_secs(30)).await;
                drop(far);
            });
            let began = Instant::now();
            let mut stream = WriteTimeout::within(near, SOON);
            let written = stream.write_all(&[b'x'; 1 << 20]).await;
            assert_eq!(written.unwrap_err().kind(), io::ErrorKind::TimedOut);
            assert!(began.elapsed() < SOON * 10, "{:?}", began.elapsed());
            reader.abort();
        }
    }

    #[tokio::test]
    async fn who_reads_slowly_gets_all_of_it() {
        let (near, mut far) = duplex(64 * 1024);
        let reader = tokio::spawn(async move {
            let (mut part, mut read) = (vec![0; 64 * 1024], 0);
            loop {
                match far.read(&mut part).await {
                    Ok(0) | Err(_) => break read,
                    Ok(more) => read += more,
                }
                tokio::time::sleep(SOON / 10).await;
            }
        });
        let mut stream = WriteTimeout::within(near, SOON);
        stream.write_all(&vec![b'x'; 2 << 20]).await.unwrap();
        drop(stream);
        assert_eq!(reader.await.unwrap(), 2 << 20);
    }
}
