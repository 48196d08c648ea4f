/** An id as whoever pretends to press a button would write it: nothing of it is checked. */
export function madeUpId(name: string, ...words: readonly (string | number)[]): string {
  return [name, ...words.map((one) => (typeof one === 'number' ? one.toString(36) : one))].join('~')
}
