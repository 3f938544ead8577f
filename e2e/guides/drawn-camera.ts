/**
 * Runs in the page before its scripts: the camera shows a drawn person of the story instead of the browser’s test card.
 * No photograph of anybody is needed, and every picture of a call is still a real call.
 */
export function drawnCamera(key: string): void {
  const looks: Record<string, { wall: string; clothes: string; hair: string; band: string; coat: boolean }> = {
    lan: { wall: '#c9a77a', clothes: '#7c2d12', hair: '#2b1d16', band: '#f3c567', coat: false },
    nurse: { wall: '#cfe3dc', clothes: '#5b9bb0', hair: '#1d1a1a', band: '#5b9bb0', coat: false },
    unitAdmin: { wall: '#e3dccb', clothes: '#3f5f4f', hair: '#1f1a18', band: '#1f1a18', coat: false },
    provincialSpecialist: { wall: '#dfe5ee', clothes: '#ffffff', hair: '#262022', band: '#ffffff', coat: true },
  }
  const look = looks[key]
  if (!look) return
  const width = 640
  const height = 480
  const draw = (pen: CanvasRenderingContext2D, at: number): void => {
    const sway = Math.sin(at / 900) * 4
    const round = ([x, y, rx, ry]: [number, number, number, number], colour: string, from = 0, to = 7): void => {
      pen.fillStyle = colour
      pen.beginPath()
      pen.ellipse(x + sway, y, rx, ry, 0, from, to)
      pen.fill()
    }
    pen.fillStyle = look.wall
    pen.fillRect(0, 0, width, height)
    pen.fillStyle = 'rgb(255 255 255 / 35%)'
    pen.fillRect(40, 40, 120, 150)
    round([320, 235, 118, 140], look.hair)
    round([320, 500, 215, 150], look.clothes)
    round([320, 350, 48, 70], '#b97d56')
    if (look.coat) {
      pen.fillStyle = '#5b9bb0'
      pen.beginPath()
      pen.moveTo(275 + sway, 360)
      pen.lineTo(365 + sway, 360)
      pen.lineTo(320 + sway, 470)
      pen.fill()
      round([320, 340, 46, 50], '#b97d56')
    }
    round([320, 235, 90, 112], '#c98d64')
    round([320, 190, 96, 88], look.hair, Math.PI, 2 * Math.PI)
    if (!look.coat) {
      pen.fillStyle = look.band
      pen.fillRect(224 + sway, 172, 192, 20)
    }
    const blink = at % 3600 < 140 ? 1 : 9
    for (const x of [285, 355]) round([x, 235, 8, blink], '#241a16')
    round([320, 292, 24, 5 + 5 * Math.abs(Math.sin(at / 260))], '#8d3f33')
  }
  const devices = navigator.mediaDevices
  const ask = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (wish) => {
    const given = await ask(wish)
    const [camera] = given.getVideoTracks()
    if (!camera) return given
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const pen = canvas.getContext('2d')
    const [drawn] = canvas.captureStream(15).getVideoTracks()
    if (!pen || !drawn) return given
    const clock = setInterval(() => draw(pen, performance.now()), 66)
    const settings = camera.getSettings()
    drawn.getSettings = () => settings
    const stop = drawn.stop.bind(drawn)
    drawn.stop = () => {
      clearInterval(clock)
      camera.stop()
      stop()
    }
    given.removeTrack(camera)
    given.addTrack(drawn)
    return given
  }
}
