/** The parameters of a function, as `ast.arguments` has them. What is absent is empty; `E` is any expression. */
export interface ParametersOf<E> {
  /** Names of the positional parameters. */
  readonly args: readonly string[]
  /** Of the last positional parameters. */
  readonly defaults?: readonly E[]
  /** `*vararg` */
  readonly vararg?: string
  readonly kwonlyargs?: readonly string[]
  /** One for each keyword-only parameter: null where it has none. */
  readonly kw_defaults?: readonly (E | null)[]
  /** `**kwarg` */
  readonly kwarg?: string
}

/** `lambda args: body` */
export interface LambdaOf<E> extends ParametersOf<E> {
  readonly kind: 'Lambda'
  readonly body: E
}

export interface CallOf<E> {
  readonly kind: 'Call'
  readonly func: E
  readonly args: readonly (E | StarredOf<E>)[]
  readonly keywords: readonly KeywordOf<E>[]
}

export interface StarredOf<E> {
  readonly kind: 'Starred'
  readonly value: E
}

export interface KeywordOf<E> {
  /** Null for `**value`. */
  readonly arg: string | null
  readonly value: E
}

/** The names of all parameters in the order of CPython's variables: positional, keyword-only, starred. */
export const parameterNames = <E>({ args, kwonlyargs = [], vararg, kwarg }: ParametersOf<E>): readonly string[] => [
  ...args,
  ...kwonlyargs,
  ...(vararg === undefined ? [] : [vararg]),
  ...(kwarg === undefined ? [] : [kwarg]),
]

/** The default values in the order in which they are evaluated. */
export const defaultValues = <E>({ defaults = [], kw_defaults = [] }: ParametersOf<E>): readonly E[] => [
  ...defaults,
  ...kw_defaults.flatMap((value) => (value === null ? [] : [value])),
]
