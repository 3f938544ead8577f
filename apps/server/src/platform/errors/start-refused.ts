/**
 * Something outside the program keeps it from starting and waits for somebody: said in one line, Vietnamese and
 * English. Never the value of a setting, which may be a secret.
 */
export class StartRefused extends Error {
  override name = 'StartRefused'
}
