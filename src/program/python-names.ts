import { isAtLeast } from '../asyncio/versions.js'
import { cameToModules, namesOfModules, wentFromModules } from './module-names.js'

/**
 * The public names that CPython 3.13 has: those of its builtins, of the modules that programs can import, and of the types
 * of values. What is among them and not in the model is refused as unmodelled; what is not among them is an error of the
 * program, as on CPython. Read off by `dir`, as is all in this file.
 */
const names = {
  builtins: `
    ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
    BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
    ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception
    ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError
    ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError
    KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented
    NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError
    PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
    StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True
    TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError
    UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter all anext any ascii bin bool
    breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod
    enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int
    isinstance issubclass iter len license list locals map max memoryview min next object oct open ord pow print
    property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip`,
  'module asyncio': `
    ALL_COMPLETED AbstractChildWatcher AbstractEventLoop AbstractEventLoopPolicy AbstractServer Barrier
    BaseEventLoop BaseProtocol BaseTransport BoundedSemaphore BrokenBarrierError BufferedProtocol CancelledError
    Condition DatagramProtocol DatagramTransport DefaultEventLoopPolicy Event EventLoop FIRST_COMPLETED
    FIRST_EXCEPTION FastChildWatcher Future Handle IncompleteReadError InvalidStateError LifoQueue LimitOverrunError
    Lock MultiLoopChildWatcher PidfdChildWatcher PriorityQueue Protocol Queue QueueEmpty QueueFull QueueShutDown
    ReadTransport Runner SafeChildWatcher SelectorEventLoop Semaphore SendfileNotAvailableError Server StreamReader
    StreamReaderProtocol StreamWriter SubprocessProtocol SubprocessTransport Task TaskGroup ThreadedChildWatcher
    Timeout TimeoutError TimerHandle Transport WriteTransport all_tasks as_completed base_events base_futures
    base_subprocess base_tasks constants coroutines create_eager_task_factory create_subprocess_exec
    create_subprocess_shell create_task current_task eager_task_factory ensure_future events exceptions
    format_helpers futures gather get_child_watcher get_event_loop get_event_loop_policy get_running_loop
    iscoroutine iscoroutinefunction isfuture locks log mixins new_event_loop open_connection open_unix_connection protocols queues run
    run_coroutine_threadsafe runners selector_events set_child_watcher set_event_loop set_event_loop_policy shield
    sleep sslproto staggered start_server start_unix_server streams subprocess sys taskgroups tasks threads timeout timeout_at
    timeouts to_thread transports trsock unix_events wait wait_for wrap_future`,
  'module time': `
    CLOCK_BOOTTIME CLOCK_MONOTONIC CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID CLOCK_REALTIME CLOCK_TAI
    CLOCK_THREAD_CPUTIME_ID _STRUCT_TM_ITEMS altzone asctime clock_getres clock_gettime clock_gettime_ns clock_settime
    clock_settime_ns ctime daylight get_clock_info gmtime localtime mktime monotonic monotonic_ns perf_counter
    perf_counter_ns process_time process_time_ns pthread_getcpuclockid sleep strftime strptime struct_time
    thread_time thread_time_ns time time_ns timezone tzname`,
  'module random': `
    BPF LOG4 NV_MAGICCONST RECIP_BPF Random SG_MAGICCONST SystemRandom TWOPI betavariate binomialvariate choice choices
    expovariate gammavariate gauss getrandbits getstate lognormvariate normalvariate paretovariate randbytes randint
    random randrange sample seed setstate shuffle triangular uniform vonmisesvariate weibullvariate`,
  'module contextlib': `
    AbstractAsyncContextManager AbstractContextManager AsyncContextDecorator AsyncExitStack ContextDecorator ExitStack
    aclosing asynccontextmanager closing contextmanager nullcontext redirect_stderr redirect_stdout suppress`,
  'module functools': `
    GenericAlias Placeholder RLock WRAPPER_ASSIGNMENTS WRAPPER_UPDATES cache cached_property cmp_to_key get_cache_token
    lru_cache namedtuple partial partialmethod recursive_repr reduce singledispatch singledispatchmethod total_ordering
    update_wrapper wraps`,
  'module contextvars': `
    Context ContextVar Token copy_context`,
  int: `
    as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag is_integer numerator real to_bytes`,
  float: `
    as_integer_ratio conjugate fromhex hex imag is_integer real`,
  str: `
    capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii
    isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip
    maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split
    splitlines startswith strip swapcase title translate upper zfill`,
  list: `
    append clear copy count extend index insert pop remove reverse sort`,
  dict: `
    clear copy fromkeys get items keys pop popitem setdefault update values`,
  dict_keys: `
    isdisjoint mapping`,
  dict_values: `
    mapping`,
  dict_items: `
    isdisjoint mapping`,
  set: `
    add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset issuperset
    pop remove symmetric_difference symmetric_difference_update union update`,
  tuple: `
    count index`,
  range: `
    count index start step stop`,
  coroutine: `
    close cr_await cr_code cr_frame cr_origin cr_running cr_suspended send throw`,
  generator: `
    close gi_code gi_frame gi_running gi_yieldfrom send throw`,
  'async generator': `
    aclose ag_await ag_code ag_frame ag_running ag_suspended asend athrow`,
  asend: `
    close send throw`,
  athrow: `
    close send throw`,
  anext: `
    close send throw`,
  future: `
    add_done_callback cancel cancelled done exception get_loop remove_done_callback result set_exception set_result`,
  task: `
    add_done_callback cancel cancelled cancelling done exception get_context get_coro get_loop get_name get_stack
    print_stack remove_done_callback result set_exception set_name set_result uncancel`,
  handle: `
    cancel cancelled get_context when`,
  loop: `
    add_reader add_signal_handler add_writer call_at call_exception_handler call_later call_soon
    call_soon_threadsafe close connect_accepted_socket connect_read_pipe connect_write_pipe create_connection
    create_datagram_endpoint create_future create_server create_task create_unix_connection create_unix_server
    default_exception_handler get_debug get_exception_handler get_task_factory getaddrinfo getnameinfo is_closed
    is_running remove_reader remove_signal_handler remove_writer run_forever run_in_executor run_until_complete
    sendfile set_debug set_default_executor set_exception_handler set_task_factory shutdown_asyncgens
    shutdown_default_executor sock_accept sock_connect sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into
    sock_sendall sock_sendfile sock_sendto start_tls stop subprocess_exec subprocess_shell time`,
  random: `
    VERSION betavariate binomialvariate choice choices expovariate gammavariate gauss gauss_next getrandbits getstate
    lognormvariate normalvariate paretovariate randbytes randint random randrange sample seed setstate shuffle
    triangular uniform vonmisesvariate weibullvariate`,
  lock: `
    acquire locked release`,
  event: `
    clear is_set set wait`,
  condition: `
    acquire locked notify notify_all release wait wait_for`,
  semaphore: `
    acquire locked release`,
  'bounded semaphore': `
    acquire locked release`,
  barrier: `
    abort broken n_waiting parties reset wait`,
  queue: `
    empty full get get_nowait join maxsize put put_nowait qsize shutdown task_done`,
  'lifo queue': `
    empty full get get_nowait join maxsize put put_nowait qsize shutdown task_done`,
  'priority queue': `
    empty full get get_nowait join maxsize put put_nowait qsize shutdown task_done`,
  'task group': `
    create_task`,
  timeout: `
    _on_timeout expired reschedule when`,
  runner: `
    close get_loop run`,
  'context variable': `
    get name reset set`,
  context: `
    copy get items keys run values`,
  token: `
    MISSING old_value var`,
  exception: `
    add_note args characters_written code errno filename filename2 msg name name_from obj path strerror value
    with_traceback`,
  'exception group': `
    add_note args derive exceptions message split subgroup with_traceback`,
  class: `
    add_note args with_traceback`,
  'itertools.chain': `
    from_iterable`,
  ...namesOfModules,
  property: `
    deleter fdel fget fset getter setter`,
  partial: `
    args func keywords`,
} as const

