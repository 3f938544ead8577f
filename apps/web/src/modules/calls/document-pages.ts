import { openPdf } from './pdf-pages.ts'

/** Paints one page to fill this much of the canvas, beginning at this point. */
export type PaintPage = (no: number, canvas: HTMLCanvasElement) => Promise<void>

/** A file that can be shown page by page. */
export interface Pages {
  readonly count: number
  /** The shape of the first page; the others are fitted into it. */
  readonly shape: { readonly width: number; readonly height: number }
  readonly paint: PaintPage
  close(): void
}

export interface PageShown {
  readonly page: number
  readonly count: number
}

/** A page is readable at this size, and a phone can still code it. */
const LARGEST = { width: 1280, height: 1440 }

/** A file of this device as a picture for the others, a page at a time. */
export class SharedDocument {
  readonly track: MediaStreamTrack
  readonly #pages: Pages
  readonly #canvas: HTMLCanvasElement
  readonly #listeners = new Set<() => void>()
  #shown: PageShown
  #turning: Promise<void> = Promise.resolve()

  private constructor(pages: Pages) {
    this.#pages = pages
    this.#shown = { page: 1, count: pages.count }
    this.#canvas = document.createElement('canvas')
    Object.assign(this.#canvas, sizeWithin(pages.shape))
    this.#canvas.getContext('2d')
    const track = this.#canvas.captureStream(1).getVideoTracks()[0]
    if (track === undefined) throw new Error('no track of a canvas')
    this.track = track
  }

  /** Opens a picture or a PDF and paints its first page; rejects for a file that is neither. */
  static async open(file: File): Promise<SharedDocument> {
    const isPdf = file.type === 'application/pdf' || /\.pdf$/i.test(file.name)
    const pages = isPdf ? await openPdf(file) : await openImage(file)
    const shared = new SharedDocument(pages)
    await pages.paint(1, shared.#canvas)
    shared.#keepPainted()
    return shared
  }

  readonly snapshot = (): PageShown => this.#shown

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** One page on, or back; whoever presses fast sees the last of them. */
  turn(by: 1 | -1): void {
    const page = Math.min(Math.max(this.#shown.page + by, 1), this.#shown.count)
    if (page === this.#shown.page) return
    this.#shown = { ...this.#shown, page }
    for (const listener of [...this.#listeners]) listener()
    this.#turning = this.#turning
      .then(() => (this.#shown.page === page ? this.#pages.paint(page, this.#canvas) : undefined))
      .catch(() => undefined)
  }

  /** A canvas sends what is painted: who comes later sees it all the same. */
  #keepPainted(): void {
    const pen = this.#canvas.getContext('2d')
    const timer = setInterval(() => {
      if (this.track.readyState === 'live') return void pen?.drawImage(this.#canvas, 0, 0)
      clearInterval(timer)
      this.#pages.close()
    }, 1000)
  }
}

/** The largest size of this shape that is sent; nothing is made larger than it is. */
export function sizeWithin({ width, height }: Pages['shape']): Pages['shape'] {
  const scale = Math.min(LARGEST.width / width, LARGEST.height / height, 1)
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

async function openImage(file: File): Promise<Pages> {
  const image = await createImageBitmap(file)
  return {
    count: 1,
    shape: image,
    paint: async (_, canvas) => canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height),
    close: () => image.close(),
  }
}
