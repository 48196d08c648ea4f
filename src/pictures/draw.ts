/** A picture as PNG. */
import { createRequire } from 'node:module'
import { renderAsync } from '@resvg/resvg-js'
import type { Picture } from '../bot/card.js'

const require = createRequire(import.meta.url)
const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
]

/** Never throws for any data. */
export async function draw(picture: Picture): Promise<Uint8Array> {
  const fontFiles = FONTS.map((file) => require.resolve(file))
  const image = await renderAsync(svgOf(picture), { font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Inter' } })
  return image.asPng()
}

function svgOf(picture: Picture): string {
  const lines = linesOf(picture)
  const texts = lines.map((line, i) => `<text x="24" y="${40 + i * 32}" font-size="20" fill="#1c1b29">${escapeXml(line)}</text>`)
  const height = 40 + lines.length * 32
  return `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="${height}" font-family="Inter"><rect width="720" height="${height}" rx="16" fill="#fff"/>${texts.join('')}</svg>`
}

function linesOf(picture: Picture): string[] {
  switch (picture.kind) {
    case 'board':
      return [picture.title, ...picture.rows.map((r) => `${r.rank}. ${r.name}: ${r.points}${r.mine ? ' (you)' : ''}`)]
    case 'bars':
      return [picture.title, ...picture.bars.map((b) => `${b.right ? '✓ ' : ''}${b.label}: ${b.count}`)]
    case 'diagram':
      return picture.diagram.arrows.map((a) => `${a.from} → ${a.to}${a.label ? `: ${a.label}` : ''}`)
  }
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}
