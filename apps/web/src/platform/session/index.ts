export {
  expectSomeone,
  mayAccess,
  type Me,
  renewSession,
  type Session,
  signOut,
  useDemo,
  useMay,
  useSession,
} from './session.ts'
