/** The part of opentype.js that measures text; the package brings no types. */
declare module 'opentype.js' {
  export interface Font {
    readonly unitsPerEm: number
    readonly glyphs: { get(index: number): { readonly advanceWidth: number } }
    /** 0 when the font has no picture of the character. */
    charToGlyphIndex(character: string): number
  }
  const opentype: { parse(file: ArrayBuffer): Font }
  export default opentype
}
