// Limits of messages that the server holds and the screen tells beforehand.

/** Longest text of one message in a visit, in characters; longer ones are refused, never cut. */
export const MESSAGE_CHARS = 4000
