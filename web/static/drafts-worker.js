// The thread that drafts rubrics from a document, by a program of its own.
import start from "./drafts.js";

start({ module_or_path: "./drafts_bg.wasm" }).catch((error) => postMessage(JSON.stringify({ Err: String(error) })));
