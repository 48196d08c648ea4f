/** Waits until what was acknowledged is done. */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  patienceMs = 30_000,
): Promise<NonNullable<T>> {
  // Made here, so that it says who waits.
  const never = new Error('it never came')
  for (let i = 0; i < patienceMs / 20; i++) {
    const found = await look()
    if (found !== undefined && found !== null && found !== false) return found as NonNullable<T>
    await new Promise((done) => setTimeout(done, 20))
  }
  throw never
}
