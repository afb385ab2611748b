// A service worker that adds the headers which isolate a page from other origins, for hosts that
// cannot send them. Copied into the package as it is; a page starts it by isolate() and by nothing
// else. It keeps nothing, and touches nothing but pages and workers.

const kHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** What a browser asks for where it begins a page or a worker. */
const kBeginnings = new Set(["document", "iframe", "frame", "worker", "sharedworker"]);

async function isolated(request) {
  const response = await fetch(request);
  const isReadable = response.type === "basic" || response.type === "default";
  if (!isReadable) return response; // such as a redirect, which the browser follows by itself
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(kHeaders)) headers.set(name, value);
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (kBeginnings.has(request.destination)) event.respondWith(isolated(request));
});