type Names = Partial<Record<keyof typeof names, string>>

/** Names that came after 3.10, by the version that brought them. */
const came: Readonly<Record<string, Names>> = {
  '3.11': {
    builtins: 'BaseExceptionGroup ExceptionGroup',
    'module contextlib': 'chdir',
    'module asyncio':
      'Barrier BrokenBarrierError Runner Server TaskGroup Timeout taskgroups timeout timeout_at timeouts',
    coroutine: 'cr_suspended',
    generator: 'gi_suspended',
    task: 'cancelling uncancel',
    loop: 'sock_recvfrom sock_recvfrom_into sock_sendto',
    exception: 'add_note',
    class: 'add_note',
  },
  '3.12': {
    'module random': 'binomialvariate',
    random: 'binomialvariate',
    'module asyncio': 'create_eager_task_factory eager_task_factory',
    int: 'is_integer',
    exception: 'name_from',
    'async generator': 'ag_suspended',
    task: 'get_context',
    handle: 'get_context',
  },
  '3.13': {
    builtins: 'PythonFinalizationError',
    'module asyncio': 'EventLoop QueueShutDown',
    'module random': 'main',
    queue: 'shutdown',
    'lifo queue': 'shutdown',
    'priority queue': 'shutdown',
  },
  '3.14': {
    'module asyncio': `
      FrameCallGraphEntry FutureCallGraph capture_call_graph format_call_graph future_add_to_awaited_by
      future_discard_from_awaited_by graph print_call_graph`,
    float: 'from_number',
  },
}

