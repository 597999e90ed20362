//! The folder of an index. Nodes may share a data folder: each takes a folder of its own in it, the
//! first that no other node has locked.

use super::IndexError;
use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The maximum number of nodes that can share a data folder.
const NODES: usize = 64;

/// A folder that is reserved for this node until it is dropped.
#[derive(Debug)]
pub struct Folder {
    /// The folder of the index's files.
    path: PathBuf,
    /// A file beside it, by which the node that has it locked is asked to rebuild the index.
    asked: PathBuf,
    /// The lock on the folder, which ends with the file, however the program ends.
    _lock: File,
}

impl Folder {
    /// Takes the first free folder in `home`, which is created if it doesn't exist.
    ///
    /// # Errors
    /// Fails if no folder can be created, or none is free.
    pub fn take(home: &Path) -> Result<Self, IndexError> {
        std::fs::create_dir_all(home)?;
        for n in 1..=NODES {
            if let Some(folder) = Self::take_one(home, n)? {
                return Ok(folder);
            }
        }
        Err(IndexError::Io(std::io::Error::other(format!(
            "more than {NODES} nodes use the folder {}",
            home.display()
        ))))
    }

    /// Takes the folder with this number, if no other node has it.
    fn take_one(home: &Path, n: usize) -> Result<Option<Self>, IndexError> {
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(home.join(format!("{n}.lock")))?;
        match lock.try_lock() {
            Ok(()) => {
                let path = home.join(n.to_string());
                std::fs::create_dir_all(&path)?;
                Ok(Some(Self {
                    path,
                    asked: asked(home, n),
                    _lock: lock,
                }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Asks the nodes that have folders in `home` to rebuild their indexes, and returns how many
    /// there are.
    ///
    /// # Errors
    /// Fails if a folder can't be read or written.
    pub fn ask_to_rebuild(home: &Path) -> Result<usize, IndexError> {
        let mut count = 0;
        for n in 1..=NODES {
            if home.join(n.to_string()).is_dir() && Self::take_one(home, n)?.is_none() {
                File::create(asked(home, n))?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Returns whether a rebuild was requested since the last call.
    #[must_use]
    pub fn was_asked_to_rebuild(&self) -> bool {
        std::fs::remove_file(&self.asked).is_ok()
    }

    /// Returns the folder of the index's files.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the index's files.
    pub(super) fn clear(&self) -> Result<(), IndexError> {
        match std::fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(std::fs::create_dir_all(&self.path)?),
        }
    }
}

fn asked(home: &Path, n: usize) -> PathBuf {
    home.join(format!("{n}.rebuild"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_has_a_folder_of_its_own_and_can_be_asked_to_rebuild() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Folder::ask_to_rebuild(home.path()).unwrap(), 0);
        let one = Folder::take(home.path()).unwrap();
        let two = Folder::take(home.path()).unwrap();
        assert_ne!(one.path(), two.path());
        assert_eq!(Folder::ask_to_rebuild(home.path()).unwrap(), 2);
        assert!(one.was_asked_to_rebuild() && !one.was_asked_to_rebuild());
        let path = one.path().to_path_buf();
        drop(one);
        assert_eq!(Folder::take(home.path()).unwrap().path(), path);
    }
}
