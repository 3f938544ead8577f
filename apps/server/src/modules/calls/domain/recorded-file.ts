/** A file that the media side writes for one span. */
export const recordedFile = (spanId: string): string => `${spanId}.mp4`

const name = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.mp4$/

/** Which span a file is of, read off its name; undefined: none of ours. */
export const spanOfFile = (file: string): string | undefined => name.exec(file)?.[1]
