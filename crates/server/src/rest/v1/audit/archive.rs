//! Writes a zip archive of one file, bit by bit as the file's bytes arrive: its sizes and its
//! checksum stand behind them (APPNOTE.TXT 4.3.9).

use bytes::Bytes;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::{self, Write as _};
use std::mem;

/// The version of the format that is needed to read it: the one with deflated files.
const VERSION: u16 = 20;
/// The sizes stand behind the bytes; the name is UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
/// The file is deflated.
const METHOD: u16 = 8;
/// Midnight of the first day that the format knows: the age of an export doesn't matter.
const TIME: [u16; 2] = [0, 1 << 5 | 1];

/// An archive that is being written.
pub(super) struct Archive {
    name: &'static str,
    deflated: DeflateEncoder<Vec<u8>>,
    checksum: Crc,
    /// How many bytes of the file were taken.
    plain: u64,
    /// How many deflated bytes they became.
    packed: u64,
    /// The bytes to send before the deflated ones.
    head: Vec<u8>,
}

impl Archive {
    /// Begins an archive of a file with this name.
    pub(super) fn of(name: &'static str) -> Self {
        let mut head = b"PK\x03\x04".to_vec();
        shorts(&mut head, &[VERSION, FLAGS, METHOD]);
        shorts(&mut head, &TIME);
        words(&mut head, &[0, 0, 0]);
        shorts(&mut head, &[length(name), 0]);
        head.extend_from_slice(name.as_bytes());
        Self {
            name,
            deflated: DeflateEncoder::new(Vec::new(), Compression::default()),
            checksum: Crc::new(),
            plain: 0,
            packed: 0,
            head,
        }
    }

    /// Takes the next bytes of the file; returns those of the archive that are ready.
    ///
    /// # Errors
    /// No errors that a caller can cause.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<Bytes> {
        self.deflated.write_all(bytes)?;
        self.checksum.update(bytes);
        self.plain = self.plain.saturating_add(bytes.len() as u64);
        let ready = mem::take(self.deflated.get_mut());
        Ok(self.sent(&ready).into())
    }

    /// Returns the last bytes of the archive.
    ///
    /// # Errors
    /// Fails for a file of 4 GiB and more, whose size this form of archive can't hold.
    pub(super) fn end(mut self) -> io::Result<Bytes> {
        self.deflated.try_finish()?;
        let rest = mem::take(self.deflated.get_mut());
        let before = self.name.len() + HEAD;
        let mut bytes = self.sent(&rest);
        let large = |_| {
            io::Error::other(
                "the export is too large for a zip file; narrow it with startDate and endDate",
            )
        };
        let facts = [
            self.checksum.sum(),
            u32::try_from(self.packed).map_err(large)?,
            u32::try_from(self.plain).map_err(large)?,
        ];
        bytes.extend_from_slice(b"PK\x07\x08");
        words(&mut bytes, &facts);

        let list = self.packed + (before + DESCRIPTOR) as u64;
        let list = u32::try_from(list).map_err(large)?;
        let mut entry = b"PK\x01\x02".to_vec();
        shorts(&mut entry, &[VERSION, VERSION, FLAGS, METHOD]);
        shorts(&mut entry, &TIME);
        words(&mut entry, &facts);
        shorts(&mut entry, &[length(self.name), 0, 0, 0, 0]);
        words(&mut entry, &[0, 0]);
        entry.extend_from_slice(self.name.as_bytes());
        let entry_bytes = u32::try_from(entry.len()).map_err(large)?;
        bytes.extend(entry);

        bytes.extend_from_slice(b"PK\x05\x06");
        shorts(&mut bytes, &[0, 0, 1, 1]);
        words(&mut bytes, &[entry_bytes, list]);
        shorts(&mut bytes, &[0]);
        Ok(bytes.into())
    }

    /// Counts deflated bytes that are sent, and puts the waiting head before them.
    fn sent(&mut self, packed: &[u8]) -> Vec<u8> {
        self.packed = self.packed.saturating_add(packed.len() as u64);
        let mut bytes = mem::take(&mut self.head);
        bytes.extend_from_slice(packed);
        bytes
    }
}

/// The size of the header before a file's name, and of the descriptor behind its bytes.
const HEAD: usize = 30;
const DESCRIPTOR: usize = 16;

/// Names are short, because only this program chooses them.
fn length(name: &str) -> u16 {
    u16::try_from(name.len()).unwrap_or(u16::MAX)
}

fn shorts(bytes: &mut Vec<u8>, numbers: &[u16]) {
    for number in numbers {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
}

fn words(bytes: &mut Vec<u8>, numbers: &[u32]) {
    for number in numbers {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{Archive, HEAD};
    use flate2::Crc;
    use flate2::read::DeflateDecoder;
    use std::io::Read as _;

    fn word(bytes: &[u8], at: usize) -> usize {
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
    }

    #[test]
    fn what_comes_bit_by_bit_is_one_file() {
        let mut archive = Archive::of("log.csv");
        let (mut sent, mut expected) = (Vec::new(), String::new());
        for number in 0..1_000 {
            let line = format!("line {number}\r\n");
            sent.extend(archive.write(line.as_bytes()).unwrap());
            expected.push_str(&line);
        }
        sent.extend(archive.end().unwrap());
        // It is read from the end, as archives are.
        let end = sent.len() - 22;
        assert_eq!(&sent[end..end + 4], b"PK\x05\x06");
        let entry = word(&sent, end + 16);
        assert_eq!(entry + word(&sent, end + 12), end);
        assert_eq!(&sent[entry..entry + 4], b"PK\x01\x02");
        assert_eq!(&sent[entry + 46..end], b"log.csv");
        let (packed, plain) = (word(&sent, entry + 20), word(&sent, entry + 24));
        assert_eq!((plain, word(&sent, entry + 42)), (expected.len(), 0));
        let first = HEAD + "log.csv".len();
        let mut text = String::new();
        let mut file = DeflateDecoder::new(&sent[first..first + packed]);
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, expected);
        let mut checksum = Crc::new();
        checksum.update(expected.as_bytes());
        assert_eq!(word(&sent, entry + 16), checksum.sum() as usize);
        let behind = first + packed;
        assert_eq!(&sent[behind..behind + 4], b"PK\x07\x08");
        assert_eq!(behind + 16, entry);
    }
}
