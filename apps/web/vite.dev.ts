import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { entry } from './build/entry.ts'

/** In development one server shows both entries, both on React; /work goes to the staff page. */
const twoEntries: Plugin = {
  name: 'moinha-two-entries',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (request.headers.accept?.includes('text/html') && /^\/work(\/|\?|$)/.test(request.url ?? ''))
        request.url = '/staff.html'
      next()
    })
  },
}

const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000'
const base = entry('citizen', 'index.html')

export default defineConfig({
  ...base,
  plugins: [...(base.plugins ?? []), react(), twoEntries],
  server: {
    host: '127.0.0.1',
    port: Number(process.env['WEB_PORT'] ?? 5173),
    proxy: { '/api': api, '/health': api, '/socket.io': { target: api, ws: true } },
  },
})
