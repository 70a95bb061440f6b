/** Statements without blocks, by what stands inside: `E` is any expression, `T` what can be assigned to. */

/** `assert test, msg` */
export interface AssertOf<E> {
  readonly kind: 'Assert'
  readonly test: E
  readonly msg: E | null
}

/** `del targets` */
export interface DeleteOf<T> {
  readonly kind: 'Delete'
  readonly targets: readonly T[]
}
