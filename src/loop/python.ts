/**
 * The Python that a program runs on, as far as versions differ. A switch for each change is named for what newer versions
 * do; `asyncio/versions.ts` says since when each is so.
 */
export interface Python extends Switches {
  /** The full version, as `3.13.2`. */
  readonly version: string
  /** Whether futures and tasks are those written in C, as nearly everywhere: they word some errors otherwise. */
  readonly accelerated: boolean
}

/** What changed in asyncio and in Python under it. */
export interface Switches {
  readonly asCompletedStartsAtOnce: boolean
  readonly asyncWithLooksForEnterFirst: boolean
  readonly asyncGeneratorsGuardThrow: boolean
  readonly callLaterRefusesNone: boolean
  readonly callbacksHideArguments: boolean
  readonly cancelledErrorIsKept: boolean
  readonly closeGivesValue: boolean
  readonly conditionsBindFirst: boolean
  readonly conditionsKeepMessages: boolean
  readonly conditionsPassNotifyOn: boolean
  readonly createTaskNamesAtOnce: boolean
  readonly exceptStarCopiesUnmatched: boolean
  readonly createTaskStartsAtOnce: boolean
  readonly docstringsLoseIndent: boolean
  readonly factoriesAreToldNames: boolean
  readonly exceptionHandlersGetContext: boolean
  readonly exceptStarWrapsNoSingle: boolean
  readonly formatGroupsFractions: boolean
  readonly formatKnowsZ: boolean
  readonly gatherCountsDoneAtOnce: boolean
  readonly gatherGoesToRunningLoop: boolean
  readonly gatherOutlivesRefusal: boolean
  readonly gatherSaysNothing: boolean
  readonly generatorsAreNoCoroutines: boolean
  readonly getEventLoopGivesRunning: boolean
  readonly getEventLoopMakesNone: boolean
  readonly limitsDigits: boolean
  readonly locksBindWhenContended: boolean
  readonly managersCloseGenerators: boolean
  readonly runEndsExecutor: boolean
  readonly runMakesLoopFirst: boolean
  readonly runTakesAwaitables: boolean
  readonly semaphoresAreFair: boolean
  readonly semaphoresRememberWakeUps: boolean
  readonly semaphoresWakeAll: boolean
  readonly shieldReportsUnheard: boolean
  readonly shieldTellsWhoAwaits: boolean
  readonly sleepRefusesNaN: boolean
  readonly stopIterationEndsNoGenerator: boolean
  readonly stopIterationIsRuntimeError: boolean
  readonly stopIterationPassesUnbegun: boolean
  readonly threadsAreGivenTime: boolean
  readonly threadsKeepTimeoutErrors: boolean
  readonly taskGroupsCloseRefused: boolean
  readonly taskGroupsKeepCancellation: boolean
  readonly taskGroupsScheduleDone: boolean
  readonly timeoutErrorIsBuiltin: boolean
  readonly timeoutsCheckTheirState: boolean
  readonly timeoutsKnowSubclasses: boolean
  readonly tokensAreContextManagers: boolean
  readonly uncancelDropsCancellation: boolean
  readonly waitForKeepsOutcome: boolean
  readonly waitForPrefersOutcome: boolean
  readonly waitForRunsInPlace: boolean
  readonly waitForWaitsAtZero: boolean
  readonly waitForWaitsWhenCancelled: boolean
  readonly waitRefusesCoroutines: boolean
  readonly wrappedAreAwaited: boolean
  readonly textsCountUnpacked: boolean
  readonly textsHideWhatIsNotInList: boolean
  readonly textsNameDeletedAttribute: boolean
  readonly textsNameFormat: boolean
  readonly textsNameIndexOfString: boolean
  readonly textsNameMissedMethod: boolean
  readonly textsNameProperties: boolean
  readonly textsQualifyFunctions: boolean
  readonly textsQualifyMethods: boolean
  readonly textsSayAlreadyBeen: boolean
  readonly textsSayCannotAccess: boolean
  readonly textsSayCannotBeAwaited: boolean
  readonly textsSayCannotUseAs: boolean
  readonly textsSayContainer: boolean
  readonly textsSayContextManager: boolean
  readonly textsSayDivisionByZero: boolean
  readonly textsSayFloatModuloByZero: boolean
  readonly textsSayIntegerModulo: boolean
  readonly textsSayIterableIsEmpty: boolean
  readonly textsSayPartiesAtLeast: boolean
  readonly textsShowBlankNumeral: boolean
  readonly textsSuggestKeywords: boolean
}
