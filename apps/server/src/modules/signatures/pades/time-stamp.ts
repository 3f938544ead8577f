import { randomBytes } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pki from 'pkijs'
import { readAnswer } from '../../../platform/http/read-answer.ts'
import { oid, own, sha256, type TimeStamper } from './cms.ts'

/** An authority answers within seconds, or the signature is made without (PAdES-B-B). */
const timeoutMs = 10_000
const largestAnswer = 64 * 1024

/** A time stamp authority over HTTP (RFC 3161 §3.4). Throws where it does not answer or answers something else. */
export function timeStamperAt(url: string): TimeStamper {
  return async (signature) => {
    const nonce = randomBytes(8)
    nonce[0] = 1
    const digest = sha256(signature)
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: requestFor(digest, nonce),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const bytes = await readAnswer(reply, largestAnswer)
    if (!reply.ok) throw new Error(`time stamp authority answered ${reply.status}`)
    return tokenOf(bytes, digest, nonce)
  }
}

function requestFor(digest: Buffer, nonce: Buffer): ArrayBuffer {
  const hashAlgorithm = new pki.AlgorithmIdentifier({ algorithmId: oid.sha256, algorithmParams: new asn1.Null() })
  const hashedMessage = new asn1.OctetString({ valueHex: own(digest) })
  const request = new pki.TimeStampReq({
    version: 1,
    messageImprint: new pki.MessageImprint({ hashAlgorithm, hashedMessage }),
    nonce: new asn1.Integer({ valueHex: own(nonce) }),
    certReq: true,
  })
  return request.toSchema().toBER()
}

/** The token, if it stamps what was asked. */
function tokenOf(bytes: Buffer, digest: Buffer, nonce: Buffer): Buffer {
  const { status, timeStampToken } = pki.TimeStampResp.fromBER(own(bytes))
  // granted, or granted with changes
  if (!timeStampToken || status.status > 1) throw new Error(`no time stamp: ${status.status}`)
  const signed = new pki.SignedData({ schema: timeStampToken.content })
  const content = signed.encapContentInfo.eContent
  if (!content) throw new Error('a time stamp without content')
  const info = pki.TSTInfo.fromBER(own(Buffer.from(content.getValue())))
  const stamped = Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView)
  const said = info.nonce && Buffer.from(info.nonce.valueBlock.valueHexView)
  if (!stamped.equals(digest) || !said?.equals(nonce)) throw new Error('a time stamp of something else')
  return Buffer.from(timeStampToken.toSchema().toBER())
}
