import fc from 'fast-check'

/** Text of any characters, control characters and those beyond the basic plane among them. */
export const anyText = (limits: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x2fff }), fc.integer({ min: 0xe000, max: 0x10ffff })), limits)
    .map((points) => String.fromCodePoint(...points))
