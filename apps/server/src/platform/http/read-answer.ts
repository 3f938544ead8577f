/** The body of another server's answer. Throws as soon as it is longer than wanted, whatever its head says. */
export async function readAnswer(reply: Response, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of (reply.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length
    // leaving the loop closes the stream, and the connection with it
    if (length > mostBytes) throw new Error(`an answer of more than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
