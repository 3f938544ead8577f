// Loaded into the server by `node --import`: file descriptor 3 is a pipe from the tool that started it. When that tool
// is gone, even by kill -9, the pipe closes, and the server ends as if asked to.
import { Socket } from 'node:net'

const GRACE_MS = 20_000

// Worker processes and threads inherit the --import but not the pipe.
if (Number(process.env.MOINHA_STARTER) === process.ppid && !process.channel) {
  const pipe = new Socket({ fd: 3, readable: true, writable: false })
  pipe.on('error', () => undefined)
  pipe.on('close', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref()
  })
  pipe.resume()
  pipe.unref()
}
