export { mayAccess, type Me, renewSession, type Session, signOut, useMay, useSession } from './session.ts'
