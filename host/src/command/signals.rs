//! What happens when somebody stops the command.

use crate::output;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::IsTerminal;
use std::thread;

/// From now on Ctrl-C and SIGTERM end the command without leaving half a file behind, with the status that a shell gives a
/// command that a signal ended.
pub fn end_cleanly() {
    // Where signals cannot be waited for, they end the command as ever.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let abandoned = output::abandon();
            if !abandoned.is_empty() && std::io::stderr().is_terminal() {
                // Below the bar that shows the progress.
                anstream::eprintln!();
            }
            for file in abandoned {
                anstream::eprintln!("stopped: `{}` is not written", file.display());
            }
            // Without what the standard library does at the end: it would write out the half line it still holds.
            signal_hook::low_level::exit(128 + signal);
        }
    });
}
