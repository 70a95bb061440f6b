import type { Switches } from '../loop/python.js'

/** A change of behaviour from version to version. */
export interface Change {
  /** The first version that behaves so; several where older branches were changed as well, oldest first. */
  readonly since: string | readonly string[]
  /** How it has been from then on. */
  readonly says: string
}

/** The names of the changes that only word something in another way. */
type Text = Extract<keyof Switches, `texts${string}`>

/** Every such change that the model knows, by the name of its switch. */
export const changesOfTexts: Readonly<Record<Text, Change>> = {
  textsCountUnpacked: {
    since: '3.14',
    says: 'Too many values to unpack are counted where that is known.',
  },
  textsHideWhatIsNotInList: {
    since: '3.14',
    says: 'Where `list.index` finds nothing, what was looked for is not shown; before, it is.',
  },
  textsNameDeletedAttribute: {
    since: '3.11',
    says: 'Where the attribute of an instance that `del` names is absent, the class is named as well.',
  },
  textsNameFormat: {
    since: '3.11',
    says: 'An invalid format specifier is shown, with the type it is for.',
  },
  textsNameIndexOfString: {
    since: '3.11',
    says: 'Where the index of a string is no integer, its type is named.',
  },
  textsNameMissedMethod: {
    since: '3.14',
    says: 'Of what is no context manager it is told which method is missed, and whether the other `with` would do.',
  },
  textsNameProperties: {
    since: '3.11',
    says: 'Where a property cannot be read, set or deleted, it is told what it has not, with the class.',
  },
  textsQualifyFunctions: {
    since: '3.10',
    says: 'Errors name a function by its qualified name; before, by its own alone.',
  },
  textsQualifyMethods: {
    since: '3.9',
    says: 'Errors name a method written in C by its qualified name; before, by its own alone.',
  },
  textsSayAlreadyBeen: {
    since: ['3.11.7', '3.12'],
    says: 'A `TaskGroup` has already been entered; before, it has been already entered.',
  },
  textsSayCannotAccess: {
    since: '3.11',
    says: 'An unbound variable cannot be accessed; before, it was referenced before assignment.',
  },
  textsSayCannotBeAwaited: {
    since: '3.14',
    says: "What is not awaitable can't be awaited; before, it can't be used in an 'await' expression.",
  },
  textsSayCannotUseAs: {
    since: '3.14',
    says: 'What is unhashable cannot be used as a dict key or set element; before, its type is unhashable.',
  },
  textsSayContainer: {
    since: '3.14',
    says: '`in` wants a container or iterable; before, an iterable.',
  },
  textsSayContextManager: {
    since: '3.11',
    says: '`with` of what is no context manager is a TypeError; before, an AttributeError.',
  },
  textsSayDivisionByZero: {
    since: '3.14',
    says: 'Every division by zero is a division by zero; before, there are many texts.',
  },
  textsSayFloatModuloByZero: {
    since: '3.13',
    says: '`1.0 % 0` is a float modulo by zero; before, a float modulo.',
  },
  textsSayIntegerModulo: {
    since: '3.11',
    says: '`1 % 0` is an integer modulo by zero; before, an integer division or modulo by zero.',
  },
  textsSayIterableIsEmpty: {
    since: '3.12',
    says: '`max` and `min` of nothing say that the iterable argument is empty; before, that arg is an empty sequence.',
  },
  textsSayPartiesAtLeast: {
    since: '3.13.2',
    says: 'The parties of a `Barrier` must be >= 1; before, > 0.',
  },
  textsShowBlankNumeral: {
    since: '3.10.3',
    says: 'Where `float` is given nothing but space, that is shown; 3.10.2 shows an empty string.',
  },
  textsSuggestKeywords: {
    since: '3.13',
    says: 'For an unexpected keyword argument the error asks whether one of a similar name was meant.',
  },
}
