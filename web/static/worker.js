// The engine's thread: waits for the compiled module that the page sends and starts the same program with it.
import start from "./rubrica.js";

addEventListener("message", ({ data }) => start({ module_or_path: data }), { once: true });
