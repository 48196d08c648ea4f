/** The part of opentype.js that measures text; the package brings no types. */
declare module 'opentype.js' {
  export interface Font {
    readonly unitsPerEm: number
    readonly glyphs: { get(index: number): { readonly advanceWidth: number } }
    /** Returns 0 if the font does not have the character. */
    charToGlyphIndex(character: string): number
  }
  const opentype: { parse(file: ArrayBuffer): Font }
  export default opentype
}
