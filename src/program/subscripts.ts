/** Subscripts, by what stands inside: `E` is any expression. */

export interface SubscriptOf<E> {
  readonly kind: 'Subscript'
  readonly value: E
  readonly slice: E
}

/** `lower:upper:step` in a subscript, and nowhere else. */
export interface SliceOf<E> {
  readonly kind: 'Slice'
  readonly lower: E | null
  readonly upper: E | null
  readonly step: E | null
}
