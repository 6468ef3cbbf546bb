//! Where results go: a file that appears only when it is complete.

use crate::refusal::Refusal;
use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Write};
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
    /// Makes the target's folder, too, where there is none. A file that is replaced leaves its permissions to the new one.
    ///
    /// # Errors
    /// When no file can be made in the target's folder, or the user may not write the one that is there.
    pub fn create(target: &Path) -> Result<(Self, File), Refusal> {
        // Through a link, the file it points at is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let permissions = permissions(&target)?;
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|error| Refusal::io("make the folder", folder, &error))?;
        }
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let temporary = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let mut open = open_files();
        let refusal = |error| Refusal::io("write", &target, &error);
        let file = File::create(&temporary).map_err(refusal)?;
        open.insert(temporary.clone(), target.clone());
        drop(open);
        let atomic = Self { target: target.clone(), temporary };
        if let Some(permissions) = permissions {
            file.set_permissions(permissions).map_err(refusal)?;
        }
        Ok((atomic, file))
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

/// Puts contents into the place of a file.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), Refusal> {
    let (file, mut out) = AtomicFile::create(path)?;
    out.write_all(contents.as_ref()).map_err(|error| Refusal::io("write", path, &error))?;
    file.finish()
}

/// The permissions of a file; `None` where there is none. To replace one asks only for a folder that can be written, so
/// whether the file itself can be is asked here. The mark against writing holds for the superuser, too.
fn permissions(target: &Path) -> Result<Option<Permissions>, Refusal> {
    let refusal = |error| Refusal::io("write", target, &error).help("make the file writable, or write to another one");
    let permissions = match fs::metadata(target) {
        Ok(metadata) if metadata.is_file() => metadata.permissions(),
        Ok(_) => {
            return Err(Refusal::new(format!("`{}` is no file that can be replaced", target.display()))
                .help("write to another one"));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refusal(error)),
    };
    if permissions.readonly() {
        return Err(refusal(ErrorKind::PermissionDenied.into()));
    }
    File::options().write(true).open(target).map_err(refusal)?;
    Ok(Some(permissions))
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
