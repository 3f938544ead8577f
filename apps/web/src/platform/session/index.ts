export { expectSomeone, mayAccess, type Me, renewSession, signOut, useDemo, useMay, useSession } from './session.ts'
