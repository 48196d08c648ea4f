/** Loaded before the program: its clock runs `CLOCK_SHIFT_MS` ahead of the machine's. */
const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const Real = Date

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + shift)
    else super(...given)
  }
  static now() {
    return Real.now() + shift
  }
}
