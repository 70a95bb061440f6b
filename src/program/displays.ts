/** Displays and comprehensions, by what stands inside: `E` is any expression, `T` what can be assigned to. */

export interface TupleOf<E> {
  readonly kind: 'Tuple'
  readonly elts: readonly E[]
}

export interface ListOf<E> {
  readonly kind: 'List'
  readonly elts: readonly E[]
}

export interface DictOf<E> {
  readonly kind: 'Dict'
  /** Null for `**value`. */
  readonly keys: readonly (E | null)[]
  readonly values: readonly E[]
}

export interface SetOf<E> {
  readonly kind: 'Set'
  /** One or more. */
  readonly elts: readonly E[]
}

export interface SetCompOf<E, T> {
  readonly kind: 'SetComp'
  readonly elt: E
  readonly generators: readonly ComprehensionOf<E, T>[]
}

export interface DictCompOf<E, T> {
  readonly kind: 'DictComp'
  readonly key: E
  readonly value: E
  readonly generators: readonly ComprehensionOf<E, T>[]
}

export interface GeneratorExpOf<E, T> {
  readonly kind: 'GeneratorExp'
  readonly elt: E
  readonly generators: readonly ComprehensionOf<E, T>[]
}

export interface ListCompOf<E, T> {
  readonly kind: 'ListComp'
  readonly elt: E
  readonly generators: readonly ComprehensionOf<E, T>[]
}

export interface ComprehensionOf<E, T> {
  readonly target: T
  readonly iter: E
  readonly ifs: readonly E[]
  /** `async for`; absent for `for`. */
  readonly is_async?: true
}
