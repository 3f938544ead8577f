/**
 * Keeps the citizen's shell for weak and missing networks. Never touches /api, /socket.io, /work or anything but GET:
 * what belongs to a person is never stored here.
 */
const shell = 'moinha-shell'
/** The page without content: pages that come with theirs must not stand in for one another. */
const emptyPage = '/index.html'
const assets = 'moinha-assets'
/** Older builds leave with the oldest entries; a build has about a hundred files. */
const keepAssets = 200

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.add(emptyPage))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

/** Hashed files never change under their name. */
async function fromAssets(request) {
  const cache = await caches.open(assets)
  const kept = await cache.match(request)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) {
    await cache.put(request, fresh.clone())
    const keys = await cache.keys()
    await Promise.all(keys.slice(0, Math.max(0, keys.length - keepAssets)).map((key) => cache.delete(key)))
  }
  return fresh
}

/** The page as the server has it, where the network answers within three seconds; else the kept empty one. */
async function page(request, event) {
  const cache = await caches.open(shell)
  const fresh = fetch(request).then(async (response) => {
    // a new build has a new empty page; the old one costs an answer without a body
    if (response.ok) event.waitUntil(cache.add(emptyPage).catch(() => undefined))
    return response
  })
  const late = new Promise((_, fail) => setTimeout(fail, 3000))
  return Promise.race([fresh, late]).catch(async () => (await cache.match(emptyPage)) ?? fresh)
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/assets-c/')) event.respondWith(fromAssets(event.request))
  else if (
    event.request.mode === 'navigate' &&
    !/^\/(work|api|health|metrics|fhir|socket\.io)(\/|$)/.test(url.pathname)
  )
    event.respondWith(page(event.request, event))
})
