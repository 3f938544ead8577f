import { createServer } from 'node:net'

export const host = process.env.HOST || '127.0.0.1'
export const port = Number(process.env.PORT || 3000)

/** Resolves to nothing when we may listen on the address, else to the reason in one line, Vietnamese and English. */
export function whyAddressIsTaken() {
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    return Promise.resolve(`PORT=${process.env.PORT}: không phải số cổng · not a port number.`)
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve(reason(error)))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

/** @param {NodeJS.ErrnoException} error */
function reason(error) {
  const address = `${host}:${port}`
  if (error.code === 'EADDRINUSE') {
    return `Cổng ${port} đang bận; hãy chọn cổng khác: PORT=${port + 1} npm start · Port ${port} on ${host} is in use; choose another: PORT=${port + 1} npm start`
  }
  return `Không thể nghe ở ${address} · Cannot listen on ${address}: ${error.message}`
}
