// Limits of messages that the server holds and the screen tells beforehand.

/** Longest text of one message in a visit, in characters; longer ones are refused, never cut. */
export const MESSAGE_CHARS = 4000

/** Longest edge of a photo as it is sent: a prescription stays readable; a line of 40 kbit/s carries it in a minute. */
export const PHOTO_EDGE = 1600

/** Longest spoken message. */
export const VOICE_SECONDS = 120
