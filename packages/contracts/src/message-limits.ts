// Limits of messages that the server holds and the screen tells beforehand.

/** Longest text of one message in a visit, in characters; longer ones are refused, never cut. */
export const MESSAGE_CHARS = 4000

/** Longest edge of a photo as it is sent: a prescription stays readable; a line of 40 kbit/s carries it in a minute. */
export const PHOTO_EDGE = 1600

/** Longest spoken message. */
export const VOICE_SECONDS = 120

/** Longest edge of a still from a camera of the visit: the whole sensor of most phones (4032 × 3024). */
export const STILL_EDGE = 4096

/** Longest name of a camera, with the time of the still. */
export const STILL_LABEL_CHARS = 80
