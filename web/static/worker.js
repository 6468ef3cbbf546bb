// The engine's thread: waits for the compiled module that the page sends and starts the same program with it. The page
// hears of errors, but not of promises that fail.
import start from "./rubrica.js";

addEventListener("message", ({ data }) => start({ module_or_path: data }).catch(reportError), { once: true });
