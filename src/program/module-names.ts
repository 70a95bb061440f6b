/**
 * The public names of modules that are modelled in part, and of what they give, as CPython 3.13 has them. Read off by
 * `dir`. What `typing` has for a moment only, as it is first asked for it, counts as there.
 */
export const namesOfModules = {
  'module sys': `
    abiflags activate_stack_trampoline addaudithook api_version argv audit base_exec_prefix base_prefix
    breakpointhook builtin_module_names byteorder call_tracing copyright deactivate_stack_trampoline displayhook
    dont_write_bytecode exc_info excepthook exception exec_prefix executable exit flags float_info float_repr_style
    get_asyncgen_hooks get_coroutine_origin_tracking_depth get_int_max_str_digits getallocatedblocks
    getdefaultencoding getdlopenflags getfilesystemencodeerrors getfilesystemencoding getprofile getrecursionlimit
    getrefcount getsizeof getswitchinterval gettrace getunicodeinternedsize hash_info hexversion implementation
    int_info intern is_finalizing is_stack_trampoline_active maxsize maxunicode meta_path modules monitoring
    orig_argv path path_hooks path_importer_cache platform platlibdir prefix pycache_prefix set_asyncgen_hooks
    set_coroutine_origin_tracking_depth set_int_max_str_digits setdlopenflags setprofile setrecursionlimit
    setswitchinterval settrace stderr stdin stdlib_module_names stdout thread_info unraisablehook version
    version_info warnoptions`,
  'module typing': `
    ABCMeta AbstractSet Annotated Any AnyStr AsyncContextManager AsyncGenerator AsyncIterable AsyncIterator
    Awaitable BinaryIO ByteString CT_co Callable ChainMap ClassVar Collection Concatenate Container ContextManager
    Coroutine Counter DefaultDict Deque Dict EXCLUDED_ATTRIBUTES Final ForwardRef FrozenSet Generator Generic
    GenericAlias Hashable IO ItemsView Iterable Iterator KT KeysView List Literal LiteralString Mapping MappingView
    Match MethodDescriptorType MethodWrapperType MutableMapping MutableSequence MutableSet NamedTuple NamedTupleMeta
    Never NewType NoDefault NoReturn NotRequired Optional OrderedDict ParamSpec ParamSpecArgs ParamSpecKwargs
    Pattern Protocol ReadOnly Required Reversible Self Sequence Set Sized SupportsAbs SupportsBytes SupportsComplex
    SupportsFloat SupportsIndex SupportsInt SupportsRound T TYPE_CHECKING T_co T_contra Text TextIO Tuple Type
    TypeAlias TypeAliasType TypeGuard TypeIs TypeVar TypeVarTuple TypedDict Union Unpack VT VT_co V_co ValuesView
    WrapperDescriptorType abstractmethod assert_never assert_type cast clear_overloads collections contextlib
    copyreg dataclass_transform defaultdict final functools get_args get_origin get_overloads get_protocol_members
    get_type_hints io is_protocol is_typeddict no_type_check no_type_check_decorator operator overload override re
    reveal_type runtime_checkable stdlib_re sys types`,
  'module itertools': `
    accumulate batched chain combinations combinations_with_replacement compress count cycle dropwhile filterfalse
    groupby islice pairwise permutations product repeat starmap takewhile tee zip_longest`,
  'module collections': `
    ChainMap Counter OrderedDict UserDict UserList UserString abc defaultdict deque namedtuple`,
  deque: `
    append appendleft clear copy count extend extendleft index insert maxlen pop popleft remove reverse rotate`,
  stream: `
    buffer close closed detach encoding errors fileno flush isatty line_buffering mode name newlines read readable
    readline readlines reconfigure seek seekable tell truncate writable write write_through writelines`,
} as const

type Changes = Readonly<Record<string, Partial<Record<keyof typeof namesOfModules, string>>>>

/** Those that came after 3.10, by the version that brought them. */
export const cameToModules: Changes = {
  '3.11': {
    'module sys': 'exception',
    'module typing': `
      LiteralString Never NotRequired Required Self TypeVarTuple Unpack assert_never assert_type clear_overloads
      dataclass_transform defaultdict get_overloads reveal_type warnings`,
  },
  '3.12': {
    'module sys': `
      activate_stack_trampoline deactivate_stack_trampoline getunicodeinternedsize is_stack_trampoline_active
      monitoring`,
    'module typing': 'TypeAliasType copyreg override',
    'module itertools': 'batched',
  },
  '3.13': {
    'module typing': 'NoDefault ReadOnly TypeIs get_protocol_members is_protocol',
  },
  '3.14': {
    'module sys': 'is_remote_debug_enabled remote_exec',
    'module typing': 'evaluate_forward_ref',
    'module collections': 'heapq',
  },
}

/** Those that went after 3.10, by the version that was the first without them. */
export const wentFromModules: Changes = { '3.13': { 'module typing': 'contextlib io re stdlib_re warnings' } }
