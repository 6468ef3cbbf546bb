// Serves the app from a cache that holds exactly the files of one build; `cargo xtask web` fills in which. Other copies
// of the app on the same server have caches of their own.
const OURS = `rubrica ${registration.scope} `;
const CACHE = `${OURS}__VERSION__`;
const FILES = ["__FILES__"];

addEventListener("install", (event) => {
  const fetched = FILES.map((name) => new Request(name, { cache: "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fetched)));
});

addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(OURS) && name !== CACHE;
  const forget = async () => {
    for (const name of (await caches.keys()).filter(isOld)) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(forget());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  const name = request.mode === "navigate" ? "index.html" : request;
  event.respondWith(
    caches.open(CACHE).then(async (cache) => (await cache.match(name, { ignoreSearch: true })) ?? fetch(request)),
  );
});
