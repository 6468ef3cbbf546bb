//! Where results go: a file that appears only when it is complete.

use crate::refusal::Refusal;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Temporary files that are being written, with the files they are to become.
static OPEN: Mutex<BTreeMap<PathBuf, PathBuf>> = Mutex::new(BTreeMap::new());

fn open_files() -> MutexGuard<'static, BTreeMap<PathBuf, PathBuf>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is written beside its place and put there at the end, so that a run that breaks off leaves the old one.
pub struct AtomicFile {
    target: PathBuf,
    temporary: PathBuf,
}

impl AtomicFile {
    /// # Errors
    /// When no file can be made in the target's folder.
    pub fn create(target: &Path) -> Result<(Self, File), Refusal> {
        // Through a link, the file it points at is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let temporary = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let mut open = open_files();
        let file = File::create(&temporary).map_err(|error| Refusal::io("write", &target, &error))?;
        open.insert(temporary.clone(), target.clone());
        Ok((Self { target, temporary }, file))
    }

    /// Puts the file into its place; everything must have been written.
    ///
    /// # Errors
    /// When the file cannot be moved.
    pub fn finish(self) -> Result<(), Refusal> {
        let mut open = open_files();
        fs::rename(&self.temporary, &self.target).map_err(|error| Refusal::io("write", &self.target, &error))?;
        open.remove(&self.temporary);
        Ok(())
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if open_files().remove(&self.temporary).is_some() {
            remove(&self.temporary);
        }
    }
}

/// Gives up all files that are not complete, and says which they were to be. Whoever goes on writing waits from then on:
/// the command is about to end.
pub fn abandon() -> Vec<PathBuf> {
    let mut open = open_files();
    let abandoned = std::mem::take(&mut *open);
    std::mem::forget(open);
    abandoned.keys().for_each(|temporary| remove(temporary));
    abandoned.into_values().collect()
}

fn remove(temporary: &Path) {
    // Nothing more can be done about a temporary file that cannot be removed.
    let _ = fs::remove_file(temporary);
}

/// Whether two paths name one existing file.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Whether the path names something that is written into and not replaced, such as a terminal or a pipe.
pub fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}
