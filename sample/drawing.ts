import sharp from 'sharp'

export const ink = '#1d2a35'
export const quiet = '#6b7c8a'
export const line = '#c9d3da'
export const colours = ['#0b6e99', '#c4571b', '#4b7f2f']
const font = 'DejaVu Sans, Helvetica, Arial, sans-serif'

/** A drawing 1800 units wide, on white. */
export const svg = (height: number, body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1800" height="${height}" viewBox="0 0 1800 ${height}" font-family="${font}">` +
  `<rect width="1800" height="${height}" fill="white"/>${body}</svg>`

/** Words at a place of a drawing. */
export const text = (
  x: number,
  y: number,
  words: string,
  options: { size?: number; fill?: string; anchor?: string; weight?: string } = {},
) =>
  `<text x="${x}" y="${y}" font-size="${options.size ?? 30}" fill="${options.fill ?? ink}" text-anchor="${options.anchor ?? 'start'}" font-weight="${options.weight ?? 'normal'}">${words}</text>`

/** A drawing as the TIFF of a typesetter: 300 dots an inch, no transparency. */
export const tiff = (drawing: string) =>
  sharp(Buffer.from(drawing))
    .removeAlpha()
    .withMetadata({ density: 300 })
    .tiff({ compression: 'lzw', predictor: 'horizontal' })
    .toBuffer()
