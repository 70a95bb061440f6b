/**
 * Statements with blocks, by what stands inside: `E` is any expression, `T` what can be assigned to, `D` a decorator, `S` any statement.
 */

export interface ForOf<E, T, S> {
  readonly kind: 'For'
  readonly target: T
  readonly iter: E
  readonly body: readonly S[]
  readonly orelse: readonly S[]
}

export interface AsyncForOf<E, T, S> extends Omit<ForOf<E, T, S>, 'kind'> {
  readonly kind: 'AsyncFor'
}

export interface WhileOf<E, S> {
  readonly kind: 'While'
  readonly test: E
  readonly body: readonly S[]
  readonly orelse: readonly S[]
}

export interface IfOf<E, S> {
  readonly kind: 'If'
  readonly test: E
  readonly body: readonly S[]
  readonly orelse: readonly S[]
}

export interface TryOf<E, S> {
  readonly kind: 'Try'
  readonly body: readonly S[]
  readonly handlers: readonly ExceptHandlerOf<E, S>[]
  readonly orelse: readonly S[]
  readonly finalbody: readonly S[]
}

/** `try` with `except*` (3.11). No type of its handlers is null. */
export interface TryStarOf<E, S> extends Omit<TryOf<E, S>, 'kind'> {
  readonly kind: 'TryStar'
}

export interface ExceptHandlerOf<E, S> {
  /** Null for a bare `except:`. */
  readonly type: E | null
  readonly name: string | null
  readonly body: readonly S[]
}

export interface WithOf<E, T, S> {
  readonly kind: 'With'
  /** One or more. */
  readonly items: readonly WithItemOf<E, T>[]
  readonly body: readonly S[]
}

export interface AsyncWithOf<E, T, S> extends Omit<WithOf<E, T, S>, 'kind'> {
  readonly kind: 'AsyncWith'
}

/** `context_expr as optional_vars` */
export interface WithItemOf<E, T> {
  readonly context_expr: E
  readonly optional_vars: T | null
}

/** `class name(bases)`: a base or none. */
export interface ClassDefOf<E, D, S> {
  readonly kind: 'ClassDef'
  readonly name: string
  readonly bases: readonly E[]
  readonly body: readonly S[]
  /** Absent where there is none. */
  readonly decorator_list?: readonly D[]
}
