import type { FastifyInstance } from 'fastify'
import type { InjectOptions } from 'fastify'
import { guestHeader } from '../../../platform/access/guests.ts'
import { TestClient, type Answer } from '../../../platform/testing/test-client.ts'

/** The browser of a guest, on the guest's page. */
class GuestClient extends TestClient {
  override send<T>(options: InjectOptions): Promise<Answer<T>> {
    return super.send({ ...options, headers: { ...options.headers, [guestHeader]: '1' } })
  }
}

/** A browser in which a guest's page is open. */
export const guestClient = (app: FastifyInstance): TestClient => new GuestClient(app)