/** Names that went after 3.10, by the version that was the first without them. */
const went: Readonly<Record<string, Names>> = {
  '3.11': { 'module asyncio': 'coroutine' },
  '3.14': {
    'module asyncio': `
      AbstractChildWatcher AbstractEventLoopPolicy DefaultEventLoopPolicy FastChildWatcher MultiLoopChildWatcher
      PidfdChildWatcher SafeChildWatcher ThreadedChildWatcher get_child_watcher set_child_watcher`,
  },
}

/** The first version with a name and the first without it; undefined for 3.10 and before, and for no version yet. */
interface Life {
  readonly came?: string
  readonly went?: string
}

const lives: ReadonlyMap<string, ReadonlyMap<string, Life>> = new Map(
  (Object.keys(names) as readonly (keyof Names)[]).map((owner) => [
    owner,
    new Map([
      ...wordsOf(names[owner]).map((name): [string, Life] => [name, {}]),
      ...[...changesOf(came, owner), ...changesOf(cameToModules, owner)].map(([name, version]): [string, Life] => [
        name,
        { came: version },
      ]),
      ...[...changesOf(went, owner), ...changesOf(wentFromModules, owner)].map(([name, version]): [string, Life] => [
        name,
        { went: version },
      ]),
    ]),
  ]),
)

function wordsOf(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

function changesOf(
  changes: Readonly<Record<string, Names>>,
  owner: keyof Names,
): readonly (readonly [string, string])[] {
  return Object.entries(changes).flatMap(([version, { [owner]: text }]) =>
    text === undefined ? [] : wordsOf(text).map((name) => [name, version] as const),
  )
}

/**
 * Whether CPython of a version knows a name: of `builtins`, of a `module …`, or of a kind of value. Names with two
 * underscores all count.
 */
export const isPythonName = (owner: string, name: string, version: string): boolean => {
  if (name.startsWith('__')) return true
  const life = lives.get(owner)?.get(name)
  if (life === undefined) return false
  return (
    (life.came === undefined || isAtLeast(version, life.came)) &&
    (life.went === undefined || !isAtLeast(version, life.went))
  )
}
